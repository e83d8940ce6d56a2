import { z } from 'zod'
import type { RegionChosen } from '../common/choices.ts'
import { ageBands } from '../common/person.ts'
import type { anyFair } from '../fairs/contract.ts'
import type { Arguments, EventOf } from '../kit/effects.ts'
import type { Found, Returned, Stamp, Wrote } from '../kit/events.ts'
import type { professionFamilies } from '../professions/contract.ts'
import { Listed } from '../professions/contract.ts'
import {
  type countVacancies,
  type defaultFilter,
  emptyFilter,
  type listedVacancies,
  type nameFilter,
  type ReportReason,
  type readSearch,
  type savedVacancies,
  type searchVacancies,
  VacancyCard,
  VacancyPage,
  type vacancyCard,
} from './contract.ts'
import { FilterNames, noNames } from './filter-lines.ts'
import { Listing } from './listing.ts'
import { Filter } from './matching/filter.ts'
import type { Step } from './matching/nearest.ts'

/** What a notice's button asks for at once. */
export const acts = ['save', 'hide', 'contact', 'report', 'similar'] as const

/** What is written is read for the list, for all that is being chosen, or for one part of it. */
const hearings = ['list', 'all', 'place', 'work', 'pay'] as const

export const VacanciesContext = z.object({
  /** Null while the person has not said it. */
  ageBand: z.enum(ageBands).nullable(),
  /** Nobody knows yet where the person looks. */
  isPlaceless: z.boolean(),
  /** What it was opened for: the way back from there leads out. */
  entry: z.enum(['list', 'filter', 'words', 'profession', 'card', 'given', 'editing']),
  /** What is looked for, and what it was before it was changed. */
  filter: Filter,
  before: Filter,
  /** The filter is what the person looks for always, and not only now. */
  isOwn: z.boolean(),
  /** Professions of the person's result, and those put by. */
  own: z.array(Listed),
  names: FilterNames,
  list: VacancyPage,
  /** A fair is coming, to which a button leads. */
  isFairComing: z.boolean(),
  /** A list that was made elsewhere. */
  given: z.object({ ids: z.array(z.string()), title: z.string(), items: z.array(Listing), page: z.int() }).nullable(),
  saved: z.object({
    items: z.array(z.object({ listing: Listing, isOpen: z.boolean() })),
    total: z.int(),
    page: z.int(),
    pages: z.int(),
  }),
  /** Id of the vacancy to look at, and what is to be done with it at once. */
  wanted: z.string().nullable(),
  act: z.enum(acts).nullable(),
  card: VacancyCard.nullable(),
  /** The page of the card's own text. */
  textPage: z.int(),
  /** The list that the way back from a card leads to. */
  from: z.enum(['list', 'given', 'saved']),
  /** Cards whose similar ones are looked at, each with the search it was found by. */
  trail: z.array(z.object({ id: z.string(), filter: Filter, isOwn: z.boolean() })),
  /** What was written, and what it is read for. */
  said: z.string(),
  hearing: z.enum(hearings),
  /** How many fit what is chosen so far. */
  total: z.int(),
  families: z.array(Listed),
  /** Which words are being changed. */
  wording: z.enum(['words', 'avoid']),
  /** Time of the newest turn. */
  now: z.int(),
})
export type VacanciesContext = z.infer<typeof VacanciesContext>

export type VacanciesEvent =
  | (Stamp & RegionChosen)
  | (Stamp & { readonly type: 'ANYWHERE' | 'NEIGHBOURS' | 'REMOTE' | 'DONE' | 'CLEAR' })
  | (Stamp & { readonly type: 'BACK' | 'EDIT' | 'SAVED' | 'MINE' | 'LIST' | 'LAW' })
  | (Stamp & { readonly type: 'SAVE' | 'UNSAVE' | 'HIDE' | 'UNHIDE' | 'SIMILAR' | 'CONTACT' | 'REPORT' | 'REMIND' })
  | (Stamp & { readonly type: 'PLACE' | 'WORK' | 'FAMILIES' | 'PAY' | 'TERMS' })
  | (Stamp & { readonly type: 'WORDS'; readonly wording: VacanciesContext['wording'] })
  | (Stamp & { readonly type: 'OPEN'; readonly id: string })
  | (Stamp & { readonly type: 'PAGE' | 'TEXT_PAGE'; readonly page: number })
  | (Stamp & { readonly type: 'WIDEN'; readonly step: Step })
  | (Stamp & { readonly type: 'REASON'; readonly reason: ReportReason })
  | (Stamp & { readonly type: 'TOGGLE'; readonly part: Toggled; readonly value: string })
  | (Stamp & { readonly type: 'SWITCH'; readonly part: 'noExperience' | 'housing' | 'payMayBeUnknown' })
  | (Stamp & { readonly type: 'LEAST'; readonly pay: number | null })
  | Found<typeof searchVacancies | typeof countVacancies | typeof defaultFilter | typeof vacancyCard>
  | Found<typeof listedVacancies | typeof savedVacancies | typeof nameFilter | typeof readSearch>
  | Found<typeof professionFamilies | typeof anyFair>
  | Returned
  | Wrote

/** Lists of a filter of which one entry at a time is chosen or not. */
export type Toggled = 'professions' | 'families' | 'schedules' | 'employments' | 'formats' | 'words' | 'avoid'

/** What is at hand wherever the dialogue stands, and where an event of the type leads. */
export type Situation = { readonly context: VacanciesContext }
export type On<Type extends VacanciesEvent['type']> = Arguments<VacanciesContext, EventOf<VacanciesEvent, Type>>
export type Change = Partial<VacanciesContext>

/** What the flow opens with: nothing for the person's own list, a card, a search, a list, or the choosing alone. */
export type VacanciesInput =
  | { readonly id: string; readonly act?: (typeof acts)[number] }
  | { readonly filter: Filter }
  /** Leaves with `{ filter }`, or with null. */
  | { readonly editing: Filter }
  | { readonly words: readonly string[] }
  | { readonly professions: readonly string[] }
  | { readonly ids: readonly string[]; readonly title: string }
  | undefined

export const emptyContext: VacanciesContext = {
  ageBand: null,
  isPlaceless: false,
  entry: 'list',
  filter: emptyFilter,
  before: emptyFilter,
  isOwn: true,
  own: [],
  names: noNames,
  list: { items: [], total: 0, page: 0, pages: 1, nearer: [] },
  isFairComing: false,
  given: null,
  saved: { items: [], total: 0, page: 0, pages: 1 },
  wanted: null,
  act: null,
  card: null,
  textPage: 0,
  from: 'list',
  trail: [],
  said: '',
  hearing: 'list',
  total: 0,
  families: [],
  wording: 'words',
  now: 0,
}
