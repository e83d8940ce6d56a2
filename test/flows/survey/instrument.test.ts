import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { answerRange, formItems, parseInstrument } from '../../../flows/survey/instrument.ts'

// Made data: two scales, four items.
const made = {
  id: 'made',
  version: 1,
  scoring: 'rating',
  scales: ['X', 'Y'],
  answers: { from: 1, to: 5 },
  items: [
    { id: 'X1', scale: 'X' },
    { id: 'Y1', scale: 'Y' },
    { id: 'X2', scale: 'X' },
    { id: 'Y2', scale: 'Y' },
  ],
  forms: { quick: ['X1', 'Y1'], rest: ['X2', 'Y2'] },
}
const linear = { intercept: [0, 0], weights: { X1: [1, -1], Y1: [-1, 1] } }
const lead = { shift: 0, slope: 1 }
const model = {
  centre: 3,
  quick: { strongest: linear, lead },
  full: { slope: 2, lead },
}

describe('an instrument is data', () => {
  test('with and without derived figures', () => {
    expect(parseInstrument(made)).toEqual(made)
    expect(parseInstrument({ ...made, model })).toEqual({ ...made, model })
  })

  test('forms tell the order of asking', () => {
    const instrument = parseInstrument(made)
    expect(formItems(instrument, 'quick')).toEqual(['X1', 'Y1'])
    expect(formItems(instrument, 'full')).toEqual(['X1', 'Y1', 'X2', 'Y2'])
    expect(answerRange(instrument, 'X1')).toEqual({ from: 1, to: 5 })
  })

  test('choices name a scale per option', () => {
    const pairs = parseInstrument({
      ...{ id: 'pairs', version: 1, scoring: 'choice', scales: ['X', 'Y', 'Z'] },
      items: [
        { id: 'p1', options: ['X', 'Y'] },
        { id: 'p2', options: ['Y', 'Z', 'X'] },
      ],
      forms: { quick: ['p1', 'p2'], rest: [] },
    })
    expect(answerRange(pairs, 'p2')).toEqual({ from: 1, to: 3 })
  })

  test('sixty items need nothing but sixty lines', () => {
    const items = Array.from({ length: 60 }, (_, index) => ({ id: `i${index}`, scale: made.scales[index % 2] }))
    const forms = { quick: items.map(({ id }) => id), rest: [] }
    expect(formItems(parseInstrument({ ...made, items, forms }), 'full')).toHaveLength(60)
  })
})

describe('errors name the field', () => {
  test.each([
    ['no object', undefined, /instrument:/],
    ['a missing version', { ...made, version: undefined }, /version:/],
    ['an unknown kind', { ...made, scoring: 'guess' }, /scoring:/],
    ['a field that does not exist', { ...made, colour: 'red' }, /colour/],
    ['answers that run backwards', { ...made, answers: { from: 5, to: 1 } }, /answers: "from" must be below/],
    ['a scale nobody declared', { ...made, items: [...made.items, { id: 'Z1', scale: 'Z' }] }, /items\.4: scale "Z"/],
    ['an item twice', { ...made, items: [...made.items, made.items[0]] }, /items: "X1" stands here twice/],
    ['an item asked twice', { ...made, forms: { quick: ['X1', 'Y1'], rest: ['X1', 'X2', 'Y2'] } }, /forms: "X1"/],
    ['an item never asked', { ...made, forms: { quick: ['X1', 'Y1'], rest: ['X2'] } }, /item "Y2" is never asked/],
    [
      'an unknown item asked',
      { ...made, forms: { quick: ['X1', 'Y1'], rest: ['X2', 'Y2', 'Q'] } },
      /"Q" is not among items/,
    ],
    ['a scale the quick form leaves out', { ...made, forms: { quick: ['X1', 'X2'], rest: ['Y1', 'Y2'] } }, /scale "Y"/],
    ['too few numbers', withStrongest({ ...linear, intercept: [0] }), /model\.quick\.strongest\.intercept: 1 numbers/],
    [
      'a quick item without weights',
      withStrongest({ ...linear, weights: { X1: [1, 1] } }),
      /no weights for quick item "Y1"/,
    ],
    [
      'weights of an item that is not quick',
      withStrongest({ ...linear, weights: { ...linear.weights, X2: [1, 1] } }),
      /"X2", which is not a quick item/,
    ],
  ])('%s', (_, value, message) => {
    expect(() => parseInstrument(value)).toThrow(message)
  })
})

function withStrongest(strongest: unknown) {
  return { ...made, model: { ...model, quick: { ...model.quick, strongest } } }
}

describe('the interest survey', () => {
  const instrument = parseInstrument(
    parse(readFileSync(new URL('../../../flows/survey/instruments/riasec.yaml', import.meta.url), 'utf8')),
  )

  test('has 48 items, eight of each scale, and asks three of each first', () => {
    const scaleOf = new Map(instrument.items.map((item) => [item.id, 'scale' in item ? item.scale : '']))
    const count = (ids: readonly string[]) =>
      instrument.scales.map((s) => ids.filter((id) => scaleOf.get(id) === s).length)
    expect(instrument.scales).toEqual(['R', 'I', 'A', 'S', 'E', 'C'])
    expect(count(formItems(instrument, 'quick'))).toEqual([3, 3, 3, 3, 3, 3])
    expect(count(formItems(instrument, 'full'))).toEqual([8, 8, 8, 8, 8, 8])
  })

  test('never asks two neighbouring questions of one scale', () => {
    const order = formItems(instrument, 'full').map((id) => id[0])
    expect(order.filter((scale, index) => scale === order[index - 1])).toEqual([])
  })

  test('says where its figures come from', () => {
    expect(instrument.source).toMatchObject({ people: 20847, date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) })
  })
})
