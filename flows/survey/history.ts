import { back, home, toBack } from '../kit/buttons.ts'
import type { View } from '../kit/flow.ts'
import { screen } from '../kit/screen.ts'
import type { SurveyContext } from './context.ts'
import { comparable } from './earlier.ts'
import type { Instrument } from './instrument.ts'
import { strengthOf } from './results.ts'
import { dateOf, scaleText } from './texts.ts'

/** Bars of text from short to long. */
const heights = '▁▂▃▄▅▆▇█'

/** Results of different times side by side, oldest first, a bar for each scale from its lowest to its highest. */
export function historyScreen({ t, context }: View<SurveyContext>, instrument: Instrument) {
  const results = comparable(context).toReversed()
  if (results.length < 2) return screen(t('history.none'), [back(toBack), home()])
  return screen(
    [
      t('history.title'),
      results.map(({ finishedAt, form }, place) =>
        t(`history.${form}`, { number: place + 1, date: dateOf(finishedAt) }),
      ),
      instrument.scales.map((scale) =>
        t('history.scale', {
          bars: results.map(({ result, form }) => bar(strengthOf(instrument, result, scale, form))).join(' '),
          name: scaleText(instrument, scale, 'name'),
        }),
      ),
      t('result.changes'),
    ],
    [back(toBack), home()],
  )
}

function bar(strength: number): string {
  return heights[Math.round(strength * (heights.length - 1))] ?? ''
}
