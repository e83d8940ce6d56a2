import type { IdentityOf } from '../../../flows/vacancies/merge.ts'
import type { Normalise } from '../../../flows/vacancies/normalise/normalise.ts'
import type { Sleep } from '../../base/sleep.ts'
import { aborted } from '../../base/within.ts'
import type { Core, Transaction } from '../../store/core.ts'
import { digestOf, type Sighted, takeVacancies } from '../vacancies/ingest.ts'
import { closeGone, type Gone } from './close.ts'
import { ended, failed, paused } from './ending.ts'
import { knownSightings, type Looked, noteLooked } from './known.ts'
import type { PlannedSource } from './planned.ts'
import type { Fetcher } from './readers/fetcher.ts'
import type { SourceEvent, Trouble } from './readers/source.ts'
import { type Counts, noCounts, outcomes, readState, type SourceState, standsAs, writeState } from './states.ts'
import { tellCoordinators } from './telling.ts'
import { type Missing, missingFrom, noteMissed, noteStanding, stillMissing } from './whole.ts'

export type RunTools = {
  readonly core: Core
  readonly fetcher: Fetcher
  readonly normalise: Normalise
  readonly identityOf: IdentityOf
  readonly professionsFor: (title: string) => readonly string[]
  readonly random: () => number
  /** Waits until a limit of time is over. */
  readonly deadline: Sleep
  /** Ends the run between two events; the next one goes on from there. */
  readonly signal: AbortSignal
  /** Hears of what is no vacancy: where it stands, and why. */
  readonly onRefused?: ((where: string, why: string) => void) | undefined
}

/** How a run of a source ended: with all read, with more to read, with trouble, or told to stop. */
export type RunReport = {
  readonly type: 'ended' | 'paused' | 'failed' | 'stopped'
  /** Of this run; of a paused one up to now. */
  readonly counts: Counts
  /** What of them was counted when it was paused, or its process died. */
  readonly before: Counts
  readonly trouble?: Omit<Trouble, 'type'>
}

/** Limits of one run, ms: after the first it ends where it can go on, after the other wherever it is. */
const limits = { soft: 6 * 60_000, hard: 9 * 60_000 }
/** Vacancies of one transaction; with SQLite the whole program waits for it. */
const batchSize = 50
/** After so many events everybody else has their turn: a feed gives its vacancies without waiting for anything. */
const breathes = 5

/**
 * Reads a source from where its last run came to. Each batch is written in one transaction with how far it was read, so
 * that a kill loses nothing and repeats nothing. Trouble is noted, and closes and deletes nothing.
 */
export async function runSource(plan: PlannedSource, tools: RunTools): Promise<RunReport> {
  const { core, signal } = tools
  const { before, goesOn } = await begin(plan.source.name, core)
  const run = createBatches(before, plan, { ...tools, goesOn })
  const late = new AbortController()
  const over = new AbortController()
  void tools.deadline(limits.hard, over.signal).then(() => late.abort())
  try {
    const end = await readAll(plan, run, AbortSignal.any([signal, late.signal]), tools)
    await run.flush()
    if (signal.aborted) return { type: 'stopped', counts: run.state().counts, before: before.counts }
    const after = stateAfter(end, run.state(), plan, { now: core.clock.now(), random: tools.random })
    await core.prisma.$transaction(async (transaction) => {
      await expectState(transaction, run.state(), core)
      await writeState(transaction, after)
      await tellCoordinators(transaction, { before, after }, { ...core, now: core.clock.now() })
    })
    const { counts } = after
    return { type: end.type, counts, before: before.counts, ...(end.type === 'failed' && { trouble: end.trouble }) }
  } catch (error) {
    if (!(error instanceof ReadOn)) throw error
    return { type: 'stopped', counts: run.state().counts, before: before.counts }
  } finally {
    over.abort()
  }
}

/** Another process has read on while this one was held up: what it knows is newer. */
class ReadOn extends Error {}

async function expectState(transaction: Transaction, state: SourceState, core: Core): Promise<void> {
  if (!(await standsAs(transaction, core, state))) throw new ReadOn()
}

