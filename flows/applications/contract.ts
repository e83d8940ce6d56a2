import { z } from 'zod'
import { defineAsk, defineSend, defineTell } from '../kit/contract.ts'
import { Answer, CvAnswers, CvLanguage, exampleCv, Question } from './cv.ts'
import { Paper, papers } from './papers.ts'

/** How many applications a person may keep, those that are over among them. */
export const applicationLimit = 50
/** Applications on one page of the list. */
export const pageSize = 6
/** The longest names and places, in UTF-16 units. */
export const longest = { title: 120, employer: 120, place: 200 } as const

/** How far it has come: `withdrawn` by the person, `started` when the first day has been. */
export const states = ['applied', 'invited', 'interviewed', 'offer', 'refused', 'withdrawn', 'started'] as const
export type State = (typeof states)[number]
/** Those in which something is still expected. */
export const openStates: readonly State[] = ['applied', 'invited', 'interviewed', 'offer']

/** What a line may say of an application: a state of it, or what it speaks of. */
export const sayings = [...states, 'interview', 'firstDay', 'missed'] as const
export type Saying = (typeof sayings)[number]

const Line = z.string().min(1)

/** How it stood until it was moved on, so that a wrong press can be taken back. */
const Before = z.object({
  state: z.enum(states),
  nextAt: z.int().nullable(),
  place: Line.max(longest.place).nullable(),
})

/** A job somebody went for. `nextAt` is epoch ms: of the interview when invited, of the first day on an offer. */
export const Application = z.object({
  id: z.string().min(1).max(100),
  /** The vacancy of ours; null for a job found elsewhere. */
  vacancyId: z.string().min(1).max(200).nullable(),
  title: Line.max(longest.title),
  employer: Line.max(longest.employer).nullable(),
  /** Where the interview is, in the person's own words. */
  place: Line.max(longest.place).nullable(),
  state: z.enum(states),
  appliedAt: z.int(),
  nextAt: z.int().nullable(),
  before: Before.nullable().default(null),
})
export type Application = z.infer<typeof Application>

/** One page of the list: what is expected still, the soonest first, then what is over. `total` counts all pages. */
export const ApplicationPage = z.object({
  items: z.array(Application),
  total: z.int(),
  page: z.int(),
  pages: z.int(),
})
export type ApplicationPage = z.infer<typeof ApplicationPage>

export const exampleApplication: Application = {
  id: 'example',
  vacancyId: 'vacancy',
  title: 'Example',
  employer: 'Example',
  place: 'Example',
  state: 'invited',
  appliedAt: Date.UTC(2026, 0, 10, 5),
  nextAt: Date.UTC(2026, 0, 16, 5),
  before: null,
}
const elsewhere: Application = {
  ...exampleApplication,
  ...{ id: 'elsewhere', vacancyId: null, employer: null, place: null, state: 'applied', nextAt: null },
}
const all: readonly Application[] = states.map((state) => ({
  ...exampleApplication,
  ...{ id: state, state, nextAt: state === 'invited' || state === 'offer' ? exampleApplication.nextAt : null },
}))
const moved: Application = {
  ...exampleApplication,
  ...{ id: 'moved', state: 'refused', nextAt: null },
  before: { state: 'invited', nextAt: exampleApplication.nextAt, place: 'Example' },
}
const found = (application: Application | null, room = true) => ({ application, room })

export const listApplications = defineAsk('applications.list', {
  who: 'self',
  data: z.object({ page: z.int().min(0) }),
  reply: ApplicationPage,
  examples: [
    { items: [], total: 0, page: 0, pages: 1 },
    { items: [elsewhere, ...all.slice(0, 5)], total: 8, page: 0, pages: 2 },
    { items: all.slice(5), total: 8, page: 1, pages: 2 },
  ],
})

/** One of the person's own by its id, or by the vacancy; and whether there is room for another. */
export const findApplication = defineAsk('applications.find', {
  who: 'self',
  data: z.object({ id: z.string().nullable(), vacancyId: z.string().nullable() }),
  reply: z.object({ application: Application.nullable(), room: z.boolean() }),
  examples: ({ vacancyId }) =>
    vacancyId === null
      ? [...all, elsewhere, moved, { ...elsewhere, state: 'refused' as const }]
          .map((one) => found(one))
          .concat(found(null))
      : [found(null), found(null, false), found(exampleApplication)],
})

/** An application as a whole, new or changed. What is to be said of it later is planned anew. */
export const saveApplication = defineTell('applications.save', { who: 'self', data: Application })

export const deleteApplication = defineTell('applications.delete', { who: 'self', data: z.object({ id: z.string() }) })

const saidTogether: readonly (readonly Saying[])[] = [
  [],
  ['interview'],
  ['missed'],
  ['offer', 'firstDay'],
  ['applied'],
  ['invited'],
]

/** What a line that was written on an application says of it, one state at most. The line comes back beside it. */
export const readNews = defineAsk('applications.news', {
  who: 'self',
  data: z.object({ text: z.string() }),
  reply: z.object({ text: z.string(), said: z.array(z.enum(sayings)) }),
  // Of a long line and of none it is enough that nothing is told: to read them for a time takes long.
  examples: ({ text }) =>
    saidTogether
      .slice(0, text.trim() === '' || text.length > 11 ? 1 : undefined)
      .map((said) => ({ text, said: [...said] })),
})

/** The papers for work that the person has ready. */
export const readyPapers = defineAsk('applications.papers', {
  who: 'self',
  data: z.null(),
  reply: z.object({ ready: z.array(Paper) }),
  examples: [{ ready: [] }, { ready: [...papers] }],
})

export const tickPaper = defineTell('applications.tick', {
  who: 'self',
  data: z.object({ paper: Paper, on: z.boolean() }),
})

/** What the person has said for a CV. */
export const cvAnswers = defineAsk('applications.cv', {
  who: 'self',
  data: z.null(),
  reply: z.object({ answers: CvAnswers }),
  examples: [{ answers: {} }, { answers: exampleCv }],
})

/** One answer; null takes it back. */
export const answerCv = defineTell('applications.answer', {
  who: 'self',
  data: z.object({ question: Question, answer: Answer.nullable() }),
})

export const deleteCv = defineTell('applications.forgetCv', { who: 'self', data: z.null() })

/** The CV as text in a language; null where nothing is said yet. */
export const cvText = defineAsk('applications.cvText', {
  who: 'self',
  data: z.object({ language: CvLanguage }),
  reply: z.object({ text: z.string() }).nullable(),
  examples: [{ text: 'Example' }, null],
})

/** The CV as a page to hand over. */
export const cvPage = defineSend('applications.cvPage', { who: 'self', data: z.object({ language: CvLanguage }) })
