import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { createFlows } from '../../flows/index.ts'
import { examplePeople } from '../../flows/kit/compile.ts'
import { type Flow, type Frame, stateName } from '../../flows/kit/flow.ts'
import { readFrame } from '../../flows/kit/frame.ts'
import { viewOf } from '../../flows/kit/view.ts'
import { walk } from '../../flows/kit/walk.ts'
import { languages } from '../../flows/kit/words.ts'
import { readInstruments } from '../../src/capabilities/survey/instruments.ts'
import { createWords, type WordsBook } from '../../src/i18n/words.ts'
import { renderScreen } from '../../src/telegram/render.ts'

/**
 * Rows as each version of each flow has stored them, kept for ever: `test/fixtures/dialogues/<flow>.v<version>.jsonl`,
 * a line a state. Whoever stands in such a state after an update must be read and shown. `npm run test:update` adds
 * what is missing (a new flow, a new version, a new state) and never changes what is there: a state whose stored form
 * changes needs a new version of its flow, and a migration.
 */
const root = new URL('../../', import.meta.url)
const folder = new URL('../fixtures/dialogues/', import.meta.url)

const StoredFrame = z.strictObject({ flow: z.string(), version: z.int(), value: z.unknown(), context: z.unknown() })

const flows = createFlows({ instruments: await readInstruments(new URL('flows/survey/instruments/', root)) })
const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.jsonl')) : []
let words: WordsBook

beforeAll(async () => {
  words = await createWords(new URL('locales/', root), { strict: true })
})

describe.each(flows.map((flow) => [flow.id, flow] as const))('%s', (_, flow) => {
  test('has a stored row for every state that a walk reaches, at its present version', () => {
    if (expect.getState().snapshotState.snapshotUpdateState === 'all') addMissing(flow)
    const missing = Object.keys(framesOf(flow)).filter((state) => read(fileOf(flow)).get(state) === undefined)
    expect(missing, 'add them with: npm run test:update').toEqual([])
  })
})

describe.each(files)('%s', (file) => {
  const frames = [...read(file)]

  test.each(frames)('%s is read and shown in three languages', (_, stored) => {
    const flow = flows.find(({ id, formerIds = [] }) => [id, ...formerIds].includes(stored.flow))
    const reading = readFrame(flow, stored)
    if (flow === undefined || reading.type === 'unreadable') {
      throw new Error(`unreadable: ${reading.type === 'unreadable' ? reading.reason : 'its flow is gone'}`)
    }
    for (const language of languages) {
      for (const someone of examplePeople()) {
        const person = { ...someone, language }
        const screen = viewOf(flow, reading.frame, person)
        const { html } = renderScreen({ screen, revision: 1 }, words, language)
        expect(html.length, language).toBeGreaterThan(0)
      }
    }
  })
})

/** The first frame of each state that a walk comes to, as a database would give it back. */
function framesOf(flow: Flow): Record<string, Frame> {
  const places = examplePeople().flatMap((person) => walk(flow, person))
  const first = new Map(places.toReversed().map(({ state, frame }) => [state, frame] as const))
  const sorted = [...first].sort(([a], [b]) => a.localeCompare(b, 'en'))
  return JSON.parse(JSON.stringify(Object.fromEntries(sorted)))
}

function fileOf({ id, version }: Flow): string {
  return `${id}.v${version}.jsonl`
}

function read(file: string): Map<string, Frame> {
  const path = new URL(file, folder)
  const lines = existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : []
  const frames = lines.map((line) => StoredFrame.parse(JSON.parse(line)))
  return new Map(frames.map((frame) => [stateName(frame.value), frame]))
}

function addMissing(flow: Flow): void {
  const there = read(fileOf(flow))
  const missing = Object.entries(framesOf(flow)).filter(([state]) => !there.has(state))
  if (missing.length === 0) return
  mkdirSync(folder, { recursive: true })
  appendFileSync(new URL(fileOf(flow), folder), missing.map(([, frame]) => `${JSON.stringify(frame)}\n`).join(''))
}
