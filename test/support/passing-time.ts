import { dayLength, minuteLength, toLocal, toUtc } from '../../flows/common/calendar.ts'
import type { Service } from '../../src/app/service.ts'
import { nextRound } from '../../src/base/sleep.ts'
import type { BotApi } from '../../src/playground/bot-api/create-bot-api.ts'
import type { Store } from '../../src/store/open.ts'
import type { FrozenWorld } from './frozen-world.ts'

/** A message nobody had to ask for at that moment, and the kinds of notices in it. */
export type Arrival = {
  readonly chatId: number
  readonly messageId: number
  readonly kinds: readonly string[]
  /** Epoch ms. */
  readonly at: number
}

/** The service at work in its world. */
export type Running = {
  readonly world: FrozenWorld
  readonly api: Pick<BotApi, 'calls'>
  readonly store: Store
  readonly service: Service
  /** Ids of the notices that were given back as arrivals. */
  readonly handedOut: Set<string>
}

/**
 * Lets time pass until the moment (epoch ms) and a second more, in leaps from one thing that comes due to the next: no
 * test waits. Jobs run and notices are sent as they are by the real clock. Gives what has arrived, oldest first.
 */
export async function passUntil(moment: number, running: Running): Promise<readonly Arrival[]> {
  const { world } = running
  const { now } = world.clock
  for (let next = now(); ; ) {
    world.pass(Math.max(0, next - now()))
    await settle(running)
    if (next >= moment) break
    next = Math.min(moment, await nextDue(running))
  }
  return arrivals(running)
}

/** The time in which a job that has come due runs and what it leaves is sent, ms. */
const settling = 1_000
/** What takes longer will never be sent, ms. */
const patience = 2 * minuteLength

/** Goes on second by second while notices are on their way. */
async function settle(running: Running): Promise<void> {
  const { world, store } = running
  const begun = world.clock.now()
  const isSending = async () =>
    (await store.prisma.notice.count({ where: { outcome: null, NOT: { claimedBy: null } } })) > 0
  await rest(running)
  do {
    const end = world.clock.now() + settling
    while (world.wake(end)) await rest(running)
    world.pass(end - world.clock.now())
    if (end - begun > patience) throw new Error('A notice is on its way and does not arrive')
  } while (await isSending())
}

/** When something comes due next: by the rows that jobs of every minute look for, or by a job's own time of day. */
async function nextDue({ store, service, world }: Running): Promise<number> {
  const now = world.clock.now()
  const after = { gt: BigInt(now) }
  const notice = await store.prisma.notice.findFirst({
    where: { outcome: null, dueAt: after },
    orderBy: { dueAt: 'asc' },
  })
  const reminder = await store.prisma.reminder.findFirst({
    where: { state: 'active', nextAt: after },
    orderBy: { nextAt: 'asc' },
  })
  const subscription = await store.prisma.subscription.findFirst({
    where: { state: 'active', nextAt: after },
    orderBy: { nextAt: 'asc' },
  })
  const question = await store.prisma.question.findFirst({ where: { nextAt: after }, orderBy: { nextAt: 'asc' } })
  return Math.min(
    Number(notice?.dueAt ?? Infinity),
    10 * minuteLength * Math.ceil(Number(question?.nextAt ?? Infinity) / (10 * minuteLength)),
    minuteLength * Math.ceil(Number(reminder?.nextAt ?? Infinity) / minuteLength),
    minuteLength * Math.ceil(Number(subscription?.nextAt ?? Infinity) / minuteLength),
    ...service.bot.jobs.map(({ cron }) => nextTime(cron, now)),
  )
}

/** When a pattern with a minute and an hour comes next, as if it did so every day; never for others. */
function nextTime(cron: string, now: number): number {
  const [minute = '', hour = ''] = cron.split(' ')
  if (!/^\d+ \d+$/.test(`${minute} ${hour}`)) return Infinity
  const today = toUtc({ ...toLocal(now), hour: Number(hour), minute: Number(minute) })
  return today > now ? today : today + dayLength
}

/** The messages with notices that were sent and not handed out before. */
async function arrivals({ store, handedOut }: Running): Promise<readonly Arrival[]> {
  const rows = await store.prisma.notice.findMany({
    where: { outcome: 'sent', id: { notIn: [...handedOut] } },
    orderBy: [{ finishedAt: 'asc' }, { messageId: 'asc' }, { id: 'asc' }],
  })
  const found = new Map<string, Arrival>()
  for (const { id, chatId, messageId, kind, finishedAt } of rows) {
    handedOut.add(id)
    const key = `${chatId} ${messageId}`
    const kinds = [...(found.get(key)?.kinds ?? []), kind]
    found.set(key, { chatId: Number(chatId), messageId: Number(messageId), kinds, at: Number(finishedAt) })
  }
  return [...found.values()]
}

/** Rounds of the event loop without a sign of life after which all has ended that was under way: five times the most. */
const stillness = 20

/** Lets everything run that needs no time to pass. */
export async function rest({ world, api, store, service }: Running): Promise<void> {
  const signs = () => world.stirred() + [...api.calls.counts.values()].reduce((sum, count) => sum + count, 0)
  const isAtWork = async () => (await store.prisma.jobRun.count({ where: { finishedAt: null } })) > 0
  do {
    await service.bot.telegram.idle()
    let seen = signs()
    for (let still = 0; still < stillness; still++) {
      await nextRound()
      if (signs() === seen) continue
      seen = signs()
      still = 0
    }
  } while (await isAtWork())
}
