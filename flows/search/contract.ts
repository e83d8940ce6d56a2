import { z } from 'zod'
import { defineAsk } from '../kit/contract.ts'
import { exampleWords, Message, value } from '../kit/words.ts'

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

/** What a text can mean: hits of all subjects, those that go first before the others. */
export const find = defineAsk('search.find', {
  who: 'self',
  data: z.object({ text: z.string() }),
  reply: z.array(Hit),
  examples: [
    [],
    [{ kind: 'profession', label: value(exampleWords), flow: 'professions', input: { id: 'cook' }, fit: 'near' }],
    [{ kind: 'nearest', label: value(exampleWords), flow: 'professions', input: { family: 'food-service' } }],
    ...['greeting', 'thanks', 'wellbeing', 'bye', 'okay', 'jobs', 'study'].map((talk): Hit[] => [
      { kind: 'called', label: { key: 'search:menu' }, flow: 'search', input: { talk }, fit: 'whole' },
    ]),
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