type End =
  | { readonly type: 'ended' }
  | { readonly type: 'paused' }
  | { readonly type: 'failed'; readonly trouble: Omit<Trouble, 'type'> }

/** A run that was paused, or whose process died, goes on; else a new one begins. */
async function begin(name: string, core: Core): Promise<{ readonly before: SourceState; readonly goesOn: boolean }> {
  const now = core.clock.now()
  const last = await readState(core, name)
  const fresh = {
    ...{ name, checkpoint: last?.checkpoint, goodAt: last?.goodAt, nextAt: now },
    ...{ trouble: last?.trouble, why: last?.why, failures: last?.failures ?? 0 },
    ...{ startedAt: now, finishedAt: undefined, counts: noCounts },
  }
  const goesOn = last !== undefined && last.finishedAt === undefined
  const before = goesOn ? last : fresh
  await core.prisma.$transaction((transaction) => writeState(transaction, before))
  return { before, goesOn }
}

type Batches = ReturnType<typeof createBatches>

async function readAll(
  { source, most }: PlannedSource,
  run: Batches,
  signal: AbortSignal,
  tools: RunTools,
): Promise<End> {
  const { clock, breathe } = tools.core
  const startedAt = clock.now()
  const known = await knownSightings(tools.core, source)
  let count = 0
  try {
    const events = source.read(run.state().checkpoint, { ...tools, clock, signal, known })
    for await (const event of untilAborted(events, signal)) {
      if (event.type === 'trouble') return { type: 'failed', trouble: event }
      if (event.type === 'checkpoint' && event.whole !== undefined) return await run.takeWhole(event)
      await run.take(event)
      if (++count % breathes === 0) await breathe()
      if (event.type !== 'checkpoint') continue
      if (most !== undefined && run.total() >= most) return { type: 'ended' }
      if (clock.now() - startedAt >= limits.soft) return { type: 'paused' }
    }
  } catch (error) {
    if (!(error instanceof BrokenReader)) throw error
    return { type: 'failed', trouble: { trouble: 'broken', until: null, why: error.message } }
  }
  if (!signal.aborted) return { type: 'ended' }
  const why = `it took longer than ${limits.hard / 60_000} minutes, and was ended`
  return { type: 'failed', trouble: { trouble: 'broken', until: null, why } }
}

/** A reader does not throw; if one does, that is a mistake of ours and must not look like one of the database. */
class BrokenReader extends Error {}

/** What comes until the signal aborts; a reader that hangs is left. */
async function* untilAborted(events: AsyncIterable<SourceEvent>, signal: AbortSignal): AsyncGenerator<SourceEvent> {
  const iterator = events[Symbol.asyncIterator]()
  const stopped = aborted(signal)
  try {
    while (!signal.aborted) {
      const next = await Promise.race([iterator.next(), stopped]).catch((error: unknown) => {
        throw new BrokenReader(
          `the reader of this source failed: ${error instanceof Error ? error.message : String(error)}`,
        )
      })
      // What a request that was given up says of itself is no trouble of the source.
      if (next === undefined || next.done === true || signal.aborted) return
      yield next.value
    }
  } finally {
    void iterator.return?.().catch(() => {})
  }
}

function stateAfter(
  end: End,
  state: SourceState,
  plan: PlannedSource,
  given: { readonly now: number; readonly random: () => number },
): SourceState {
  switch (end.type) {
    case 'ended':
      return ended(state, plan, given.now)
    case 'paused':
      return paused(state, given.now)
    case 'failed':
      return failed(state, end.trouble, plan, given)
  }
}

