import type { Figures } from '../announcements/contract.ts'
import type { Bars } from '../kit/picture.ts'
import type { Translate } from '../kit/words.ts'

/** Numbers that stand in the picture and in the sheet, in this order. */
export const figureNames = [
  ...(['delivered', 'waiting', 'blocked', 'unreachable', 'expired', 'unwanted', 'held', 'failed'] as const),
] as const

/** What became of it as bars, and the answers where there are any. */
export function numbersPicture(t: Translate, figures: Figures): Bars {
  const shown = figureNames.filter((name) => name === 'delivered' || figures[name] > 0)
  const hasAnswers = figures.yes + figures.no > 0
  const bars = [
    ...shown.map((name) => ({ label: t(`figure.${name}`, { number: figures[name] }), value: figures[name] })),
    ...(hasAnswers
      ? (['yes', 'no'] as const).map((name) => ({
          label: t(`figure.${name}`, { number: figures[name] }),
          value: figures[name],
        }))
      : []),
  ]
  return { type: 'bars', title: t('picture.title'), min: 0, max: Math.max(1, figures.made), bars }
}
