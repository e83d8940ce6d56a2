import { setTimeout as wait } from 'node:timers/promises'
import type { BotApi } from '../../../src/playground/bot-api/create-bot-api.ts'
import type { Store } from '../../../src/store/open.ts'
import type { openSites } from './sites.ts'

export type World = {
  readonly store: Store
  readonly api: BotApi
  readonly sites: Pick<Awaited<ReturnType<typeof openSites>>, 'onAsked'>
}

/** What a process was just doing when it dies. Each resolves when it is seen the next time; never, if it does not come. */
export const moments = {
  /** A site has answered. */
  reading: ({ sites }: World, signal: AbortSignal) => heard((hear) => sites.onAsked(hear), signal),
  /** Vacancies were written. */
  ingest: ({ store: { prisma } }: World, signal: AbortSignal) =>
    changed(() => prisma.vacancy.aggregate({ _count: true, _max: { changedAt: true } }), signal),
  /** They were found for people. */
  ledger: ({ store: { prisma } }: World, signal: AbortSignal) =>
    changed(() => prisma.alert.aggregate({ _count: true, _max: { foundAt: true } }), signal),
  /** They were noted as told. */
  digest: ({ store: { prisma } }: World, signal: AbortSignal) =>
    changed(() => prisma.alert.aggregate({ _sum: { toldEdition: true }, _max: { toldAt: true } }), signal),
  /** A notice stands there, or was taken back. */
  notice: ({ store: { prisma } }: World, signal: AbortSignal) =>
    changed(() => prisma.notice.groupBy({ by: ['outcome'], _count: true, orderBy: { outcome: 'asc' } }), signal),
  /** Telegram has taken a message, or refused it. */
  sending: ({ api }: World, signal: AbortSignal) =>
    heard(
      (hear) => api.calls.changes.subscribe(({ method }) => (method === 'sendMessage' ? hear() : undefined)),
      signal,
    ),
} as const satisfies Readonly<Record<string, (world: World, signal: AbortSignal) => Promise<void>>>
export type Moment = keyof typeof moments

function heard(listen: (hear: () => void) => () => void, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const stop = listen(() => {
      stop()
      resolve()
    })
    signal.addEventListener('abort', stop, { once: true })
  })
}

/** Between two looks, ms: much shorter than what a round takes. */
const look = 5

async function changed(read: () => Promise<unknown>, signal: AbortSignal): Promise<void> {
  const before = textOf(await read())
  while (!signal.aborted && textOf(await read()) === before) await wait(look)
}

function textOf(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner))
}
