import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { type Form, formItems, parseInstrument } from '../../../flows/survey/instrument.ts'
import { certaintyWord, reasons, scoreAnswers, UnscorableAnswers } from '../../../flows/survey/scoring.ts'

const riasec = parseInstrument(
  parse(readFileSync(new URL('../../../flows/survey/instruments/riasec.yaml', import.meta.url), 'utf8')),
)

// Made data: no derived figures.
const simple = parseInstrument({
  ...{ id: 'simple', version: 1, scoring: 'rating', scales: ['X', 'Y'], answers: { from: 1, to: 5 } },
  items: ['X1', 'X2', 'X3', 'Y1', 'Y2', 'Y3'].map((id) => ({ id, scale: id[0] })),
  forms: { quick: ['X1', 'Y1', 'X2', 'Y2', 'X3', 'Y3'], rest: [] },
})
const pairs = parseInstrument({
  ...{ id: 'pairs', version: 1, scoring: 'choice', scales: ['X', 'Y', 'Z'] },
  items: [
    { id: 'p1', options: ['X', 'Y'] },
    { id: 'p2', options: ['Z', 'X'] },
    { id: 'p3', options: ['Y', 'Z'] },
  ],
  forms: { quick: ['p1', 'p2', 'p3'], rest: [] },
})

/** Every item of a form answered by the rule. */
function answered(form: Form, answer: (id: string, index: number) => number): Record<string, number> {
  return Object.fromEntries(formItems(riasec, form).map((id, index) => [id, answer(id, index)]))
}

describe.each(['quick', 'full'] as const)('the %s interest form', (form) => {
  test.each(['R', 'I', 'A', 'S', 'E', 'C'])('names %s when only its activities are liked', (scale) => {
    const result = scoreAnswers(
      riasec,
      answered(form, (id) => (id.startsWith(scale) ? 5 : 1)),
      form,
    )
    expect(result.differentiated).toBe(true)
    expect(result.ranking[0]?.scale).toBe(scale)
    expect(Object.entries(result.scores).sort(([, a], [, b]) => b - a)[0]?.[0]).toBe(scale)
  })

  test.each([1, 2, 3, 4, 5])('names nobody a type who answers %d throughout', (answer) => {
    expect(
      scoreAnswers(
        riasec,
        answered(form, () => answer),
        form,
      ).differentiated,
    ).toBe(false)
  })

  test('gives probabilities that fall and sum to 1, and scores within the answers, whatever is answered', () => {
    const items = formItems(riasec, form)
    const answers = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: items.length, maxLength: items.length })
    fc.assert(
      fc.property(answers, (list) => {
        const { ranking, scores } = scoreAnswers(
          riasec,
          Object.fromEntries(items.map((id, i) => [id, list[i] ?? 1])),
          form,
        )
        const probabilities = ranking.map(({ probability }) => probability)
        expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 9)
        expect(probabilities).toEqual(probabilities.toSorted((a, b) => b - a))
        expect(Object.values(scores).every((score) => score >= 1 && score <= 5)).toBe(true)
      }),
    )
  })
})

describe('the full interest form', () => {
  test('shows plain means, and ranks as they do', () => {
    const means = { R: 1, I: 2, A: 3, S: 4, E: 5, C: 1 }
    const { scores, ranking } = scoreAnswers(
      riasec,
      answered('full', (id) => means[id.slice(0, 1) as keyof typeof means]), // ids begin with their scale
      'full',
    )
    expect(scores).toEqual(means)
    expect(ranking.map(({ scale }) => scale)).toEqual(['E', 'S', 'A', 'I', 'R', 'C'])
  })

  test('calls two that lead together close, however sure the first would be', () => {
    const result = scoreAnswers(
      riasec,
      answered('full', (id) => (/[IS]/.test(id) ? 5 : 2)),
      'full',
    )
    expect(result.scores.I).toBe(result.scores.S)
    expect(certaintyWord(result)).toBe('close')
  })

  test('is surer of a greater difference', () => {
    const sure = [3, 4, 5].map(
      (answer) =>
        scoreAnswers(
          riasec,
          answered('full', (id) => (id.startsWith('A') ? answer : 2)),
          'full',
        ).ranking[0]?.probability ?? 0,
    )
    expect(sure).toEqual(sure.toSorted((a, b) => a - b))
    expect(new Set(sure).size).toBe(3)
  })
})

