import { z } from 'zod'
import { ageBands, plans } from '../common/person.ts'
import { regions } from '../common/regions.ts'
import type { Arguments, EventOf } from '../kit/effects.ts'
import type { Found, SentContact, Stamp, Wrote } from '../kit/events.ts'
import { languages } from '../kit/words.ts'
import { LocalDate } from '../reminders/repeat.ts'
import {
  Application,
  ApplicationPage,
  type cvAnswers,
  type cvText,
  type findApplication,
  type listApplications,
  type readNews,
  type readyPapers,
  type State,
} from './contract.ts'
import { answerProblems, CvAnswers, CvLanguage, Question, type wishes } from './cv.ts'
import { Paper } from './papers.ts'
import { lengths, pool } from './rehearsal.ts'
import { whenProblems } from './when.ts'

/** Parts of the flow that can be opened by themselves. */
export const places = ['cv', 'documents', 'rehearsal', 'firstDay'] as const
export type Place = (typeof places)[number]

/** What a button of a notice says has come of an application. */
export const acts = ['invited', 'offer', 'refused', 'waiting', 'missed', 'silent'] as const
export type Act = (typeof acts)[number]

export const problems = [...answerProblems, ...whenProblems] as const
export type Problem = (typeof problems)[number]

/** A vacancy of ours, as it is handed over. */
const Vacancy = z.object({ id: z.string(), title: z.string(), employer: z.string().nullable() })
export type Vacancy = z.infer<typeof Vacancy>

export const ApplicationsContext = z.object({
  language: z.enum(languages),
  ageBand: z.enum(ageBands),
  /** What is known of the person already, and taken over only when they press. */
  known: z.object({
    name: z.string().nullable(),
    place: z.enum(regions).nullable(),
    plan: z.enum(plans).nullable(),
  }),
  begin: z.enum(['list', 'vacancy', 'one', ...places]),
  vacancy: Vacancy.nullable(),
  wanted: z.string().nullable(),
  act: z.enum(acts).nullable(),
  list: ApplicationPage,
  application: Application.nullable(),
  room: z.boolean(),
  /** The name of a new one, until its employer is known. */
  title: z.string().nullable(),
  problem: z.enum(problems).nullable(),
  /** Time of the newest turn, by which screens know what is past. */
  now: z.int(),
  /** Month of the date picker, its chosen day, and the chosen hour. */
  month: z.object({ year: z.int(), month: z.int().min(1).max(12) }),
  day: LocalDate.nullable(),
  hour: z.int().min(0).max(23).nullable(),
  cv: CvAnswers,
  /** The question that is asked. */
  question: Question,
  /** Only this one line is being changed. */
  single: z.boolean(),
  cvLanguage: CvLanguage,
  cvText: z.string().nullable(),
  ready: z.array(Paper),
  /** The questions of the rehearsal, which of them it is at, and how many were answered. */
  asked: z.array(z.enum(pool)),
  at: z.int().min(0),
  answered: z.int().min(0),
  /** How long the answer was; nothing else is kept of it. */
  length: z.enum(lengths).nullable(),
  /** Which card on rights. */
  card: z.int().min(0),
})
export type ApplicationsContext = z.infer<typeof ApplicationsContext>

export type ApplicationsEvent =
  | (Stamp & {
      readonly type: 'ADD' | 'BACK' | 'SKIP' | 'DELETE' | 'UNDO' | 'TIME' | 'PLACE' | 'FIRST_DAY' | 'TO_LIST' | 'WHEN'
    })
  | (Stamp & { readonly type: 'OPEN'; readonly id: string })
  | (Stamp & { readonly type: 'PAGE'; readonly page: number })
  | (Stamp & { readonly type: 'GO'; readonly place: Place })
  | (Stamp & { readonly type: 'MOVE'; readonly to: State })
  | (Stamp & { readonly type: 'AHEAD'; readonly days: number })
  | (Stamp & { readonly type: 'DATE' | 'PASS' })
  | (Stamp & { readonly type: 'MONTH'; readonly year: number; readonly month: number })
  | (Stamp & { readonly type: 'DAY'; readonly day: number })
  | (Stamp & { readonly type: 'HOUR'; readonly hour: number })
  | (Stamp & { readonly type: 'MINUTE'; readonly minute: number })
  | (Stamp & { readonly type: 'FILL' | 'TAKE' | 'CLEAR' | 'LINES' | 'WIPE' | 'CONFIRM' })
  | (Stamp & { readonly type: 'LINE'; readonly question: Question })
  | (Stamp & { readonly type: 'WISH'; readonly wish: (typeof wishes)[number] })
  | (Stamp & { readonly type: 'WRITE' | 'PRINT'; readonly language: CvLanguage })
  | (Stamp & { readonly type: 'TICK'; readonly paper: Paper })
  | (Stamp & { readonly type: 'BEGIN' | 'NEXT' | 'RETRY' | 'FINISH' })
  | (Stamp & { readonly type: 'CARD'; readonly card: number })
  | Found<typeof listApplications | typeof findApplication | typeof cvAnswers | typeof cvText | typeof readyPapers>
  | Found<typeof readNews>
  | SentContact
  | Wrote

/** What is at hand wherever the dialogue stands. */
export type Situation = { readonly context: ApplicationsContext }
/** What is at hand where an event of the type leads. */
export type On<Type extends ApplicationsEvent['type']> = Arguments<
  ApplicationsContext,
  EventOf<ApplicationsEvent, Type>
>
export type Change = Partial<ApplicationsContext>

/** What the flow opens with: nothing for the list; a vacancy that was applied for; one application; a part of the flow, where it is
 * opened on an application with the way back to it. */
export type ApplicationsInput =
  | { readonly vacancy: Vacancy }
  | { readonly id: string; readonly act?: Act }
  | { readonly place: Place; readonly id?: string }
  | undefined

type Known = Pick<ApplicationsContext, 'language' | 'ageBand' | 'known' | 'now'>

/** The dialogue before anything is looked up or chosen. */
export function emptyContext(known: Known): ApplicationsContext {
  return {
    ...known,
    begin: 'list',
    vacancy: null,
    wanted: null,
    act: null,
    list: { items: [], total: 0, page: 0, pages: 1 },
    application: null,
    room: true,
    title: null,
    problem: null,
    month: { year: 1970, month: 1 },
    day: null,
    hour: null,
    cv: {},
    question: 'name',
    single: false,
    cvLanguage: known.language === 'kk' ? 'kk' : 'ru',
    cvText: null,
    ready: [],
    asked: [],
    at: 0,
    answered: 0,
    length: null,
    card: 0,
  }
}
