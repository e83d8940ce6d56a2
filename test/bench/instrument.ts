import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { languages } from '../../flows/kit/words.ts'
import { root } from '../../src/config.ts'

export const items = 60
const id = 'interests60'
const scales = ['R', 'I', 'A', 'S', 'E', 'C'] as const

/** Folders of an instrument of 60 items, all asked in one form: the longest dialogue people will have, as data alone. */
export function writeInstrument(folder: string): { instruments: URL; locales: URL } {
  mkdirSync(`${folder}/instruments`, { recursive: true })
  writeFileSync(`${folder}/instruments/${id}.yaml`, JSON.stringify(instrument()))
  cpSync(new URL('locales/', root), `${folder}/locales`, { recursive: true })
  for (const language of languages) writeWords(`${folder}/locales/${language}`)
  const base = pathToFileURL(`${folder}/`)
  return { instruments: new URL('instruments/', base), locales: new URL('locales/', base) }
}

/** The answer to each item in turn: every scale gets the same answers, so that the result is words without a chart. */
export function answerTo(place: number): number {
  return (Math.floor(place / scales.length) % 5) + 1
}

function instrument() {
  const order = Array.from({ length: items }, (_, place) => itemAt(place))
  return {
    id,
    version: 1,
    scoring: 'rating',
    scales,
    answers: { from: 1, to: 5 },
    items: order.map((item) => ({ id: item, scale: item[0] })),
    forms: { quick: order, rest: [] },
  }
}

function itemAt(place: number): string {
  return `${scales[place % scales.length]}${Math.floor(place / scales.length) + 1}`
}

/** The words of the project's own items, the first two of each scale asked twice. */
function writeWords(folder: string): void {
  // Our own file, whose shape a test of the locales holds.
  const words = JSON.parse(readFileSync(`${folder}/riasec.json`, 'utf8')) as { items: Record<string, string> }
  const own = Object.fromEntries(
    Array.from({ length: items }, (_, place) => {
      const item = itemAt(place)
      return [item, words.items[`${item[0]}${((Number(item.slice(1)) - 1) % 8) + 1}`]]
    }),
  )
  writeFileSync(`${folder}/${id}.json`, JSON.stringify({ ...words, items: own }))
}
