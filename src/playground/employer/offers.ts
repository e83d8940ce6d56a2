import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { type Clock, systemClock } from '../../base/clock.ts'
import type { Core } from '../../store/core.ts'
import { Offer, type OfferForm } from './offer.ts'

/** Offers that are kept; the oldest go first. */
const mostKept = 200

/** What the employer of the playground has published. */
export type Offers = {
  /** All of them, the newest first. */
  all(): readonly Offer[]
  find(id: string): Offer | undefined
  publish(form: OfferForm): Promise<Offer>
  /** Pays a tenth more. Throws where no pay is said. */
  raise(id: string): Promise<Offer>
  /** Its page is gone from then on. */
  close(id: string): Promise<Offer>
  /** Publishes the same once more under another number. */
  repeat(id: string): Promise<Offer>
}

export type OffersOptions = {
  readonly clock?: Clock
  readonly newId?: () => string
  /** From an earlier start, and how they are kept for the next one. */
  readonly kept?: readonly Offer[]
  readonly keep?: (offers: readonly Offer[]) => Promise<void>
}

export function createOffers(options: OffersOptions = {}): Offers {
  const { clock = systemClock, newId = () => randomBytes(5).toString('hex'), keep = async () => {} } = options
  let offers = options.kept ?? []

  async function put(offer: Offer): Promise<Offer> {
    const isKnown = offers.some(({ id }) => id === offer.id)
    offers = isKnown ? offers.map((one) => (one.id === offer.id ? offer : one)) : [offer, ...offers].slice(0, mostKept)
    await keep(offers)
    return offer
  }
  const add = (form: OfferForm) => put({ ...form, id: newId(), publishedAt: clock.now(), edition: 0, isClosed: false })
  const change = (id: string, changes: (offer: Offer) => Partial<Offer>) => {
    const offer = known(id)
    return put({ ...offer, ...changes(offer), edition: offer.edition + 1 })
  }
  function known(id: string): Offer {
    const offer = offers.find((one) => one.id === id)
    if (offer === undefined) throw new Error(`No offer ${id} was published here`)
    return offer
  }

  return {
    all: () => offers,
    find: (id) => offers.find((one) => one.id === id),
    publish: add,
    raise: async (id) => {
      const { payFrom, payTo } = known(id)
      if (payFrom === null && payTo === null) throw new Error('It says no pay that could be raised')
      return change(id, () => ({ payFrom: raised(payFrom), payTo: raised(payTo) }))
    },
    close: async (id) => change(id, () => ({ isClosed: true })),
    repeat: async (id) => {
      const { id: _, publishedAt: __, edition: ___, isClosed: ____, ...form } = known(id)
      return add(form)
    },
  }
}

/** A tenth more, in whole thousands where it is more than that. */
function raised(sum: number | null): number | null {
  return sum === null ? null : Math.max(sum + 1, Math.ceil((sum * 11) / 10_000) * 1_000)
}

/** Whether its page still stands. */
export function isOpen({ isClosed, until }: Offer, now: number): boolean {
  return !isClosed && now <= lastMomentOf(until)
}

/** The last second of a day in Kazakhstan, epoch ms. */
export function lastMomentOf(day: string): number {
  return Date.parse(`${day}T23:59:59+05:00`)
}

/**
 * The offers that stand beside the bot's database and live as long as it: the bot remembers whom it told of what, and
 * after a new start the page must not look as if the employer had taken everything back.
 */
export async function rememberOffers({ prisma, clock }: Pick<Core, 'prisma' | 'clock'>): Promise<Offers> {
  const row = await prisma.meta.findUnique({ where: { name: metaName } })
  return createOffers({
    clock,
    kept: row === null ? [] : readKept(row.value),
    keep: async (offers) => {
      const value = new TextEncoder().encode(JSON.stringify(offers))
      const data = { name: metaName, value }
      await prisma.meta.upsert({ where: { name: metaName }, create: data, update: data })
    },
  })
}

const metaName = 'playgroundOffers'

/** Samples that an older version wrote otherwise are no loss. */
function readKept(value: Uint8Array): readonly Offer[] {
  try {
    return z.array(Offer).parse(JSON.parse(new TextDecoder().decode(value)))
  } catch {
    return []
  }
}
