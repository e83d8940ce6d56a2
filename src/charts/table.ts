import type { Table } from '../../flows/kit/picture.ts'
import type { Palette } from './colours.ts'
import { widthOf, wrap } from './letters.ts'
import { attributes, type Drawn, headingOf, lineHeight, margin, type Pen, rectOf, svgOf, textOf, width } from './svg.ts'

const size = 30
/** Between the words of a cell and its edges. */
const padding = { across: 14, down: 14 }

type Cell = Table<string>['rows'][number][number]
type Look = { readonly colour: string; readonly isBold: boolean; readonly ground?: string }

/** A table as SVG text, 1000 pixels wide; every column has the room it wants as far as there is enough for all. */
export function svgOfTable(table: Table<string>, pen: Pen): string {
  const looks = looksOf(pen.palette)
  const header = table.header.map((text) => ({ text }))
  const widths = widthsOf([header, ...table.rows])
  const heading = headingOf(table, pen.palette)
  const parts = [heading.svg]
  let top = heading.height
  const add = (row: readonly Cell[], lookOf: (cell: Cell) => Look) => {
    const { svg, height } = rowAt(top, row, widths, lookOf)
    parts.push(svg, lineAt(top + height, pen.palette.line))
    top += height
  }
  if (header.length > 0) add(header, () => looks.header)
  for (const row of table.rows) add(row, ({ highlighted }) => (highlighted ? looks.highlighted : looks.plain))
  return svgOf(parts, Math.ceil(top) + margin, pen)
}

function looksOf({ text, faint, strong, soft }: Palette) {
  return {
    header: { colour: faint, isBold: true },
    plain: { colour: text, isBold: false },
    highlighted: { colour: strong, isBold: true, ground: soft },
  } as const
}

function widthsOf(rows: readonly (readonly Cell[])[]): number[] {
  const columns = Math.max(1, ...rows.map((row) => row.length))
  const wanted = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => widthOf(row[column]?.text ?? '', size, true) + 2 * padding.across)),
  )
  const room = width - 2 * margin
  const most = mostOf(wanted, room)
  const widths = wanted.map((one) => Math.min(one, most))
  return widths.map((one) => one + (room - sum(widths)) / columns)
}

/** The most one may have: what the modest leave of their equal parts is shared by the others. */
function mostOf(wanted: readonly number[], room: number): number {
  let left = room
  for (const [index, one] of wanted.toSorted((a, b) => a - b).entries()) {
    const part = left / (wanted.length - index)
    if (one > part) return part
    left -= one
  }
  return room
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0)
}

function rowAt(top: number, row: readonly Cell[], widths: readonly number[], lookOf: (cell: Cell) => Look): Drawn {
  const cells = row.map((cell, column) => {
    const [own = 0, look] = [widths[column], lookOf(cell)]
    const lines = wrap(cell.text, { size, width: own - 2 * padding.across, most: 4, isBold: look.isBold })
    return { look, lines, left: margin + sum(widths.slice(0, column)), width: own }
  })
  const height = 2 * padding.down + lineHeight(size) * Math.max(1, ...cells.map(({ lines }) => lines.length))
  const drawn = cells.map((cell) => cellAt(top, cell, height))
  return { svg: drawn.join(''), height }
}

type Placed = { readonly look: Look; readonly lines: readonly string[]; readonly left: number; readonly width: number }

function cellAt(top: number, { look, lines, left, width }: Placed, height: number): string {
  const { ground, ...style } = look
  const box = { x: left + 4, y: top + 4, width: width - 8, height: height - 8, rx: 8 }
  const under = ground === undefined ? '' : rectOf(box, ground)
  return under + textOf(lines, left + padding.across, top + padding.down, { size, ...style }).svg
}

function lineAt(y: number, colour: string): string {
  const ends = { x1: margin, x2: width - margin, y1: y, y2: y }
  return `<line ${attributes(ends)} stroke="${colour}" stroke-width="2"/>`
}
