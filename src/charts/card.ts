import type { Card } from '../../flows/kit/picture.ts'
import { hueOf } from './colours.ts'
import { largest, wrap } from './letters.ts'
import { badgeAt, signAt } from './signs.ts'
import { type Drawn, groundOf, lineHeight, type Pen, rounded, svgOf, textOf, width } from './svg.ts'

const edge = 64
/** The smallest letters: still read on a picture that is 300 pixels wide. */
const small = 46
const white = '#ffffff'
const room = { width: width - 2 * edge, most: 3 }

/** Areas in large letters, most often one or two, and whose bot it is from, as SVG text 1000 pixels wide. */
export function svgOfCard(card: Card<string>, pen: Pen, signature: string): string {
  const title = wrap(card.title, { ...room, size: 54 })
  const titled = textOf(title, edge, 60, { size: 54, colour: white })
  const areas = areasOf(card, 60 + titled.height + 48)
  const footing = footingOf(card, signature)
  const height = Math.max(1100, Math.ceil(areas.height + 56 + footing.height + 60))
  const [first] = card.areas
  const parts = [
    groundOf(first?.place ?? 0, height, pen),
    `<g opacity="0.1">${signAt(first?.sign, width - 190, height - 270, 640, white)}</g>`,
    titled.svg,
    areas.svg,
    `<g transform="translate(0 ${rounded(height - 60 - footing.height)})">${footing.svg}</g>`,
  ]
  return svgOf(parts, height, pen)
}

/** `height` is where it ends. */
function areasOf({ areas }: Card<string>, top: number): Drawn {
  const [only] = areas
  if (areas.length === 1 && only !== undefined) return alone(only, top)
  const parts: string[] = []
  let at = top
  for (const area of areas) {
    const { svg, height } = besideSign(area, at)
    parts.push(svg)
    at += height + 52
  }
  return { svg: parts.join(''), height: at }
}

type Area = Card<string>['areas'][number]

function alone({ label, place, sign }: Area, top: number): Drawn {
  const size = 260
  const disc = { x: edge + size / 2, y: top + size / 2, size, disc: white, colour: hueOf(place).deep }
  const fitted = largest(label, [108, 92, 80, 68], { ...room, isBold: true })
  const words = textOf(fitted.lines, edge, top + size + 20, { size: fitted.size, colour: white, isBold: true })
  return { svg: badgeAt(sign, disc) + words.svg, height: top + size + 20 + words.height }
}

function besideSign({ label, place, sign }: Area, top: number): Drawn {
  const size = 160
  const x = edge + size + 36
  const fitted = largest(label, [80, 70, 60], { ...room, width: width - x - edge, isBold: true })
  const words = fitted.lines.length * lineHeight(fitted.size)
  const height = Math.max(size, words)
  const text = textOf(fitted.lines, x, top + (height - words) / 2, { size: fitted.size, colour: white, isBold: true })
  const disc = { x: edge + size / 2, y: top + height / 2, size, disc: white, colour: hueOf(place).deep }
  return { svg: badgeAt(sign, disc) + text.svg, height }
}

/** Drawn from the top, for it is put at the bottom. */
function footingOf({ note }: Card<string>, signature: string): Drawn {
  const lines = note === undefined ? [] : wrap(note, { ...room, size: small })
  const noted = textOf(lines, edge, 0, { size: small, colour: white })
  const { size, lines: names } = largest(signature, [64, 54, small], { ...room, isBold: true })
  const signed = textOf(names, edge, noted.height + 10, { size, colour: white, isBold: true })
  return { svg: noted.svg + signed.svg, height: noted.height + 10 + signed.height }
}
