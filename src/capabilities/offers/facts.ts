import { dayLength } from '../../../flows/common/calendar.ts'
import { notice } from '../../../flows/kit/notice.ts'
import {
  approveOffer,
  closeOffer,
  type Made,
  type OfferState,
  offerLimit,
  renewOffer,
  returnOffer,
  sendOffer,
} from '../../../flows/offers/contract.ts'
import { answeredNotice, waitingNotice } from '../../../flows/offers/notices.ts'
import type { Offer } from '../../../flows/offers/offer.ts'
import { standsFor, type Vacancy } from '../../../flows/vacancies/vacancy.ts'
import { putNotices } from '../../delivery/notices/put.ts'
import { change, type FactTools, type FactWriter, OvertakenError } from '../../store/capability.ts'
import type { Transaction } from '../../store/core.ts'
import { wordingOf } from '../vacancies/candidates.ts'
import { takeVacancies } from '../vacancies/ingest.ts'
import { mayDecide, reachableMentors } from './mentors.ts'
import { source } from './reading.ts'
import { sealedBody, sealedReturned, toOffer } from './rows.ts'
import { withdrawVacancy } from './withdraw.ts'

/** After so long mentors are told of the next offer that waits, ms; before, one notice stands for all. */
const toldAgainAfter = dayLength / 4

export const offerFacts: readonly FactWriter[] = [
  change(sendOffer, async (transaction, entries, tools) => {
    for (const { chatId, data, at } of entries) {
      const written = {
        body: sealedBody(data.id, chatId, data.offer, tools.seal),
        ...{ state: 'waiting', returned: null, decidedAt: null },
        ...{ sentAt: BigInt(at), validThrough: BigInt(lastMoment(data.offer, at)) },
      }
      const own = { id: data.id, chatId: BigInt(chatId) }
      // Mended before it is read: whoever decides on it meanwhile waits, and then sees that it is another one.
      const { count } = await transaction.offer.updateMany({ where: own, data: written })
      const row = await transaction.offer.findUnique({ where: { id: data.id } })
      if (row === null && (await isFull(transaction, chatId))) continue
      if (row === null) await transaction.offer.create({ data: { ...own, createdAt: BigInt(at), ...written } })
      else if (count === 0) continue
      // What is mended stands among the vacancies only as it was looked at.
      if (row?.vacancyId) await withdrawVacancy(transaction, row.id, row.vacancyId, at)
      await tellMentors(transaction, chatId, { id: data.id, at }, tools)
    }
  }),
  change(closeOffer, async (transaction, entries) => {
    for (const { chatId, data, at } of entries) {
      const own = { id: data.id, chatId: BigInt(chatId) }
      await transaction.offer.updateMany({ where: own, data: { state: 'closed' } })
      const row = await transaction.offer.findFirst({ where: own })
      if (row?.vacancyId) await withdrawVacancy(transaction, row.id, row.vacancyId, at)
    }
  }),
  change(renewOffer, async (transaction, entries, tools) => {
    for (const { chatId, data, at } of entries) {
      const row = await transaction.offer.findFirst({ where: { id: data.id, chatId: BigInt(chatId) } })
      if (row === null || row.vacancyId === null || row.state === 'waiting') continue
      const offer = { ...toOffer(row, tools.seal).offer, until: data.made.vacancy.validThrough }
      const body = sealedBody(row.id, chatId, offer, tools.seal)
      await transaction.offer.update({ where: { id: row.id }, data: { body } })
      await publish(transaction, row.id, data.made, { ...tools, now: at })
    }
  }),
  change(approveOffer, async (transaction, entries, tools) => {
    for (const { chatId, data, at } of entries) {
      const row = await decide(transaction, chatId, data, { state: 'published', decidedAt: BigInt(at) })
      const vacancyId = await publish(transaction, row.id, data.made, { ...tools, now: at })
      await clear(transaction, vacancyId, data.made.vacancy, at)
      if (row.chatId === BigInt(chatId)) continue
      const { title } = data.made.vacancy
      await tellAuthor(transaction, row, { id: row.id, title, returned: null }, at, tools)
    }
  }),
  change(returnOffer, async (transaction, entries, tools) => {
    for (const { chatId, data, at } of entries) {
      const row = await decide(transaction, chatId, data, { state: 'returned', decidedAt: BigInt(at) })
      const returned = sealedReturned(row.id, row.chatId, data.returned, tools.seal)
      await transaction.offer.update({ where: { id: row.id }, data: { returned } })
      const { offer } = toOffer(row, tools.seal)
      await tellAuthor(transaction, row, { id: row.id, title: offer.title, returned: data.returned }, at, tools)
    }
  }),
]

