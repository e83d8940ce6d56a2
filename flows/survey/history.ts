import { back, home, toBack } from '../kit/buttons.ts'
import type { View } from '../kit/flow.ts'
import { type Paragraph, screen } from '../kit/screen.ts'
import type { Translate } from '../kit/words.ts'
import type { SurveyContext } from './context.ts'
import type { EarlierResult } from './contract.ts'
import { comparable, others } from './earlier.ts'
import type { Instrument } from './instrument.ts'
import { strengthOf } from './results.ts'
import { dateOf, scaleText } from './texts.ts'

/** Bars of text from short to long. */
const heights = '▁▂▃▄▅▆▇█'

/** Results of different times side by side, oldest first, a bar for each scale from its lowest to its highest. */
export function historyScreen({ t, context }: View<SurveyContext>, instrument: Instrument) {
  const results = comparable(context).toReversed()
  const apart = others(context)
  const lines = [...(results.length < 2 ? [] : sideBySide(t, results, instrument)), ...apartOf(t, apart, instrument)]
  if (lines.length === 0) return screen(t('history.none'), [back(toBack), home()])
  return screen([t('history.title'), ...lines, t('result.changes')], [back(toBack), home()])
}

function sideBySide(t: Translate, results: readonly EarlierResult[], instrument: Instrument): Paragraph[] {
  return [
    [
      t('history.order'),
      ...results.map(({ finishedAt, form }, place) =>
        t(`history.${form}`, { number: place + 1, date: dateOf(finishedAt) }),
      ),
    ],
    instrument.scales.map((scale) =>
      t('history.scale', {
        bars: results.map(({ result, form }) => bar(strengthOf(instrument, result, scale, form))).join(' '),
        name: scaleText(instrument, scale, 'name'),
      }),
    ),
  ]
}

/** What was counted in another way cannot be laid beside the rest: its strongest is named, with its mark. */
function apartOf(t: Translate, results: readonly EarlierResult[], instrument: Instrument): Paragraph[] {
  if (results.length === 0) return []
  const named = results.flatMap(({ finishedAt, result: { ranking, version } }) => {
    const [first] = ranking
    if (first === undefined || !instrument.scales.includes(first.scale)) return []
    return [t('history.apart', { date: dateOf(finishedAt), name: scaleText(instrument, first.scale, 'name'), version })]
  })
  return named.length === 0 ? [] : [[t('history.otherWay'), ...named]]
}

function bar(strength: number): string {
  return heights[Math.round(strength * (heights.length - 1))] ?? ''
}
