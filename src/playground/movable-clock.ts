import { dayLength } from '../../flows/common/calendar.ts'
import { type Clock, systemClock } from '../base/clock.ts'
import type { Core } from '../store/core.ts'

/** The time of day in the playground: the machine's, and as much later as somebody has moved it. It never goes back. */
export type MovableClock = Clock & {
  /** Ms that it is ahead of the machine's. */
  ahead(): number
  /** Moves it to a moment (epoch ms) and keeps that for the next start. Throws for one that is past, or too far. */
  moveTo(moment: number): Promise<void>
}

/** The furthest jump, ms. */
const furthest = 400 * dayLength

/** A clock that remembers beside the database how far it was moved: what is stored there must not lie in the future. */
export function createMovableClock(base: Clock = systemClock) {
  let ahead = 0
  let keep = async (_ahead: number): Promise<void> => {}
  const clock: MovableClock = {
    now: () => base.now() + ahead,
    ahead: () => ahead,
    async moveTo(moment) {
      const by = moment - clock.now()
      if (!(by > 0)) throw new Error('Time only goes forward here; choose a later moment')
      if (by > furthest) throw new Error('That is more than 400 days ahead; choose an earlier moment')
      await keep(ahead + by)
      ahead += by
    },
  }
  return {
    clock,
    /** Goes on from where the database was left. */
    async remember({ prisma }: Pick<Core, 'prisma'>): Promise<void> {
      const row = await prisma.meta.findUnique({ where: { name: metaName } })
      ahead = row === null ? 0 : Number(new TextDecoder().decode(row.value))
      keep = async (next) => {
        const value = new TextEncoder().encode(String(next))
        const data = { name: metaName, value }
        await prisma.meta.upsert({ where: { name: metaName }, create: data, update: data })
      }
    },
  }
}

const metaName = 'playgroundAhead'