function lastMoment({ until }: Offer, at: number): number {
  return until ?? at + standsFor * dayLength
}

async function isFull(transaction: Transaction, chatId: number): Promise<boolean> {
  const count = await transaction.offer.count({ where: { chatId: BigInt(chatId), state: { not: 'closed' } } })
  return count >= offerLimit
}

/**
 * Decides on an offer that still waits in the words that were looked at; from here on the row is this transaction's
 * alone. Throws where it does not, or is for others to decide on: the turn is played again and says what has become of it.
 */
async function decide(
  transaction: Transaction,
  mentor: number,
  { id, sentAt }: { readonly id: string; readonly sentAt: number },
  decision: { readonly state: OfferState; readonly decidedAt: bigint },
) {
  const where = { id, state: 'waiting', sentAt: BigInt(sentAt) }
  const { count } = await transaction.offer.updateMany({ where, data: decision })
  if (count === 0) throw new OvertakenError('The offer does not wait as it did')
  const row = await transaction.offer.findUniqueOrThrow({ where: { id } })
  if (await mayDecide(transaction, Number(row.chatId), mentor)) return row
  throw new OvertakenError('Another mentor is there to decide')
}

/** It becomes a vacancy as those of any source do. */
async function publish(transaction: Transaction, id: string, { vacancy, identity, digest }: Made, tools: FactTools) {
  // The same as another one is merged with it; what a mentor has looked at is as the author wrote it.
  const taking = { ...tools, damaged: passedOver, identityOf: () => identity }
  await takeVacancies(transaction, [{ vacancy, digest }], taking)
  const sighting = await transaction.vacancySighting.findUniqueOrThrow({
    where: { source_sourceId: { source, sourceId: id } },
  })
  const { vacancyId } = sighting
  const validThrough = BigInt(vacancy.validThrough)
  await transaction.offer.update({
    where: { id },
    data: { state: 'published', returned: null, vacancyId, validThrough },
  })
  return vacancyId
}

/** The mentor has seen the signs it bears: it is not held back for them as long as it says what was approved. */
async function clear(transaction: Transaction, vacancyId: string, vacancy: Vacancy, at: number): Promise<void> {
  const found = { verdict: 'cleared', wording: wordingOf(vacancy), at: BigInt(at) }
  await transaction.vacancyReview.upsert({ where: { vacancyId }, create: { vacancyId, ...found }, update: found })
}

/** A vacancy that cannot be read is stored anew beside it; the board reports it. */
function passedOver(): void {}

/** One notice a person, however many offers wait; the author hears of it only as the one who has to look. */
async function tellMentors(
  transaction: Transaction,
  author: number,
  { id, at }: { id: string; at: number },
  tools: FactTools,
) {
  const others = await reachableMentors(transaction, author)
  if (others.length === 0) return
  const besides = await transaction.offer.count({ where: { state: 'waiting', id: { not: id } } })
  const told = await transaction.notice.findMany({
    select: { chatId: true },
    where: {
      kind: waitingNotice.kind,
      chatId: { in: others.map(BigInt) },
      // What they were told of before and have decided on since needs no second word; a new offer does.
      OR: [{ outcome: null }, ...(besides === 0 ? [] : [{ createdAt: { gt: BigInt(at - toldAgainAfter) } }])],
    },
  })
  const known = new Set(told.map(({ chatId }) => Number(chatId)))
  const notices = others
    .filter((chatId) => !known.has(chatId))
    .map((chatId) =>
      notice(waitingNotice, { chatId, key: `offers:waiting:${chatId}:${id}:${at}`, dueAt: at, values: {} }),
    )
  await putNotices(transaction, notices, tools)
}

async function tellAuthor(
  transaction: Transaction,
  { id, chatId }: { readonly id: string; readonly chatId: bigint },
  values: (typeof answeredNotice.examples)[number],
  at: number,
  tools: FactTools,
) {
  const key = `offers:answered:${id}:${at}`
  await putNotices(transaction, [notice(answeredNotice, { chatId: Number(chatId), key, dueAt: at, values })], tools)
}
