import { type Instrument, parseInstrument } from '../../flows/survey/instrument.ts'

/** A made-up instrument for tests: RIASEC scales with two quick items each and one more, no derived figures. */
export const smallInstrument: Instrument = parseInstrument({
  id: 'riasec',
  version: 1,
  scoring: 'rating',
  scales: ['R', 'I', 'A', 'S', 'E', 'C'],
  answers: { from: 1, to: 5 },
  items: ['R', 'I', 'A', 'S', 'E', 'C'].flatMap((scale) => [1, 2, 3].map((n) => ({ id: `${scale}${n}`, scale }))),
  forms: {
    quick: [1, 2].flatMap((n) => ['R', 'I', 'A', 'S', 'E', 'C'].map((scale) => `${scale}${n}`)),
    rest: ['R', 'I', 'A', 'S', 'E', 'C'].map((scale) => `${scale}3`),
  },
})
