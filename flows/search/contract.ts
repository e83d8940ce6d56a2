import { z } from 'zod'
import { defineAsk } from '../kit/contract.ts'
import { exampleWords, Message, value, Words } from '../kit/words.ts'
import { signKinds } from '../vacancies/scam/signs.ts'

/**
 * How well something fits a text, the best first: the whole text means it and nothing else, so that it opens at once; it
 * is its very name; words of it were written; it may have been meant.
 */
export const fits = ['whole', 'exact', 'word', 'near'] as const

/**
 * Something that fits a text: words to show, and the flow that opens with it. `kind` says what it is, so that a screen
 * may set one apart.
 */
export const Hit = z.object({
  kind: z.string(),
  label: Message,
  flow: z.string(),
  input: z.unknown().optional(),
  /** "word" unless said. */
  fit: z.enum(fits).optional(),
})
export type Hit = z.infer<typeof Hit>

/** A subject of everyday life that something checked is known of. */
export const Subject = z.object({ id: z.string(), name: Words })
export type Subject = z.infer<typeof Subject>

/** What is known of a subject, where it stands, and when that was looked up: a year and a month. */
export const Answer = Subject.extend({ text: Words, source: Words, checked: z.string() })
export type Answer = z.infer<typeof Answer>

/** An answer; null where there is none of this id any more. */
export const findAnswer = defineAsk('search.answer', {
  who: 'agreed',
  data: z.object({ id: z.string() }),
  reply: Answer.nullable(),
  examples: [null, { id: 'housing', name: exampleWords, text: exampleWords, source: exampleWords, checked: '2026-11' }],
})

/** Every subject there is an answer for. */
export const listSubjects = defineAsk('search.subjects', {
  who: 'agreed',
  data: z.null(),
  reply: z.array(Subject),
  examples: [
    [],
    [
      { id: 'housing', name: exampleWords },
      { id: 'army', name: exampleWords },
    ],
  ],
})

const exampleSigns = signKinds.map((kind) => ({ kind, words: 'example' }))

/** What a text can mean: hits of all subjects, those that go first before the others. */
export const find = defineAsk('search.find', {
  who: 'agreed',
  data: z.object({ text: z.string() }),
  reply: z.array(Hit),
  examples: [
    [],
    [{ kind: 'profession', label: value(exampleWords), flow: 'professions', input: { id: 'cook' }, fit: 'near' }],
    [{ kind: 'nearest', label: value(exampleWords), flow: 'professions', input: { family: 'food-service' } }],
    ...['greeting', 'thanks', 'wellbeing', 'bye', 'okay', 'study', 'subjects'].map((talk): Hit[] => [
      { kind: 'called', label: { key: 'search:menu' }, flow: 'search', input: { talk }, fit: 'whole' },
    ]),
    [
      {
        ...{ kind: 'vacancies', label: { key: 'vacancies:seeking.found', values: { name: 'Example' } } },
        ...{ flow: 'vacancies', input: { words: ['Example'] }, fit: 'exact' },
      },
    ],
    [{ kind: 'answer', label: value(exampleWords), flow: 'search', input: { answer: 'housing' }, fit: 'exact' }],
    [
      {
        kind: 'warning',
        label: value(exampleWords),
        flow: 'search',
        input: { answer: 'scam', signs: exampleSigns },
        fit: 'exact',
      },
    ],
    [
      {
        kind: 'reminder',
        label: { key: 'search:remind' },
        flow: 'reminders',
        input: { text: 'Example' },
        fit: 'whole',
      },
    ],
    [
      { kind: 'reminder', label: { key: 'search:remind' }, flow: 'reminders', input: { text: 'Example' } },
      { kind: 'menu', label: { key: 'help:menu' }, flow: 'help' },
      {
        kind: 'profession',
        label: value(exampleWords),
        flow: 'professions',
        input: { id: 'cook' },
      },
    ],
  ],
})
