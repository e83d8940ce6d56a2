import { z } from 'zod'
import { type OfferState, Returned, states } from '../../../flows/offers/contract.ts'
import { Offer } from '../../../flows/offers/offer.ts'
import { moment, whole } from '../../store/damage.ts'
import type { OfferModel } from '../../store/generated/sqlite/models.ts'
import { placeOf, type Seal } from '../../store/seal.ts'

/** An offer as it is kept. */
export type KeptOffer = {
  readonly id: string
  readonly chatId: number
  readonly offer: Offer
  readonly state: OfferState
  readonly returned: Returned | null
  readonly vacancyId: string | null
  readonly sentAt: number
  /** When a mentor let it stand or sent it back; null while it waits. */
  readonly decidedAt: number | null
  readonly validThrough: number
}

const State = z.enum(states)

/** Throws when anything of the row cannot be read. */
export function toOffer(row: OfferModel, seal: Seal): KeptOffer {
  const { id, chatId, body, state, returned, vacancyId, sentAt, decidedAt, validThrough } = row
  return {
    id,
    chatId: whole(chatId),
    offer: Offer.parse(JSON.parse(seal.open(body, placeOf('Offer', 'body', id, chatId)))),
    state: State.parse(state),
    returned:
      returned === null
        ? null
        : Returned.parse(JSON.parse(seal.open(returned, placeOf('Offer', 'returned', id, chatId)))),
    vacancyId,
    sentAt: moment(sentAt),
    decidedAt: decidedAt === null ? null : moment(decidedAt),
    validThrough: moment(validThrough),
  }
}

export function sealedBody(id: string, chatId: number, offer: Offer, seal: Seal) {
  return seal.seal(JSON.stringify(offer), placeOf('Offer', 'body', id, chatId))
}

export function sealedReturned(id: string, chatId: bigint, returned: Returned, seal: Seal) {
  return seal.seal(JSON.stringify(returned), placeOf('Offer', 'returned', id, chatId))
}