/** Gathers what comes into batches, and writes each with how far the source was read. */
function createBatches(
  begun: SourceState,
  { source: { name, language } }: PlannedSource,
  tools: RunTools & { readonly goesOn: boolean },
) {
  const { core, normalise, identityOf, professionsFor, onRefused, goesOn } = tools
  const standing = new Set<string>()
  let state = begun
  let sighted: Sighted[] = []
  let gone: Gone[] = []
  let looked: Looked = new Map()
  let missed: readonly string[] = []
  let refused = 0
  let sound = 0

  async function flush(checkpoint = state.checkpoint): Promise<void> {
    if (sighted.length + gone.length + looked.size + refused === 0 && checkpoint === state.checkpoint) return
    const now = core.clock.now()
    state = await core.prisma.$transaction(async (transaction) => {
      await expectState(transaction, state, core)
      const taken = await takeVacancies(transaction, sighted, { ...core, identityOf, now })
      await noteStanding(transaction, name, sighted.flatMap(idsOf))
      const closed = await closeGone(transaction, name, gone, now)
      await noteLooked(transaction, name, looked, now)
      await noteMissed(transaction, name, missed)
      const counts = sumOf(state.counts, [
        ...taken,
        ...times('gone' as const, closed),
        ...times('refused' as const, refused),
      ])
      const next = { ...state, checkpoint, counts }
      await writeState(transaction, next)
      return next
    })
    sighted = []
    gone = []
    looked = new Map()
    missed = []
    refused = 0
  }

  function refuse(where: string, why: string): void {
    refused++
    onRefused?.(where, why)
  }

  async function take(event: Exclude<SourceEvent, Trouble>): Promise<void> {
    switch (event.type) {
      case 'vacancy': {
        // What was gone before it was given again must not close it.
        if (gone.length > 0) await flush()
        const { raw } = event
        const normal = normalise(raw, { now: core.clock.now(), source: name, professionsFor })
        if (normal.type === 'refused') {
          if (normal.isOver && event.isKnown) gone.push(raw)
          if (!normal.isOver) standing.add(raw.id ?? raw.url ?? raw.title)
          return refuse(raw.url ?? raw.id ?? raw.title, normal.why)
        }
        const { vacancy } = normal
        const one = { vacancy: { ...vacancy, language: language ?? vacancy.language }, digest: digestOf(raw) }
        sighted.push(one)
        sound++
        const { page } = event
        for (const id of idsOf(one)) {
          standing.add(id)
          if (page !== undefined) looked.set(id, { ...page, missed: 0 })
        }
        return sighted.length < batchSize ? undefined : await flush()
      }
      case 'refused':
        if (event.id !== undefined) standing.add(event.id)
        return refuse(event.where, event.why)
      case 'looked':
        looked.set(event.id, event)
        return looked.size < 2 * batchSize ? undefined : await flush()
      case 'gone':
        gone.push(event)
        return gone.length < batchSize ? undefined : await flush()
      case 'checkpoint':
        return await flush(event.checkpoint)
    }
  }

  /** What all of the source does not have any more: told apart, and what was missed before as well is closed. */
  async function takeWhole({ checkpoint, whole }: Extract<SourceEvent, { type: 'checkpoint' }>): Promise<End> {
    await flush()
    const missing = await missingIn(whole)
    if (missing.type === 'trouble') return { type: 'failed', trouble: missing }
    for (let start = 0; start < missing.twice.length; start += batchSize) {
      gone = missing.twice.slice(start, start + batchSize)
      await flush()
      await core.breathe()
    }
    // With the checkpoint, so that a kill misses nothing twice.
    missed = missing.once
    await flush(checkpoint)
    return { type: 'ended' }
  }

  async function missingIn(whole: 'read' | 'unchanged' | undefined): Promise<Missing | Trouble> {
    const { stored, merged } = state.counts
    if (whole === 'read') return await missingFrom(core, name, { standing, sound, fresh: stored + merged })
    // A process that died after its whole reading has counted it.
    return goesOn ? { type: 'missing', once: [], twice: [] } : await stillMissing(core, name)
  }

  return {
    take,
    takeWhole,
    flush,
    state: () => state,
    total: () => outcomes.reduce((sum, outcome) => sum + state.counts[outcome], 0),
  }
}

function idsOf({ vacancy }: Sighted): string[] {
  return vacancy.seen.map(({ id }) => id)
}

function times<T>(value: T, count: number): T[] {
  return Array.from({ length: count }, () => value)
}

function sumOf(before: Counts, happened: readonly (keyof Counts)[]): Counts {
  const counts: Record<keyof Counts, number> = { ...before }
  for (const outcome of happened) counts[outcome]++
  return counts
}
