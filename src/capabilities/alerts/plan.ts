import type { Subscription } from '../../../flows/alerts/contract.ts'
import { chooseDigest, type Digest, type Due, mostPaid, newsOf, type ToldBefore } from '../../../flows/alerts/digest.ts'
import { type FoundItem, found } from '../../../flows/alerts/notices.ts'
import { nextDigest, nextMorning } from '../../../flows/alerts/rhythm.ts'
import { dayLength } from '../../../flows/common/calendar.ts'
import type { AgeBand } from '../../../flows/common/person.ts'
import { type NewNotice, notice } from '../../../flows/kit/notice.ts'
import { translator } from '../../../flows/kit/words.ts'
import { short } from '../../../flows/reminders/screens.ts'
import { filterName } from '../../../flows/vacancies/filter-lines.ts'
import { criteriaOf, matches } from '../../../flows/vacancies/matching/filter.ts'
import { fitsOf, scoreOf } from '../../../flows/vacancies/matching/rank.ts'
import type { NamesOf } from '../vacancies/filter-names.ts'
import type { Advance, DuePerson, DueSubscription, Was } from './due.ts'
import type { ToldEntry, WaitingRow } from './ledger.ts'
import type { Prepared } from './shelf.ts'

/** A notice is worth something for so long, ms; whoever comes back later is told what is new then. */
const worthFor = 2 * dayLength
/** When those to whom nothing can be told are looked at again, ms. */
const lookAgainAfter = 60 * 60_000
/** Signs of a vacancy's text in the notice of it alone. */
const excerptLength = 300

const t = translator('alerts')

/** What is known of a person when they are told. */
export type Known = {
  readonly now: number
  /** The first moment of the local day. */
  readonly today: number
  /** When their quiet hours end, if it is quiet now; epoch ms. */
  readonly quietUntil: number | undefined
  readonly waiting: readonly WaitingRow[]
  readonly vacancies: ReadonlyMap<string, Prepared>
  /** How many were told for a subscription today. */
  readonly toldToday: (subscriptionId: string) => number
  readonly toldBefore: (vacancyId: string) => ToldBefore | undefined
  /** What the person has hidden, or has applied for. */
  readonly isDone: (vacancyId: string) => boolean
  readonly namesOf: NamesOf
}

/** What becomes of one person's due subscriptions. */
export type Plan = {
  readonly advances: readonly Advance[]
  readonly dropped: readonly Pick<WaitingRow, 'subscriptionId' | 'vacancyId'>[]
  readonly told: readonly ToldEntry[]
  readonly counted: readonly { readonly id: string; readonly noticeKey: string }[]
  readonly notice: NewNotice | undefined
}

/** Plans the one notice of a person, by what is true now: their age, their filters, what they have done meanwhile. */
export function planPerson({ chatId, person, due, unreadable }: DuePerson, known: Known): Plan {
  const ended = unreadable.map((was): Advance => ({ ...was, next: null }))
  const only = (nextOf: (subscription: Subscription) => number): Plan => {
    const advances = due.map(({ was, subscription }): Advance => ({ ...was, next: nextOf(subscription) }))
    return { advances: [...advances, ...ended], dropped: [], told: [], counted: [], notice: undefined }
  }
  const { now, quietUntil } = known
  if (person === null) return only((one) => nextDigest(now, one) ?? now + lookAgainAfter)
  if (quietUntil !== undefined) return only(() => quietUntil)

  const looked = due.map((one) => look(one, known))
  const digest = chooseDigest(looked.map(({ ready }) => ready))
  const key = noticeKey(chatId, now)
  const told = digest.told.flatMap(({ vacancyId, rows }) => {
    const vacancy = known.vacancies.get(vacancyId)
    if (vacancy === undefined) return []
    const { edition, body } = vacancy
    return rows.map(({ subscriptionId }) => {
      return { subscriptionId, vacancyId, noticeKey: key, edition, pay: mostPaid(body.pay) }
    })
  })
  return {
    advances: [...looked.flatMap((one) => nextOf(one, digest, now)), ...ended],
    dropped: looked.flatMap(({ dropped }) => dropped),
    told,
    counted: digest.others.map(({ id }) => ({ id, noticeKey: key })),
    notice: noticeOf(chatId, { digest, due, ageBand: person.ageBand, key }, known),
  }
}

