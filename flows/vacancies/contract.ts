import { z } from 'zod'
import { defineAsk, defineTell } from '../kit/contract.ts'
import { exampleWords, Message } from '../kit/words.ts'
import { Listed } from '../professions/contract.ts'
import { FilterNames, noNames } from './filter-lines.ts'
import { exampleListing, Listing } from './listing.ts'
import { Filter, mostNamed } from './matching/filter.ts'
import { mostNearer, type Nearer, steps } from './matching/nearest.ts'
import { type SignKind, signKinds } from './scam/signs.ts'
import { Vacancy } from './vacancy.ts'

/** Vacancies on one page of a list. */
export const pageSize = 5
/** So many pages of a search are shown at most; whoever wants more narrows it. */
export const mostPages = 40
/** So many vacancies a person keeps at most. */
export const keptLimit = 100

/** What a person does with a vacancy for themselves. */
export const marks = ['saved', 'hidden'] as const
/** What may be wrong with a vacancy: it asks for money, it is not as it says, it is taken, something else. */
export const reportReasons = ['scam', 'untrue', 'over', 'other'] as const
export type ReportReason = (typeof reportReasons)[number]

const id = z.string().min(1).max(100)
const Page = z.int().min(0)
const NearerSchema = z.object({ step: z.enum(steps), filter: Filter, total: z.int() }) satisfies z.ZodType<Nearer>

/** A filter that asks for nothing but an age. */
export const emptyFilter: Filter = Filter.parse({ ageBand: '18+' })

/** One page of what is found, the best first. `nearer` holds what else could be found, where nothing is. */
export const VacancyPage = z.object({
  items: z.array(Listing),
  total: z.int(),
  page: z.int(),
  pages: z.int(),
  nearer: z.array(NearerSchema).max(mostNearer),
})
export type VacancyPage = z.infer<typeof VacancyPage>

/** A sign of a scam, with the words that showed it. */
export const SignShown = z.object({
  kind: z.custom<SignKind>((kind) => signKinds.some((one) => one === kind), 'must be a kind of sign'),
  words: z.string(),
})
export type SignShown = z.infer<typeof SignShown>

/** A list a person reads, as the law's words give it. */
export const Section = z.object({ head: Message, lines: z.array(Message) })

/** A vacancy as people see it. */
export const CardShown = z.object({
  ...Listing.shape,
  ...Vacancy.pick({
    bin: true,
    experience: true,
    education: true,
    employment: true,
    schedule: true,
    weekHours: true,
    dayHours: true,
    night: true,
    rotation: true,
    format: true,
    housing: true,
    meals: true,
    contact: true,
    validThrough: true,
  }).shape,
  isOpen: z.boolean(),
  /** Professions of the catalogue it belongs to, the nearest first. */
  professions: z.array(Listed),
  /** Pages where it stands, the first one first. */
  links: z.array(z.object({ source: z.string(), url: z.string() })),
  /** One page of what its author wrote. */
  text: z.object({ body: z.string(), page: z.int(), pages: z.int() }),
  law: z.array(Section),
  /** Why it is held back, where it bears signs of a scam. */
  signs: z.array(SignShown),
  /** Why the person has reported it, where they have. */
  reported: z.enum(reportReasons).nullable(),
})
export type CardShown = z.infer<typeof CardShown>

/** All that is told about a vacancy. */
export const VacancyCard = CardShown.extend({
  /** What the person has done with it, and whether there is room to keep one more. */
  saved: z.boolean(),
  hidden: z.boolean(),
  room: z.boolean(),
  /** Somebody is there who looks at what is reported. */
  isLookedAt: z.boolean(),
})
export type VacancyCard = z.infer<typeof VacancyCard>

/** What mentors find of a vacancy: it is genuine, or nobody is to see it. */
export const verdicts = ['cleared', 'barred'] as const

/** A vacancy as a mentor looks at it, held back or not. */
export const HeldVacancy = z.object({
  /** As people see it, one page of its text at a time. */
  card: CardShown,
  /** Stands for the words that are looked at: it is another one as soon as they are. */
  wording: z.string().max(100),
  signs: z.array(SignShown),
  reports: z.array(z.object({ reason: z.enum(reportReasons), count: z.int() })),
  /** What a mentor found of it last, epoch ms; `stands` as long as nothing has held it back since. */
  review: z.object({ verdict: z.enum(verdicts), at: z.int(), stands: z.boolean() }).nullable(),
})
export type HeldVacancy = z.infer<typeof HeldVacancy>

