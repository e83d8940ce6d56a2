import type { Bar, Bars } from '../../flows/kit/picture.ts'
import { hueOf } from './colours.ts'
import { largest, wrap } from './letters.ts'
import { badgeAt } from './signs.ts'
import {
  type Drawn,
  groundOf,
  lineHeight,
  type Pen,
  rectOf,
  rounded,
  svgOf,
  type TextStyle,
  textOf,
  width,
} from './svg.ts'

/** The smallest letters: still read on a picture that is 300 pixels wide. */
const small = 46
const edge = 52
const panel = { left: 32, padding: 36, round: 48 }
const badge = 78
const left = panel.left + panel.padding
const barLeft = left + badge + 26
const barRoom = width - left - barLeft
const barHeight = 28
/** Between two areas. */
const rowGap = 20
/** The shortest bar: what shows less at present is still there to be seen. */
const shortest = barHeight

/** What stands out in large letters over bars for all areas, as SVG text 1000 pixels wide; they make its height. */
export function svgOfBars(bars: Bars<string>, pen: Pen): string {
  const heading = headingOf(bars)
  const rows = rowsOf(bars, heading.height + panel.padding, pen)
  const ends = endsOf(bars, heading.height + panel.padding + rows.height, pen)
  const inside = 2 * panel.padding + rows.height + ends.height
  const note = noteOf(bars, heading.height + inside + 16)
  const height = Math.ceil(heading.height + inside + 16 + note.height) + 14
  const box = { x: panel.left, y: heading.height, width: width - 2 * panel.left, height: inside, rx: panel.round }
  const first = Math.max(
    0,
    bars.bars.findIndex(({ highlighted }) => highlighted),
  )
  const ground = groundOf(first, height, pen)
  return svgOf([ground, heading.svg, rectOf(box, pen.palette.panel), rows.svg, ends.svg, note.svg], height, pen)
}

const white = '#ffffff'
const overRoom = { width: width - 2 * edge, most: 3 }

/** The title and, in larger letters, what stands out. */
function headingOf({ title, bars }: Bars<string>): Drawn {
  const leading = bars.flatMap((bar, place) => (bar.highlighted === true ? [{ ...bar, place }] : []))
  const style = leading.length === 0 ? { size: 64, isBold: true } : { size: small }
  const titled = textOf(wrap(title, { ...overRoom, ...style }), edge, 36, { ...style, colour: white })
  const parts = [titled.svg]
  let top = 36 + titled.height + 22
  for (const bar of leading) {
    const { svg, height } = leadingOf(bar, top, leading.length)
    parts.push(svg)
    top += height + 24
  }
  return { svg: parts.join(''), height: top + 10 }
}

function leadingOf(
  { label, sign, place }: Bar<string> & { readonly place: number },
  top: number,
  among: number,
): Drawn {
  const size = among === 1 ? 128 : 100
  const x = edge + size + 30
  const room = { width: width - x - edge, most: 2, isBold: true }
  const fitted = largest(label, among === 1 ? [84, 72, 62, 56] : [68, 60, 52], room)
  const words = fitted.lines.length * lineHeight(fitted.size)
  const height = Math.max(size, words)
  const style: TextStyle = { size: fitted.size, colour: white, isBold: true }
  const text = textOf(fitted.lines, x, top + (height - words) / 2, style)
  const disc = { x: edge + size / 2, y: top + height / 2, size, disc: white, colour: hueOf(place).deep }
  return { svg: badgeAt(sign, disc) + text.svg, height }
}

function rowsOf(chart: Bars<string>, top: number, pen: Pen): Drawn {
  const parts: string[] = []
  let height = 0
  for (const [place, bar] of chart.bars.entries()) {
    const row = rowOf(bar, place, top + height, chart, pen)
    parts.push(row.svg)
    height += row.height + rowGap
  }
  return { svg: parts.join(''), height: Math.max(0, height - rowGap) }
}

function rowOf(bar: Bar<string>, place: number, top: number, chart: Bars<string>, { look, palette }: Pen): Drawn {
  const { label, value, highlighted: isBold = false, sign } = bar
  const colour = hueOf(place)[look]
  const lines = wrap(label, { size: small, width: barRoom, most: 2, isBold })
  const words = textOf(lines, barLeft, top, { size: small, colour: palette.text, isBold })
  const y = top + words.height + 4
  const track = { x: barLeft, y, width: barRoom, height: barHeight, rx: barHeight / 2 }
  const part = Math.min(1, Math.max(0, (value - chart.min) / (chart.max - chart.min)))
  const own = { ...track, width: rounded(shortest + part * (barRoom - shortest)) }
  const height = words.height + 4 + barHeight
  const disc = { x: left + badge / 2, y: top + height / 2 + 4, size: badge, disc: hueOf(place).deep, colour: white }
  return { svg: badgeAt(sign, disc) + words.svg + rectOf(track, palette.line) + rectOf(own, colour), height }
}

function endsOf({ ends }: Bars<string>, top: number, { palette }: Pen): Drawn {
  if (ends === undefined) return { svg: '', height: 0 }
  const style = { size: small, colour: palette.faint }
  const room = { size: small, width: barRoom / 2 - 10, most: 2 }
  const [low, high] = ends.map((end) => wrap(end, room))
  const from = textOf(low ?? [], barLeft, top + 16, style)
  const to = textOf(high ?? [], barLeft + barRoom, top + 16, { ...style, anchor: 'end' })
  return { svg: from.svg + to.svg, height: 16 + Math.max(from.height, to.height) }
}

function noteOf({ note }: Bars<string>, top: number): Drawn {
  if (note === undefined) return { svg: '', height: 10 }
  return textOf(wrap(note, { ...overRoom, size: small }), width - edge, top, {
    size: small,
    colour: white,
    anchor: 'end',
  })
}
