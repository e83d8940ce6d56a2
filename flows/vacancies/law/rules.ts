import type { AgeBand } from '../../common/person.ts'
import type { Finding } from './findings.ts'

/**
 * What a reason does: it bars the vacancy; it is a condition that the person has to meet; it is something the vacancy
 * does not say and the person asks about first; it is a warning, with which the vacancy is shown as any other.
 */
export const kinds = ['barred', 'condition', 'ask', 'warning'] as const
export type Kind = (typeof kinds)[number]

export const outcomes = ['shown', 'condition', 'barred'] as const
export type Outcome = (typeof outcomes)[number]

/** Where a rule is written. `law` names the document by its words (`vacancies:law.source.<law>`). */
export type Source = {
  readonly law: 'labourCode' | 'order944' | 'committee' | 'roadTraffic' | 'wage'
  /** Articles, the paragraphs in brackets. */
  readonly articles: readonly string[]
  /** Wording of the document, `dd.mm.yyyy`, or what year speaks in it; null where it is not known. */
  readonly edition: string | null
  /** The month it was looked up in. */
  readonly checked: string
}

/** One rule on the work of an age: when the vacancy is found to be so, this comes of it. */
export type Rule = {
  readonly id: string
  readonly sources: readonly [Source, ...Source[]]
  readonly bands: readonly AgeBand[]
  readonly when: Finding
  readonly kind: Kind
  /** Key of what the person reads. */
  readonly words: string
}

/** What a reason makes of the vacancy. */
export const outcomeOf: Readonly<Record<Kind, Outcome>> = {
  barred: 'barred',
  condition: 'condition',
  ask: 'condition',
  warning: 'shown',
}

const checked = '2026-11'
const code = (...articles: string[]): Source => ({ law: 'labourCode', articles, edition: '01.07.2021', checked })
const order944: Source = { law: 'order944', articles: [], edition: '08.12.2015', checked }
const committee: Source = { law: 'committee', articles: [], edition: '06.2025', checked }
const roadTraffic: Source = { law: 'roadTraffic', articles: ['73'], edition: null, checked }
const wage: Source = { law: 'wage', articles: [], edition: '2024–2026', checked }

const young: readonly AgeBand[] = ['14-15']
const older: readonly AgeBand[] = ['16-17']
const minors: readonly AgeBand[] = ['14-15', '16-17']
const grown: readonly AgeBand[] = ['18+']

/** All rules, in the order in which a person reads them. */
export const rules: readonly Rule[] = [
  barred('tooYoung', ['12-13'], 'always', code('31 (2)(3)')),

  barred('alcohol', minors, 'alcohol', code('26 (1)(2)')),
  barred('tobacco', minors, 'tobacco', code('26 (1)(2)')),
  barred('drugs', minors, 'drugs', code('26 (1)(2)')),
  barred('gambling', minors, 'gambling', code('26 (1)(2)')),
  barred('nightlife', minors, 'nightlife', code('26 (1)(2)')),
  barred('harmful', minors, 'harmful', code('26 (1)(2)'), order944),
  barred('order944', minors, 'order944', order944, code('26 (1)(2)')),
  barred('liability', minors, 'liability', code('26 (1)(2)')),
  barred('night', minors, 'night', code('76 (1)(2)')),
  barred('week24', young, 'overWeek', code('69 (1)')),
  barred('week36', older, 'overWeek', code('69 (1)')),
  barred('longDay', minors, 'longDay', code('71 (4)', '75 (6)')),
  barred('rotation', minors, 'rotation', code('135 (3)')),
  barred('secondJob', minors, 'secondJob', code('26 (2)(5)')),
  barred('car', minors, 'car', roadTraffic),
  barred('motorcycle14', young, 'motorcycle', roadTraffic),

  condition('representative', young, 'always', code('31 (3)')),
  condition('freeTime', young, 'always', code('31 (2)(1)', '31 (2)(2)')),
  condition('consent', older, 'always', committee),
  condition('fullWeek24', young, 'fullWeek', code('69 (1)', '106 (1)')),
  condition('fullWeek36', older, 'fullWeek', code('69 (1)', '106 (1)')),
  condition('overtime', minors, 'overtime', code('77 (3)(2)')),
  condition('trips', minors, 'trips', code('127 (4)')),
  condition('someLiability', minors, 'someLiability', code('26 (1)(2)')),
  condition('motorcycle16', older, 'motorcycle', roadTraffic),
  condition('machine', minors, 'machine', code('26 (1)(2)')),

  ask('askHours24', young, 'hoursUnknown', code('69 (1)', '77 (3)(2)')),
  ask('askHours36', older, 'hoursUnknown', code('69 (1)', '77 (3)(2)')),
  ask('askNight', minors, 'nightUnknown', code('76 (1)(2)')),
  ask('askAway', minors, 'awayUnknown', code('127 (4)', '135 (3)')),
  ask('askGoods', minors, 'goodsUnknown', code('26 (1)(2)')),
  ask('askDuties', minors, 'always', code('26 (1)(2)'), order944),

  warning('lowPay', [...minors, ...grown], 'lowPay', code('103', '104'), wage),
  warning('away', grown, 'rotation', code('135', '83')),
  warning('heavyVehicle', grown, 'heavyVehicle', roadTraffic),
]

function barred(...rule: Parameters<typeof made>): Rule {
  return { ...made(...rule), kind: 'barred' }
}

function condition(...rule: Parameters<typeof made>): Rule {
  return { ...made(...rule), kind: 'condition' }
}

function ask(...rule: Parameters<typeof made>): Rule {
  return { ...made(...rule), kind: 'ask' }
}

function warning(...rule: Parameters<typeof made>): Rule {
  return { ...made(...rule), kind: 'warning' }
}

function made(id: string, bands: readonly AgeBand[], when: Finding, first: Source, ...others: readonly Source[]) {
  const sources: Rule['sources'] = [first, ...others]
  return { id, bands, when, sources, words: `vacancies:law.${id}` }
}
