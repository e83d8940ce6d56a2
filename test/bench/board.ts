import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { emptyFilter } from '../../flows/vacancies/contract.ts'
import { capabilities } from '../../src/capabilities/index.ts'
import { readSeed } from '../../src/capabilities/professions/seed.ts'
import { createBoard } from '../../src/capabilities/vacancies/board.ts'
import { createReading } from '../../src/capabilities/vacancies/candidates.ts'
import { createFindings } from '../../src/capabilities/vacancies/findings.ts'
import { createGists } from '../../src/capabilities/vacancies/gists.ts'
import { readKnowledge } from '../../src/capabilities/vacancies/knowledge.ts'
import { writeVacancies } from '../../src/capabilities/vacancies/rows.ts'
import { openStore, type Store } from '../../src/store/open.ts'

import { createChooser, createPopulation, now } from './vacancies.ts'

// node --expose-gc --import tsx test/bench/board.ts: what the board of vacancies costs a start, in processor time.
const { values } = parseArgs({ options: { vacancies: { type: 'string', default: '5000' } } })
const count = Number(values.vacancies)
const root = new URL('../../', import.meta.url)
const [knowledge, catalogue] = await Promise.all([readKnowledge(root), readSeed(root)])
const reading = createReading(knowledge, catalogue)
const folder = mkdtempSync(join(tmpdir(), 'serik-bench-'))
const url = `file:${join(folder, 'serik.db')}`
const store = await openStore({ capabilities, url, key: Buffer.alloc(32, 7), clock: { now: () => now } })
try {
  await publish(store)
  await measure('first start, all are read')
  await measure('next start, all are loaded')
} finally {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
}

async function publish({ prisma, provider }: Store): Promise<void> {
  const { vacancy } = createPopulation(catalogue, createChooser(11))
  const moments = { storedAt: now, changedAt: now, newsAt: now }
  for (let from = 0; from < count; from += 500) {
    const vacancies = Array.from({ length: Math.min(500, count - from) }, (_, at) => {
      const id = `v${from + at}`
      return { id, identity: id, state: 'open' as const, edition: 0, ...moments, body: vacancy(from + at) }
    })
    await prisma.$transaction((transaction) => writeVacancies(transaction, provider, { vacancies, sightings: [] }))
  }
}

/** A board of its own, as a process has it that begins. */
async function measure(name: string): Promise<void> {
  const heap = await heapUsed()
  const begun = process.cpuUsage()
  const board = createBoard(store, reading, createGists(store, reading), createFindings(store))
  await board.ready()
  const { user, system } = process.cpuUsage(begun)
  const kept = (await heapUsed()) - heap
  const filter = { ...emptyFilter, ageBand: '18+' as const }
  const total = board.count({ filter, without: new Set(), withHeld: true })
  const [each, room] = [(user + system) / 1_000 / count, kept / 1_000 / count]
  console.log(
    `${name}: ${total} of ${count} open, ${each.toFixed(2)} ms of the processor and ${room.toFixed(1)} kB each`,
  )
}

/** What was used before is gone only in the second round. */
async function heapUsed(): Promise<number> {
  for (let round = 0; round < 2; round++) {
    await setImmediate()
    global.gc?.()
  }
  return process.memoryUsage().heapUsed
}