const held: Listing = { ...exampleListing, id: 'held', isHeld: true, outcome: 'shown', fits: [] }
const bare: Listing = {
  ...exampleListing,
  ...{ id: 'bare', employer: null, region: null, town: null, pay: null, outcome: 'shown', fits: [] },
}
const cook = { id: 'cook', name: exampleWords }
const food = { id: 'food', name: exampleWords }

export const exampleCard: VacancyCard = {
  ...exampleListing,
  ...{ bin: '000000000000', experience: 'none', education: 'school', employment: 'part', schedule: 'fiveTwo' },
  ...{ weekHours: 24, dayHours: 5, night: false, rotation: false, format: 'onSite', housing: true, meals: true },
  contact: { phone: '+7 700 000 00 00', mail: 'example@example.com', telegram: '@example' },
  validThrough: Date.UTC(2026, 1, 14),
  isOpen: true,
  professions: [cook],
  links: [{ source: 'example', url: 'https://example.com/1' }],
  text: { body: 'Example', page: 0, pages: 1 },
  law: [{ head: { key: 'vacancies:law.common.conditions' }, lines: [{ key: 'vacancies:law.consent' }] }],
  signs: [],
  ...{ saved: false, hidden: false, reported: null, room: true, isLookedAt: true },
}
const bareCard: VacancyCard = {
  ...exampleCard,
  ...bare,
  ...{ bin: null, experience: null, education: null, employment: null, schedule: null, weekHours: null },
  ...{ dayHours: null, night: null, rotation: null, format: null, housing: null, meals: null, contact: null },
  ...{ professions: [], links: [], law: [], text: { body: '', page: 0, pages: 0 }, isLookedAt: false },
}
const heldCard: VacancyCard = {
  ...exampleCard,
  ...held,
  ...{ id: 'held', night: true, rotation: true, saved: true, hidden: true, reported: 'scam' },
  signs: [{ kind: 'fee', words: 'example' }],
  text: { body: 'Example', page: 1, pages: 3 },
}

/** Open vacancies that fit, without those that the person hid. */
export const searchVacancies = defineAsk('vacancies.search', {
  who: 'met',
  data: z.object({ filter: Filter, page: Page }),
  reply: VacancyPage,
  examples: ({ filter }) => [
    { items: [exampleListing, held, bare], total: 12, page: 0, pages: 3, nearer: [] },
    { items: [exampleListing], total: 6, page: 1, pages: 2, nearer: [] },
    { items: [], total: 0, page: 0, pages: 1, nearer: [] },
    {
      items: [],
      total: 0,
      page: 0,
      pages: 1,
      nearer: steps.slice(0, mostNearer).map((step) => ({ step, filter, total: 2 })),
    },
  ],
})

/** How many a search would find. */
export const countVacancies = defineAsk('vacancies.count', {
  who: 'met',
  data: z.object({ filter: Filter }),
  reply: z.object({ total: z.int() }),
  examples: [{ total: 0 }, { total: 12 }],
})

/**
 * What the person would look for: what they last chose, or what is known of them (region and neighbours, families of
 * their newest result and of what they put by). `professions` are those of their result and of what they put by.
 */
export const defaultFilter = defineAsk('vacancies.defaults', {
  who: 'met',
  data: z.null(),
  reply: z.object({
    filter: Filter,
    professions: z.array(Listed),
    /** The filter is one that the person chose. */
    isChosen: z.boolean(),
  }),
  examples: [
    { filter: emptyFilter, professions: [], isChosen: false },
    { filter: { ...emptyFilter, regions: ['75', '19'], families: ['food'] }, professions: [cook], isChosen: true },
  ],
})

/** One vacancy, whether open or not, with one page of its text; null where there is none any more, or it was barred. */
export const vacancyCard = defineAsk('vacancies.card', {
  who: 'met',
  data: z.object({ id, page: Page.optional() }),
  reply: VacancyCard.nullable(),
  examples: [
    null,
    exampleCard,
    bareCard,
    heldCard,
    { ...exampleCard, isOpen: false, room: false },
    { ...exampleCard, outcome: 'barred' },
  ],
})

/** Those of the given ones that are open, in their order. */
export const listedVacancies = defineAsk('vacancies.listed', {
  who: 'met',
  data: z.object({ ids: z.array(id).max(200) }),
  reply: z.array(Listing),
  examples: [[], [exampleListing, held, bare]],
})

