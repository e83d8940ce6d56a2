import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { interestScales } from '../../flows/professions/match.ts'
import { parseInstrument } from '../../flows/survey/instrument.ts'
import { balancedWeights } from '../../src/cli/derive/balance.ts'
import { chooseItems } from '../../src/cli/derive/choose.ts'
import { byScale, calibration, credit, type Guess, hits, meanShare } from '../../src/cli/derive/figures.ts'
import { drawHalves, fitSlope, theoreticalSlope } from '../../src/cli/derive/halves.ts'
import { exactJudge, quickJudge } from '../../src/cli/derive/judge.ts'
import { softmaxRegression, solve } from '../../src/cli/derive/regression.ts'
import { itemNames, readSample, seeded, shuffled } from '../../src/cli/derive/sample.ts'
import { deriveRiasec } from '../../src/cli/derive-riasec.ts'

const folder = mkdtempSync(join(tmpdir(), 'derive-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Made answers: each person has a true level per scale; items 1–3 of a scale show it with `noise`, the others with twice that. */
function madeAnswers(people: number, noise: number): string {
  const random = seeded(7)
  const rows = Array.from({ length: people }, () => {
    const levels = interestScales.map(() => 1.5 + 3 * random())
    return itemNames
      .map((_, item) => {
        const blur = (random() + random() - 1) * noise * (item % 8 < 3 ? 1 : 2)
        return Math.min(5, Math.max(1, Math.round((levels[Math.floor(item / 8)] ?? 3) + blur)))
      })
      .join(',')
  })
  return [itemNames.join(','), ...rows, ''].join('\n')
}

const row = (...values: number[]) => Float64Array.from(values)

describe('derive:riasec', () => {
  test('writes an instrument that can be used and a report; the same answers give the same bytes', () => {
    const file = join(folder, 'answers.csv')
    writeFileSync(file, madeAnswers(300, 3))
    const read = () => ['riasec.yaml', 'riasec.report.md'].map((name) => readFileSync(join(folder, name), 'utf8'))
    const into = pathToFileURL(`${folder}/`)
    deriveRiasec(file, into, '2026-01-31')
    const [yaml, report] = read()
    const instrument = parseInstrument(parse(yaml ?? ''))
    expect(instrument.source).toMatchObject({ date: '2026-01-31', people: 300 })
    expect(instrument.forms.quick).toHaveLength(18)
    expect(report).toContain('Not teenagers, not Kazakhstan')
    expect(report).not.toMatch(/NaN|Infinity|undefined/)
    // Without a date the known one of these answers is kept.
    deriveRiasec(file, into)
    expect(read()).toEqual([yaml, report])
  })

  test('refuses other answers than 1..5, naming line and column', () => {
    const lines = madeAnswers(2, 1).split('\n')
    const wrong = lines.with(2, (lines[2] ?? '').replace(/\d$/, '6')).join('\n')
    expect(() => readSample(wrong)).toThrow('Line 3, column C8: "6" is not an answer from 1 to 5.')
    expect(() => readSample('R1,R2\n1,2\n')).toThrow(/lacks the columns R3/)
  })
})

describe('its parts', () => {
  test('a positive definite system is solved', () => {
    const [first, second] = solve([row(4, 2), row(2, 3)], [row(10), row(9)])
    expect([first?.[0], second?.[0]]).toEqual([expect.closeTo(1.5, 9), expect.closeTo(2, 9)])
  })

  test('softmax regression without inputs states the shares; a tie of all classes changes nothing', () => {
    const outcomes = [...Array(30).fill([1, 0]), ...Array(10).fill([0, 1]), ...Array(50).fill([1, 1])].map((o) =>
      Uint8Array.from(o),
    )
    const inputs = outcomes.map(() => row(0))
    const odds = (weights: Float64Array) => {
      const [, intercept] = softmaxRegression({ inputs, outcomes, weights }, 1)
      return Math.exp((intercept?.[0] ?? 0) - (intercept?.[1] ?? 0))
    }
    expect(odds(new Float64Array(outcomes.length).fill(1))).toBeCloseTo(3, 1)
    // Tied scales share: 55 to 35 people, so that 30 / 55 stands against 10 / 35.
    expect(odds(balancedWeights(outcomes))).toBeCloseTo(1.9, 1)
  })

  test('each type weighs the same, however rarely it is the strongest', () => {
    const outcomes = [...Array(90).fill([1, 0, 0, 0, 0, 0]), ...Array(10).fill([0, 1, 0, 0, 0, 0])].map((o) =>
      Uint8Array.from(o),
    )
    const weights = balancedWeights(outcomes)
    expect(weights.slice(0, 90).reduce((sum, one) => sum + one)).toBeCloseTo(100 / 6, 9)
    expect(weights.slice(90).reduce((sum, one) => sum + one)).toBeCloseTo(100 / 6, 9)
  })

  test('the items that tell most are chosen', () => {
    const people = readSample(madeAnswers(800, 2))
    const judges = { quickly: quickJudge(people), exactly: exactJudge(people) }
    const items = chooseItems(judges, 2, 2, 3)
    const clean = items.filter((item) => item % 8 < 3)
    expect(items).toHaveLength(12)
    expect(clean.length).toBeGreaterThanOrEqual(9)
  })

  test('halves share no item and have as many of each scale', () => {
    for (const { seen, hidden } of drawHalves(4, 5, 1)) {
      expect(new Set([...seen, ...hidden]).size).toBe(48)
      expect(interestScales.map((_, scale) => seen.filter((item) => Math.floor(item / 8) === scale).length)).toEqual(
        Array(6).fill(4),
      )
    }
  })

  test('clearer answers have a steeper slope, and more items too', () => {
    const halves = drawHalves(4, 4, 1)
    const slope = (noise: number) => fitSlope(readSample(madeAnswers(300, noise)), halves)
    expect(slope(1)).toBeGreaterThan(slope(4))
    const variances = { true: 1, chance: 2 }
    expect(theoreticalSlope(variances, 8)).toBeGreaterThan(theoreticalSlope(variances, 4))
  })

  test('shuffling keeps everybody and depends on the seed alone', () => {
    const list = Array.from({ length: 50 }, (_, index) => index)
    expect(shuffled(list, seeded(1))).toEqual(shuffled(list, seeded(1)))
    expect(shuffled(list, seeded(1))).not.toEqual(list)
    expect(shuffled(list, seeded(1)).toSorted((a, b) => a - b)).toEqual(list)
  })
})

describe('figures', () => {
  const tied = (...scales: number[]) => Uint8Array.from(interestScales, (_, scale) => Number(scales.includes(scale)))
  const made = (first: number, second: number, probability: number, ...right: number[]): Guess => ({
    ...{ first, second, probability, word: 'likely', differentiated: true, tied: tied(...right) },
    own: { leads: true, scale: first, lead: 1 },
  })

  test('a tie counts as each rule says', () => {
    const both = tied(1, 3)
    expect(['first', 'shared', 'any', 'without'].map((rule) => credit(both, 3, rule as 'first'))).toEqual([
      0,
      0.5,
      1,
      undefined,
    ]) // each is a TieRule
    expect(credit(tied(3), 3, 'without')).toBe(1)
  })

  test('hits in one guess and in two', () => {
    const { one, two } = hits([made(0, 1, 0.9, 0), made(0, 1, 0.6, 1), made(0, 1, 0.6, 2), made(0, 1, 0.6, 0)], 'any')
    expect([one.share, two.share, one.people]).toEqual([0.5, 0.75, 4])
    expect(one.error).toBeCloseTo(0.25, 9)
  })

  test('calibration compares what was stated with what was right', () => {
    const guesses = Array.from({ length: 400 }, (_, index) => made(0, 1, 0.75, index % 2 === 0 ? 0 : 2))
    const { weighted, largest, bins } = calibration(guesses, 'any')
    expect(bins).toHaveLength(1)
    expect([weighted, largest]).toEqual([expect.closeTo(0.25, 9), expect.closeTo(0.25, 9)])
  })

  test('a rare type weighs as much in the mean as a common one', () => {
    const guesses = [
      ...Array.from({ length: 90 }, () => made(0, 1, 0.5, 0)),
      ...Array.from({ length: 10 }, () => made(0, 1, 0.5, 5)),
    ]
    const scales = interestScales.map((_, scale) => byScale(guesses, scale))
    expect(meanShare(scales.map(({ one }) => one)).share).toBeCloseTo(0.5, 9)
    expect(scales[5]?.two.share).toBe(0)
  })

  test('calibration counts people as much as they weigh', () => {
    const guesses = [
      ...Array.from({ length: 90 }, () => made(0, 1, 0.75, 0)),
      ...Array.from({ length: 10 }, () => made(0, 1, 0.75, 5)),
    ]
    const weights = balancedWeights(guesses.map((one) => one.tied))
    expect(calibration(guesses, 'any', weights).weighted).toBeCloseTo(0.25, 9)
    expect(calibration(guesses, 'any').weighted).toBeCloseTo(0.15, 9)
  })
})