describe('answers that are missing or wrong', () => {
  const full = answered('full', (_, index) => (index % 5) + 1)
  const without = (...ids: string[]) => Object.fromEntries(Object.entries(full).filter(([id]) => !ids.includes(id)))

  test('two of eight may be missing: the mean is of the others', () => {
    const kept = ['R3', 'R4', 'R5', 'R6', 'R7', 'R8'].map((id) => full[id] ?? 0)
    const { scores } = scoreAnswers(riasec, without('R1', 'R2'), 'full')
    expect(scores.R).toBeCloseTo(kept.reduce((sum, answer) => sum + answer, 0) / 6, 9)
  })

  test('three of eight may not', () => {
    expect(() => scoreAnswers(riasec, without('R1', 'R2', 'R3'), 'full')).toThrow(
      'R: 5 of 8 answered; at least 6 are needed',
    )
  })

  test('in the quick form one of three counts as the mean of the two others', () => {
    const quick = answered('quick', (id) => (id.startsWith('I') ? 4 : 2))
    const { I6: _, ...rest } = quick
    expect(scoreAnswers(riasec, rest, 'quick')).toEqual(scoreAnswers(riasec, quick, 'quick'))
    const { I5: __, ...fewer } = rest
    expect(() => scoreAnswers(riasec, fewer, 'quick')).toThrow(UnscorableAnswers)
  })

  test.each([0, 6, 2.5, Number.NaN])('%d is no answer', (answer) => {
    expect(() => scoreAnswers(riasec, { ...full, C8: answer }, 'full')).toThrow(/C8 is .*whole numbers from 1 to 5/)
  })

  test('the quick form ignores answers to the rest', () => {
    const quick = answered('quick', (id) => (id.startsWith('C') ? 5 : 2))
    expect(scoreAnswers(riasec, { ...quick, R1: 5, R3: 99 }, 'quick')).toEqual(scoreAnswers(riasec, quick, 'quick'))
  })
})

describe('an instrument without derived figures', () => {
  test('has plain means and a certainty that follows from the person’s own answers', () => {
    const steady = scoreAnswers(simple, { X1: 4, X2: 4, X3: 4, Y1: 2, Y2: 2, Y3: 2 }, 'quick')
    const wavering = scoreAnswers(simple, { X1: 5, X2: 2, X3: 5, Y1: 1, Y2: 1, Y3: 4 }, 'quick')
    expect(steady.scores).toEqual({ X: 4, Y: 2 })
    expect(wavering.scores).toEqual({ X: 4, Y: 2 })
    expect(steady.ranking[0]?.probability).toBeGreaterThan(wavering.ranking[0]?.probability ?? 1)
  })

  test('names no type when the difference could be chance', () => {
    expect(scoreAnswers(simple, { X1: 5, X2: 1, X3: 4, Y1: 1, Y2: 5, Y3: 3 }, 'quick').differentiated).toBe(false)
    expect(scoreAnswers(simple, { X1: 3, X2: 3, X3: 3, Y1: 3, Y2: 3, Y3: 3 }, 'quick').differentiated).toBe(false)
  })

  test('counts choices', () => {
    const { scores, ranking } = scoreAnswers(pairs, { p1: 1, p2: 2, p3: 1 }, 'full')
    expect(scores).toEqual({ X: 2, Y: 1, Z: 0 })
    expect(ranking.map(({ scale }) => scale)).toEqual(['X', 'Y', 'Z'])
    expect(() => scoreAnswers(pairs, { p1: 3, p2: 2, p3: 1 }, 'full')).toThrow(
      'p1 is 3; answers are whole numbers from 1 to 2',
    )
  })
})

test('reasons are the person’s own highest answers, in the order of asking', () => {
  const answers = answered('full', () => 3)
  expect(reasons(riasec, { ...answers, S1: 4, S6: 5, S8: 4, S2: 5 }, 'S', 3)).toEqual(['S6', 'S2', 'S8'])
  expect(reasons(riasec, answers, 'S', 3)).toEqual([])
  expect(reasons(pairs, { p1: 2, p2: 2, p3: 1 }, 'Y', 5)).toEqual(['p1', 'p3'])
})

test('certainty has three words', () => {
  const word = (probability: number) => certaintyWord({ ranking: [{ scale: 'X', probability }], close: false })
  expect([0.2, 0.49, 0.5, 0.74, 0.75, 1].map(word)).toEqual(['close', 'close', 'likely', 'likely', 'clear', 'clear'])
})

test('certainty is never clear where another scale is within one point of the leader', () => {
  expect(certaintyWord({ ranking: [{ scale: 'X', probability: 0.99 }], close: true })).toBe('close')
})

