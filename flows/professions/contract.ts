import { z } from 'zod'
import { defineAsk, defineTell } from '../kit/contract.ts'
import { exampleWords, Words } from '../kit/words.ts'
import { Answers, Form } from '../survey/contract.ts'

/** A profession as it stands in a list. */
export const Listed = z.object({ id: z.string(), name: Words })
export type Listed = z.infer<typeof Listed>

/** A family of work with the number of its professions. */
export const FamilyShelf = z.object({ id: z.string(), name: Words, about: Words, count: z.int() })
export type FamilyShelf = z.infer<typeof FamilyShelf>

/** A family of work with its professions. */
export const OpenFamily = z.object({ id: z.string(), name: Words, about: Words, professions: z.array(Listed) })
export type OpenFamily = z.infer<typeof OpenFamily>

/** All that is told about a profession. */
export const ProfessionCard = z.object({
  id: z.string(),
  family: z.string(),
  soc: z.string(),
  name: Words,
  about: Words,
  day: Words,
  entry: Words,
  ways: z.array(z.enum(['work', 'college', 'university'])),
  /** Scales in which the profession is strongest, strongest first. */
  strongest: z.array(z.string()),
  /** Those among the person's own two strongest; null without a result. */
  shared: z.array(z.string()).nullable(),
  /** Those whose interests are most alike. */
  similar: z.array(Listed),
  /** The person has put it by, and there is room for one more. */
  saved: z.boolean(),
  room: z.boolean(),
  /** A first step, in the person's language, to be reminded of. */
  task: z.string(),
})
export type ProfessionCard = z.infer<typeof ProfessionCard>

const Suggestion = z.object({
  id: z.string(),
  name: Words,
  /** The person's strongest scales that are strong in this profession too. */
  shared: z.array(z.string()),
  /** It stays among the suggestions when the person's answers are resampled. */
  holds: z.boolean(),
  /** Among all professions that fit the plan, the best being 0. */
  place: z.int().min(0),
})

/** A family of work that fits a result, with the professions of it that fit best. */
export const SuggestedFamily = z.object({ id: z.string(), name: Words, about: Words, professions: z.array(Suggestion) })
export type SuggestedFamily = z.infer<typeof SuggestedFamily>

const family = { id: 'food', name: exampleWords, about: exampleWords }
const profession = { id: 'cook', name: exampleWords }
const exampleCard: ProfessionCard = {
  ...profession,
  family: 'food',
  soc: '35-2014.00',
  about: exampleWords,
  day: exampleWords,
  entry: exampleWords,
  ways: ['work', 'college'],
  strongest: ['R', 'C'],
  shared: null,
  similar: [],
  saved: false,
  room: true,
  task: 'Example',
}

/** `all` shows every profession, not only those that fit the person's plan. */
const All = z.object({ all: z.boolean() })

/** The shelves of the catalogue that are not empty. */
export const professionFamilies = defineAsk('professions.families', {
  who: 'self',
  data: All,
  reply: z.array(FamilyShelf),
  examples: [[], [{ ...family, count: 2 }]],
})

/** One shelf; the first one where there is none of this id. */
export const professionFamily = defineAsk('professions.family', {
  who: 'self',
  data: All.extend({ id: z.string().nullable() }),
  reply: OpenFamily,
  examples: [
    { ...family, professions: [] },
    { ...family, professions: [profession] },
  ],
})

/** One profession; null where there is none of this id any more. */
export const professionCard = defineAsk('professions.card', {
  who: 'self',
  data: z.object({ id: z.string().nullable() }),
  reply: ProfessionCard.nullable(),
  examples: [
    null,
    exampleCard,
    { ...exampleCard, ways: ['university'], shared: [] },
    { ...exampleCard, shared: ['R'], similar: [{ id: 'baker', name: exampleWords }], saved: true },
    { ...exampleCard, room: false, task: '' },
    { ...exampleCard, shared: ['R', 'C'] },
  ],
})

/** What the person has put by, the newest first. */
export const savedProfessions = defineAsk('professions.saved', {
  who: 'self',
  data: z.null(),
  reply: z.array(Listed),
  examples: [[], [profession]],
})

/** So many professions are put by at most. */
export const savedLimit = 30

/** A profession is put by, or not any more. */
export const saveProfession = defineTell('professions.save', {
  who: 'self',
  data: z.object({ id: z.string().min(1).max(100), saved: z.boolean() }),
})

/** What fits a result: families of work, the best first, each with its best professions. */
export const matchProfessions = defineAsk('professions.match', {
  who: 'self',
  data: z.object({
    instrument: z.string(),
    form: Form,
    answers: Answers,
    scores: z.record(z.string(), z.number()),
  }),
  reply: z.array(SuggestedFamily),
  examples: [
    [],
    [
      {
        ...family,
        professions: [
          { ...profession, shared: ['R'], holds: true, place: 0 },
          { id: 'baker', name: exampleWords, shared: [], holds: false, place: 1 },
        ],
      },
    ],
  ],
})