/** What the person put by, the newest first; what is over stays until they take it away. */
export const savedVacancies = defineAsk('vacancies.saved', {
  who: 'met',
  data: z.object({ page: Page }),
  reply: z.object({
    items: z.array(z.object({ listing: Listing, isOpen: z.boolean() })),
    total: z.int(),
    page: z.int(),
    pages: z.int(),
  }),
  examples: [
    { items: [], total: 0, page: 0, pages: 1 },
    {
      items: [
        { listing: exampleListing, isOpen: true },
        { listing: bare, isOpen: false },
      ],
      ...{ total: 7, page: 0, pages: 2 },
    },
  ],
})

/** What the parts of a filter are called. */
export const nameFilter = defineAsk('vacancies.named', {
  who: 'met',
  data: z.object({ filter: Filter }),
  reply: FilterNames,
  examples: [noNames, { professions: [cook], families: [food], towns: [{ id: 'almaty', name: exampleWords }] }],
})

/**
 * How many the list of these professions holds for the person, as they look for work; none for whoever may not look for
 * it (yet). Other subjects ask it to offer that list only where something stands on it.
 */
export const openingsOf = defineAsk('vacancies.openings', {
  who: 'self',
  data: z.object({ professions: z.array(id).max(mostNamed.professions) }),
  reply: z.object({ total: z.int().min(0) }),
  examples: [{ total: 0 }, { total: 12 }],
})

/** A filter with what somebody wrote on the list: a profession, a place, pay, or words that have to be there. */
export const readSearch = defineAsk('vacancies.read', {
  who: 'met',
  data: z.object({ text: z.string(), filter: Filter }),
  /** Null for what says nothing that could be looked for. */
  reply: z.object({ filter: Filter }).nullable(),
  examples: ({ filter }) => [null, { filter: { ...filter, words: ['example'] } }],
})

/** What is held back and open, the newest first. */
export const heldVacancies = defineAsk('vacancies.held', {
  who: 'mentor',
  data: z.object({ page: Page }),
  reply: z.object({ items: z.array(Listing), total: z.int(), page: z.int(), pages: z.int() }),
  examples: [
    { items: [], total: 0, page: 0, pages: 1 },
    { items: [held], total: 2, page: 0, pages: 2 },
  ],
})

/** One open vacancy as a mentor looks at it, held back or not; null where there is none. */
export const heldVacancy = defineAsk('vacancies.heldOne', {
  who: 'mentor',
  data: z.object({ id, page: Page }),
  reply: HeldVacancy.nullable(),
  examples: [
    null,
    heldExample(),
    { ...heldExample(), card: { ...heldCard, text: { body: 'Example', page: 0, pages: 2 } } },
    { ...heldExample(), review: { verdict: 'barred', at: Date.UTC(2026, 0, 15), stands: true } },
    { ...heldExample(), review: { verdict: 'cleared', at: Date.UTC(2026, 0, 14), stands: false } },
  ],
})

/** The person keeps a vacancy or hides it, or does not any more. */
export const markVacancy = defineTell('vacancies.mark', {
  who: 'met',
  data: z.object({ id, mark: z.enum(marks), on: z.boolean() }),
})

/** The person finds something wrong with a vacancy; once for each, the last reason counts. */
export const reportVacancy = defineTell('vacancies.report', {
  who: 'met',
  data: z.object({ id, reason: z.enum(reportReasons) }),
})

/** What the person looks for from now on. */
export const chooseFilter = defineTell('vacancies.choose', { who: 'met', data: z.object({ filter: Filter }) })

/** What a mentor found of a vacancy as it was looked at; a cleared one is news again. */
export const reviewVacancy = defineTell('vacancies.review', {
  who: 'mentor',
  data: z.object({
    id,
    verdict: z.enum(verdicts),
    wording: z.string().max(100),
    /** When it had been found something of before, epoch ms; null for never. What others found since is not written over. */
    reviewedAt: z.int().nullable(),
  }),
})

function heldExample(): HeldVacancy {
  return {
    card: { ...exampleCard, ...held, signs: [], law: [] },
    wording: 'example',
    signs: [{ kind: 'fee', words: 'example' }],
    reports: [{ reason: 'scam', count: 3 }],
    review: null,
  }
}
