import { attributes } from './svg.ts'

/** Drawn on a field of 24 by 24 in one colour: what is filled, and what is only a stroke of a width. */
type Sign = { readonly filled?: string; readonly lines?: string; readonly width?: number; readonly turn?: number }

/** By the name of the instrument and its scale. Of our own, since the fonts of phones may lack any of them. */
const signs: Readonly<Record<string, Sign>> = {
  /** A hammer. */
  'riasec.R': {
    filled: 'M4.5 3.2H15.6L20.6 6.1 15.6 9H4.5A1.4 1.4 0 0 1 3.1 7.6V4.6A1.4 1.4 0 0 1 4.5 3.2Z',
    lines: 'M9.6 10.4V21.6',
    width: 3.4,
    turn: 38,
  },
  /** A magnifying glass. */
  'riasec.I': {
    lines: 'M16.8 10.4A6.4 6.4 0 1 1 4 10.4 6.4 6.4 0 0 1 16.8 10.4ZM15.4 15.4 20.6 20.6',
    width: 3,
  },
  /** A palette with four paints. */
  'riasec.A': {
    filled:
      'M12 2.6C6.6 2.6 2.4 6.7 2.4 12S6.6 21.4 12 21.4C13.6 21.4 14.5 20.3 14.2 18.9 13.8 17.2 14.8 16 16.5 16H18.4C20.5 16 21.6 14.6 21.6 12 21.6 6.6 17.4 2.6 12 2.6Z' +
      'M8.9 12.6A1.7 1.7 0 1 0 5.5 12.6 1.7 1.7 0 0 0 8.9 12.6ZM11.2 7.6A1.7 1.7 0 1 0 7.8 7.6 1.7 1.7 0 0 0 11.2 7.6Z' +
      'M16.1 7.3A1.7 1.7 0 1 0 12.7 7.3 1.7 1.7 0 0 0 16.1 7.3ZM19.2 11.2A1.7 1.7 0 1 0 15.8 11.2 1.7 1.7 0 0 0 19.2 11.2Z',
  },
  /** A heart. */
  'riasec.S': {
    filled:
      'M12 21C5.6 16.6 2.4 13.1 2.4 9 2.4 6 4.7 3.7 7.6 3.7 9.4 3.7 11 4.6 12 6.2 13 4.6 14.6 3.7 16.4 3.7 19.3 3.7 21.6 6 21.6 9 21.6 13.1 18.4 16.6 12 21Z',
  },
  /** A stall under its awning. */
  'riasec.E': {
    filled:
      'M5 3H19L21.8 9.2H2.2ZM2.2 10.2H8.4A3.1 3.1 0 0 1 2.2 10.2ZM8.9 10.2H15.1A3.1 3.1 0 0 1 8.9 10.2ZM15.6 10.2H21.8A3.1 3.1 0 0 1 15.6 10.2Z',
    lines: 'M5 15.4V20.6H19V15.4',
    width: 2.4,
  },
  /** A calculator. */
  'riasec.C': {
    filled:
      'M7 2.2H17A2.4 2.4 0 0 1 19.4 4.6V19.4A2.4 2.4 0 0 1 17 21.8H7A2.4 2.4 0 0 1 4.6 19.4V4.6A2.4 2.4 0 0 1 7 2.2Z' +
      `M7.4 5.2V9.2H16.6V5.2Z${[12, 15, 18].map((y) => [7.6, 10.9, 14.2].map((x) => key(x, y)).join('')).join('')}`,
  },
}

function key(x: number, y: number): string {
  return `M${x} ${y - 0.9}V${y + 0.9}H${x + 2.2}V${y - 0.9}Z`
}

/** The sign in a colour with its middle at a place; nothing for a name that has none. */
export function signAt(name: string | undefined, x: number, y: number, size: number, colour: string): string {
  const sign = name === undefined ? undefined : signs[name]
  if (sign === undefined) return ''
  const { filled, lines, width = 2, turn = 0 } = sign
  const turned = turn === 0 ? '' : ` rotate(${turn} 12 12)`
  const left = x - size / 2
  const top = y - size / 2
  const shape = filled === undefined ? '' : `<path d="${filled}" fill="${colour}" fill-rule="evenodd"/>`
  const look = `fill="none" stroke="${colour}" stroke-linecap="round" stroke-linejoin="round"`
  const strokes = lines === undefined ? '' : `<path d="${lines}" ${look} ${attributes({ 'stroke-width': width })}/>`
  return `<g transform="translate(${left} ${top}) scale(${size / 24})${turned}">${shape}${strokes}</g>`
}

/** The sign in a disc. */
export function badgeAt(
  name: string | undefined,
  { x, y, size, disc, colour }: { x: number; y: number; size: number; disc: string; colour: string },
): string {
  const circle = `<circle ${attributes({ cx: x, cy: y, r: size / 2 })} fill="${disc}"/>`
  return circle + signAt(name, x, y, size * 0.58, colour)
}