describe('the result never contradicts the person’s own answers', () => {
  const items = formItems(riasec, 'quick')
  const sheets = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: items.length, maxLength: items.length })
  const sheet = (list: readonly number[]) => Object.fromEntries(items.map((id, at) => [id, list[at] ?? 1]))

  test('whose answers lead by more than a point is named first, whatever the figures say', () => {
    fc.assert(
      fc.property(sheets, (list) => {
        const { scores, ranking, close } = scoreAnswers(riasec, sheet(list), 'quick')
        const [first = 0, second = 0] = Object.values(scores).toSorted((a, b) => b - a)
        expect(close).toBe(first - second < 0.34)
        if (!close) expect(scores[ranking[0]?.scale ?? '']).toBe(first)
        expect(first - (scores[ranking[0]?.scale ?? ''] ?? 0)).toBeLessThan(0.34)
      }),
      { numRuns: 2000 },
    )
  })

  test.each(['R', 'I', 'A', 'S', 'E', 'C'])('%s leads by two points of fifteen and is first', (scale) => {
    const ofScale = items.filter((id) => id.startsWith(scale))
    const answers = answered('quick', (id) => (id.startsWith(scale) ? (id === ofScale[0] ? 5 : 4) : 3))
    const lower = { ...answers, ...Object.fromEntries(ofScale.slice(1).map((id) => [id, 3])) }
    expect(scoreAnswers(riasec, lower, 'quick')).toMatchObject({
      ranking: [{ scale }, {}, {}, {}, {}, {}],
      close: false,
    })
  })
})

describe('not differentiated', () => {
  const one = (id: string) => answered('quick', (item) => (item === id ? 4 : 3))

  test('is whoever answers alike: equal scores, and no type (fault: all eighteen the same, unequal bars)', () => {
    for (const answer of [1, 2, 3, 4, 5]) {
      const { scores, differentiated } = scoreAnswers(
        riasec,
        answered('quick', () => answer),
        'quick',
      )
      expect(Object.values(scores)).toEqual(Array(6).fill(answer))
      expect(differentiated).toBe(false)
    }
  })

  test('is whoever has all scales within one point of the leader', () => {
    for (const id of items)
      expect(scoreAnswers(riasec, one(id), 'quick')).toMatchObject({ differentiated: false, close: true })
    const [first = '', , , , , , second = ''] = items
    expect(scoreAnswers(riasec, { ...one(first), [second]: 4 }, 'quick').differentiated).toBe(true)
  })

  const items = formItems(riasec, 'quick')
})

test('scores are the person’s own means, on the scale they answered on', () => {
  const means = { R: 1, I: 2, A: 3, S: 4, E: 5, C: 1 }
  const { scores } = scoreAnswers(
    riasec,
    answered('quick', (id) => means[id.slice(0, 1) as keyof typeof means]), // ids begin with their scale
    'quick',
  )
  expect(scores).toEqual(means)
})

describe('close', () => {
  const of = (answers: Record<string, number>) => scoreAnswers(simple, answers, 'quick').close

  test('is one point of the sum and no more', () => {
    expect(of({ X1: 5, X2: 4, X3: 4, Y1: 4, Y2: 4, Y3: 4 })).toBe(true)
    expect(of({ X1: 5, X2: 5, X3: 4, Y1: 4, Y2: 4, Y3: 4 })).toBe(false)
  })

  test('compares means where an answer is missing', () => {
    expect(of({ X1: 5, X2: 5, X3: 4, Y1: 5, Y2: 4 })).toBe(true)
    expect(of({ X1: 5, X2: 5, Y1: 5, Y2: 4, Y3: 4 })).toBe(false)
  })

  test('is one point of forty in the full interest form', () => {
    const full = answered('full', (id) => (/[IS]/.test(id) ? 4 : 2))
    expect(scoreAnswers(riasec, { ...full, I1: 5 }, 'full').close).toBe(true)
    expect(scoreAnswers(riasec, { ...full, I1: 5, I2: 5 }, 'full').close).toBe(false)
  })

  test('is one choice where choices are counted', () => {
    expect(scoreAnswers(pairs, { p1: 1, p2: 2, p3: 1 }, 'full').close).toBe(true)
    const twice = parseInstrument({
      ...{ id: 'twice', version: 1, scoring: 'choice', scales: ['X', 'Y'] },
      items: ['p1', 'p2', 'p3'].map((id) => ({ id, options: ['X', 'Y'] })),
      forms: { quick: ['p1', 'p2', 'p3'], rest: [] },
    })
    expect(scoreAnswers(twice, { p1: 1, p2: 1, p3: 2 }, 'quick').close).toBe(true)
    expect(scoreAnswers(twice, { p1: 1, p2: 1, p3: 1 }, 'quick').close).toBe(false)
  })
})
