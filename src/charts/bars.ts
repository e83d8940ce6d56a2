import { BarChart } from 'echarts/charts'
import { GridComponent, TitleComponent } from 'echarts/components'
import { init, setPlatformAPI, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import type { Bars } from '../../flows/kit/picture.ts'
import { widthOf, wrap } from './letters.ts'
import { colours, margin, width } from './svg.ts'

const labelWidth = 350

use([BarChart, GridComponent, TitleComponent, SVGRenderer])
// ECharts has no canvas here and takes every letter outside ASCII for a square; these are the widths of Noto Sans.
setPlatformAPI({ measureText: (text, font) => ({ width: widthOf(text, fontSizeOf(font)) }) })

/** Horizontal bars as SVG text, 1000 pixels wide; the height follows the number of bars. */
export function svgOfBars(bars: Bars<string>, fontFamily: string): string {
  const heading = titleOf(bars, fontFamily)
  const top = (bars.note === undefined ? 120 : 190) + heading.more
  const height = top + bars.bars.length * 86 + 40
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height })
  try {
    chart.setOption({
      animation: false,
      backgroundColor: '#ffffff',
      textStyle: { fontFamily, color: colours.text },
      title: heading.title,
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

/** The title and how much more room than a line of title, and one of note, it needs. */
function titleOf({ title, note }: Bars<string>, fontFamily: string) {
  const room = { width: width - 2 * margin, most: 3 }
  const lines = wrap(title, { ...room, size: 40, isBold: true })
  const notes = note === undefined ? [] : wrap(note, { ...room, size: 28 })
  const look = { fontFamily, fontSize: 40, fontWeight: 'bold', color: colours.text } as const
  return {
    more: (lines.length - 1) * 50 + Math.max(0, notes.length - 1) * 36,
    title: {
      left: margin,
      top: 34,
      itemGap: 14,
      text: lines.join('\n'),
      textStyle: lines.length > 1 ? { ...look, lineHeight: 50 } : look,
      ...(notes.length === 0 ? {} : { subtext: notes.join('\n') }),
      subtextStyle: { fontFamily, fontSize: 28, lineHeight: 36, color: colours.faint },
    },
  }
}

function labelStyle(fontFamily: string) {
  return { fontFamily, fontSize: 30, lineHeight: 36, color: colours.text, margin: 20 } as const
}

function richLabels(fontFamily: string) {
  const quiet = labelStyle(fontFamily)
  return { quiet, strong: { ...quiet, fontWeight: 'bold' } } as const
}

/** Highlighted labels are bold; every line names its style, as ECharts draws an unnamed one in its own size. */
function formatterOf({ bars }: Bars<string>) {
  return (label: string, index: number): string => {
    const style = bars[index]?.highlighted === true ? 'strong' : 'quiet'
    // Without signs of ECharts' own markup.
    return wrap(label.replace(/[{}|]/g, ' '), { size: 30, width: labelWidth, most: 2 })
      .map((line) => `{${style}|${line}}`)
      .join('\n')
  }
}

function barOf({ value, highlighted }: Bars<string>['bars'][number]) {
  return { value, itemStyle: { color: highlighted ? colours.strong : colours.quiet, borderRadius: [0, 8, 8, 0] } }
}

function fontSizeOf(font: string | undefined): number {
  return Number(/(\d+(?:\.\d+)?)px/.exec(font ?? '')?.[1] ?? 12)
}
