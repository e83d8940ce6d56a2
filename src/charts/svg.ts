import { BarChart } from 'echarts/charts'
import { GridComponent, TitleComponent } from 'echarts/components'
import { init, setPlatformAPI, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'

/** A chart of horizontal bars in words that are ready to read. */
export type Bars = {
  readonly title: string
  readonly note?: string
  readonly min: number
  readonly max: number
  readonly bars: readonly { readonly label: string; readonly value: number; readonly highlighted: boolean }[]
}

const width = 1000
const labelWidth = 350
/** Calm teal on white: 7.6:1 for what stands out, 3.3:1 for the rest; text 15:1 and 7:1. */
const colours = { strong: '#0b5d57', quiet: '#6f9794', text: '#1f2933', faint: '#52606d', line: '#e4e7eb' }

use([BarChart, GridComponent, TitleComponent, SVGRenderer])
// ECharts has no canvas here and takes every letter outside ASCII for a square; these are the widths of Noto Sans.
setPlatformAPI({ measureText: (text, font) => ({ width: widthOf(text, fontSizeOf(font)) }) })

/** The chart as SVG text, 1000 pixels wide; the height follows the number of bars. */
export function svgOf(bars: Bars, fontFamily: string): string {
  const top = bars.note === undefined ? 120 : 190
  const height = top + bars.bars.length * 86 + 40
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height })
  try {
    chart.setOption({
      animation: false,
      backgroundColor: '#ffffff',
      textStyle: { fontFamily, color: colours.text },
      title: titleOf(bars, fontFamily),
      grid: { left: labelWidth + 50, right: 50, top, bottom: 40 },
      xAxis: {
        type: 'value',
        min: bars.min,
        max: bars.max,
        interval: (bars.max - bars.min) / 4,
        axisLabel: { show: false }, // a figure would read like a school mark
        splitLine: { lineStyle: { color: colours.line, width: 2 } },
      },
      yAxis: {
        type: 'category',
        inverse: true,
        data: bars.bars.map(({ label }) => label),
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: { ...labelStyle(fontFamily), rich: richLabels(fontFamily), formatter: formatterOf(bars) },
      },
      series: [{ type: 'bar', barWidth: 42, barMinHeight: 8, data: bars.bars.map(barOf) }],
    })
    return chart.renderToSVGString()
  } finally {
    chart.dispose()
  }
}

function titleOf({ title, note }: Bars, fontFamily: string) {
  return {
    left: 40,
    top: 34,
    itemGap: 14,
    text: title,
    textStyle: { fontFamily, fontSize: 40, fontWeight: 'bold', color: colours.text, width: 920, overflow: 'break' },
    ...(note === undefined ? {} : { subtext: note }),
    subtextStyle: { fontFamily, fontSize: 28, lineHeight: 36, color: colours.faint, width: 920, overflow: 'break' },
  } as const
}

function labelStyle(fontFamily: string) {
  return { fontFamily, fontSize: 30, lineHeight: 36, color: colours.text, margin: 20 } as const
}

function richLabels(fontFamily: string) {
  const quiet = labelStyle(fontFamily)
  return { quiet, strong: { ...quiet, fontWeight: 'bold' } } as const
}

/** Highlighted labels are bold; every line names its style, as ECharts draws an unnamed one in its own size. */
function formatterOf({ bars }: Bars) {
  return (label: string, index: number): string => {
    const style = bars[index]?.highlighted === true ? 'strong' : 'quiet'
    return wrap(label, 30)
      .map((line) => `{${style}|${line}}`)
      .join('\n')
  }
}

function barOf({ value, highlighted }: Bars['bars'][number]) {
  return { value, itemStyle: { color: highlighted ? colours.strong : colours.quiet, borderRadius: [0, 8, 8, 0] } }
}

/** Lines that fit beside the bars, without signs of ECharts' own markup; at most two, the second ending in «…» when there is more. */
function wrap(label: string, size: number): string[] {
  const lines: string[] = []
  for (const word of label.replace(/[{}|]/g, ' ').split(/\s+/)) {
    const line = lines.at(-1)
    if (line !== undefined && widthOf(`${line} ${word}`, size) <= labelWidth)
      lines[lines.length - 1] = `${line} ${word}`
    else lines.push(word)
  }
  return lines.length <= 2 ? lines : [lines[0] ?? '', `${lines[1] ?? ''}…`]
}

function fontSizeOf(font: string | undefined): number {
  return Number(/(\d+(?:\.\d+)?)px/.exec(font ?? '')?.[1] ?? 12)
}

/** Estimated width in pixels: Cyrillic capitals are about 0.7 of the size, small letters 0.6, Latin ones and signs less. */
function widthOf(text: string, size: number): number {
  return [...text].reduce((sum, letter) => sum + shareOf(letter), 0) * size
}

function shareOf(letter: string): number {
  if (/[\s.,:;!'|()-]/.test(letter)) return 0.3
  if (/[жмшщюыфЖМШЩЮЫФmwMW]/.test(letter)) return 0.86
  if (/\p{Lu}/u.test(letter)) return 0.68
  return 0.58
}
