import { budget, hostileUnits, lineOf } from './lines.ts'
import { createReaders, patternReaders, type Reader } from './readers.ts'

/**
 * A process that lets every reader read hostile lines and writes, a line of JSON each: what is being read, and the
 * worst of each reader, in millions of steps of a plain loop over letters. The processor's time is counted and not the
 * clock's, and what looks like much is read again, so a busy machine changes little.
 */
async function main(): Promise<void> {
  const [single, few] = [hostileUnits(0, []), hostileUnits(150, [])]
  for (const reader of await createReaders()) {
    await readAll(reader, reader.words ? hostileUnits(300, reader.words) : few, [200, 500, 4_096])
    // Longer than anybody can write: here a time that grows with the square of the length is past all doubt.
    await readAll(reader, single, [131_072])
  }
  for (const reader of patternReaders)
    await readAll(reader, [...' 1,-:a\ue000', ', ', '1 ', ...wordsIn(reader.name)], [32_768])
}

/** Letters of a line that the budget is for. Longer lines may take as many times as much. */
const usual = 4_096

async function readAll(reader: Reader, units: readonly string[], lengths: readonly number[]): Promise<void> {
  for (const length of lengths) {
    let worst = { steps: 0, unit: '' }
    for (const unit of units) {
      if (worst.steps >= budget) break
      write({ reading: `${reader.name}: ${length} letters of ${JSON.stringify(unit)}` })
      const steps = (await stepsOf(reader, lineOf(unit, length))) / Math.max(1, length / usual)
      if (steps > worst.steps) worst = { steps, unit }
    }
    write({ reader: reader.name, length, ...worst })
  }
}

/** What a reading costs, in millions of steps; what looks like too much, but not hopelessly, is read again. */
async function stepsOf(reader: Reader, line: string): Promise<number> {
  const allowed = budget * Math.max(1, line.length / usual)
  let least = (await costOf(() => reader.read(line))) / costOfSteps
  for (let tries = 1; tries < 8 && least > allowed / 4 && least < allowed * 8; tries++)
    least = Math.min(least, (await costOf(() => reader.read(line))) / costOfSteps)
  return least
}

/** Microseconds of the processor. */
async function costOf(work: () => unknown): Promise<number> {
  const began = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(began)
  return user + system
}

const letters = lineOf('серік ', usual)

/** How many microseconds of the processor a million steps take: the least of many, for the first are not compiled yet. */
const costOfSteps = Math.min(...Array.from({ length: 200 }, costOfLoop))

function costOfLoop(): number {
  const count = 200_000
  const began = process.cpuUsage()
  let sum = 0
  for (let step = 0; step < count; step++) sum = (sum * 31 + letters.charCodeAt(step % usual)) | 0
  const { user, system } = process.cpuUsage(began)
  // The sum is used, so that the loop is not left out.
  return ((user + system + (sum === 0.5 ? 1 : 0)) * 1_000_000) / count
}

function wordsIn(text: string): string[] {
  return (text.match(/\p{L}{2,}/gu) ?? []).map((word) => `${word} `)
}

function write(what: object): void {
  process.stdout.write(`${JSON.stringify(what)}\n`)
}

await main()
