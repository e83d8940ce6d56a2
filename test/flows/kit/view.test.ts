import { expect, test } from 'vitest'
import { createMachine } from 'xstate'
import { z } from 'zod'
import { newcomer } from '../../../flows/common/person.ts'
import { createFlows } from '../../../flows/index.ts'
import { back, help, home } from '../../../flows/kit/buttons.ts'
import { examplePeople } from '../../../flows/kit/compile.ts'
import { defineFlow } from '../../../flows/kit/flow.ts'
import { button, buttonsOf, go, type Screen, screen } from '../../../flows/kit/screen.ts'
import { listens } from '../../../flows/kit/step.ts'
import { viewOf } from '../../../flows/kit/view.ts'
import { stamped, walk } from '../../../flows/kit/walk.ts'
import { readInstruments } from '../../../src/capabilities/survey/instruments.ts'
import { root } from '../../../src/config.ts'

const instruments = await readInstruments(new URL('flows/survey/instruments/', root))

const text = stamped(Object.assign({ type: 'TEXT' }, { text: 'x' }))

test.each(createFlows({ instruments }).map((flow) => [flow.id, flow] as const))(
  'wherever people write in %s, the way to help is in sight',
  (_, flow) => {
    const places = examplePeople().flatMap((person) => walk(flow, person, 200))
    const writing = places.filter(({ frame }) => listens(flow, frame, text))
    const without = writing.filter(({ screen }) => !buttonsOf(screen).some(({ label }) => label.key === 'help:menu'))
    expect(without.map(({ state }) => state)).toEqual([])
  },
)

const stay = { actions: () => {} }
const said = { key: 'toy:said' }

/** The labels of the rows that state shows, its own being these. */
function rowsOf(state: 'hearing' | 'deaf' | 'around.within', rows: Screen['rows']) {
  const states = {
    hearing: { on: { TEXT: stay } },
    deaf: {},
    around: { on: { TEXT: stay }, initial: 'within', states: { within: {} } },
  }
  const machine = createMachine({ id: 'toy', initial: 'deaf', on: { BACK: stay, GO: stay }, states })
  const make = () => screen(said, ...rows)
  const screens = { hearing: make, deaf: make, 'around.within': make }
  const flow = defineFlow({ id: 'toy', version: 1, context: z.object({}), machine, screens })
  const value = state === 'around.within' ? { around: 'within' } : state
  const view = viewOf(flow, { flow: 'toy', version: 1, value, context: {} }, newcomer('kk'))
  return view.rows.map((row) => row.map(({ label }) => label.key))
}

test.each([
  ['beside the ways out', [[back({ type: 'BACK' }), home()]], [['common:back', 'common:home', 'help:menu']]],
  ['below what is chosen from', [[button(said, { type: 'GO' })]], [['toy:said'], ['help:menu']]],
  ['below a full row', [[home(), home(), home()]], [['common:home', 'common:home', 'common:home'], ['help:menu']]],
  [
    'below a way out beside longer words',
    [[back({ type: 'BACK' }), button(said, { type: 'GO' })]],
    [['common:back', 'toy:said'], ['help:menu']],
  ],
  ['alone', [], [['help:menu']]],
  ['once', [[help()], [home()]], [['help:menu'], ['common:home']]],
])('the way to help stands %s', (_, rows, seen) => {
  expect(rowsOf('hearing', rows)).toEqual(seen)
})

test('a state hears what the one around it hears; where nobody writes there is no help button', () => {
  expect(rowsOf('around.within', [[home()]])).toEqual([['common:home', 'help:menu']])
  expect(rowsOf('deaf', [[button(said, go.home)]])).toEqual([['toy:said']])
})
