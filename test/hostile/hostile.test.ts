import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { budget } from './lines.ts'

/**
 * One thread answers everybody, so no line a person can write may hold it. Every reader of free text reads hostile
 * lines in a process of its own, which is killed if it hangs.
 */

const Line = z.union([
  z.object({ reading: z.string() }),
  z.object({ reader: z.string(), length: z.number(), steps: z.number(), unit: z.string() }),
])
type Worst = Extract<z.infer<typeof Line>, { reader: string }>

const script = fileURLToPath(new URL('reading.ts', import.meta.url))
const child = spawn(process.execPath, ['--import', 'tsx', script], {
  stdio: ['ignore', 'pipe', 'inherit'],
})
const ended = new Promise<string>((resolve) => child.once('exit', (code, signal) => resolve(signal ?? `exit ${code}`)))
afterAll(() => child.kill('SIGKILL'))

const worst: Worst[] = []
let last = 'nothing yet'
/** Who says nothing for so long, in ms, hangs: between two readers all flows are walked, which takes minutes where others work beside it. */
const patience = 400_000

beforeAll(async () => {
  const kill = () => child.kill('SIGKILL')
  let hanging = setTimeout(kill, patience)
  for await (const text of createInterface({ input: child.stdout })) {
    clearTimeout(hanging)
    hanging = setTimeout(kill, patience)
    const line = Line.parse(JSON.parse(text))
    if ('reading' in line) last = line.reading
    else worst.push(line)
  }
  clearTimeout(hanging)
}, 1_800_000)

describe('a hostile line', () => {
  test('makes no reader hang', async () => {
    expect(await ended, `while reading ${last}`).toBe('exit 0')
  })

  test('costs no reader more than its budget', () => {
    const slow = worst.filter(({ steps }) => !(steps < budget))
    expect(slow).toEqual([])
    expect(worst.length).toBeGreaterThan(300)
  })

  test('is read in every state of every flow that hears text', () => {
    const heard = new Set(worst.map(({ reader }) => reader))
    for (const state of ['search, reading', 'reminders, listing', 'onboarding, name', 'settings, name'])
      expect(heard).toContain(state)
  })
})