/** What the keys of a person's notices begin with. */
export function noticePrefix(chatId: number): string {
  return `alerts:${chatId}:`
}

function noticeKey(chatId: number, now: number): string {
  return `${noticePrefix(chatId)}${now}`
}

type Looked = {
  readonly was: Was
  readonly subscription: Subscription
  readonly ready: Due
  readonly dropped: readonly WaitingRow[]
  /** More waits than was looked at. */
  readonly hasMore: boolean
}

/** What of the waiting is for the person now. */
function look({ was, subscription }: DueSubscription, known: Known): Looked {
  const { now, today, vacancies } = known
  const criteria = criteriaOf(subscription.filter)
  const own = known.waiting.filter(({ subscriptionId }) => subscriptionId === subscription.id)
  const isWanted = ({ vacancyId }: WaitingRow) => {
    const vacancy = vacancies.get(vacancyId)
    if (vacancy === undefined || !vacancy.isGood(now) || known.isDone(vacancyId)) return false
    const news = newsOf(vacancy.edition, vacancy.body.pay, known.toldBefore(vacancyId))
    return news !== undefined && matches(criteria, vacancy.candidate)
  }
  const wanted = new Set(own.filter(isWanted))
  const waiting = [...wanted].flatMap((row) => {
    const candidate = vacancies.get(row.vacancyId)?.candidate
    if (candidate === undefined) return []
    return [{ ...row, score: scoreOf(criteria, candidate, today), publishedAt: candidate.publishedAt }]
  })
  const dropped = own.filter((row) => !wanted.has(row))
  const total = (own[0]?.total ?? 0) - dropped.length
  const room = Math.max(0, subscription.perDay - known.toldToday(subscription.id))
  const ready = { id: subscription.id, room, waiting, total }
  return { was, subscription, ready, dropped, hasMore: total > waiting.length }
}

/** When it is due again; it stays due where nothing was told, and what was looked at was not all. */
function nextOf({ was, subscription, ready, hasMore }: Looked, { told, others }: Digest, now: number): Advance[] {
  if (told.length === 0 && hasMore && ready.room > 0) return []
  const next = nextDigest(now, subscription)
  if (next !== null) return [{ ...was, next }]
  const isTold = told.flatMap(({ rows }) => rows).filter(({ subscriptionId }) => subscriptionId === subscription.id)
  const isCounted = others.some(({ id }) => id === subscription.id)
  const left = isCounted ? 0 : ready.total - isTold.length
  return [{ ...was, next: left > 0 ? nextMorning(now) : null }]
}

type Chosen = {
  readonly digest: Digest
  readonly due: readonly DueSubscription[]
  readonly ageBand: AgeBand
  readonly key: string
}

function noticeOf(chatId: number, { digest, due, ageBand, key }: Chosen, known: Known): NewNotice | undefined {
  const { now, today, vacancies, namesOf } = known
  const isAlone = digest.told.length === 1
  const chosen = digest.told.flatMap(({ vacancyId, rows }) => {
    const vacancy = vacancies.get(vacancyId)
    const found = due.find(({ subscription }) => subscription.id === rows[0]?.subscriptionId)
    return vacancy === undefined || found === undefined ? [] : [{ vacancy, subscription: found.subscription }]
  })
  if (chosen.length === 0) return undefined
  const items = chosen.map(({ vacancy, subscription }): FoundItem => {
    const { id, body, candidate, edition } = vacancy
    const fits = [...fitsOf(criteriaOf(subscription.filter), candidate, today)]
    return {
      listing: { ...vacancy.listing(ageBand), fits },
      news: newsOf(edition, body.pay, known.toldBefore(id)) ?? 'new',
      law: isAlone ? [...vacancy.law(ageBand)] : [],
      excerpt: isAlone ? short(body.description, excerptLength) : '',
    }
  })
  const others = digest.others.flatMap(({ id, count }) => {
    const filter = due.find(({ subscription }) => subscription.id === id)?.subscription.filter
    return filter === undefined ? [] : [{ name: filterName(t, filter, namesOf(filter)), filter, count }]
  })
  const last = Math.max(...chosen.map(({ vacancy }) => vacancy.body.validThrough))
  const expiresAt = Math.min(now + worthFor, last)
  return notice(found, { chatId, key, dueAt: now, expiresAt, values: { items, others } })
}
