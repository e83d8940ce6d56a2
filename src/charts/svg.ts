import type { Look } from '../../flows/kit/picture.ts'
import { hueOf, type Palette, palettes } from './colours.ts'
import { wrap } from './letters.ts'

/** Of every picture, in pixels: about two and a half on one of a phone. */
export const width = 1000
export const margin = 40

/** What a picture is drawn with. */
export type Pen = { readonly fontFamily: string; readonly look: Look; readonly palette: Palette }

export function penOf(look: Look, fontFamily: string): Pen {
  return { look, fontFamily, palette: palettes[look] }
}

const titleStyle = { size: 40, isBold: true }
const noteStyle = { size: 28 }

export type TextStyle = {
  readonly size: number
  readonly colour: string
  readonly isBold?: boolean
  readonly anchor?: 'start' | 'middle' | 'end'
}

/** Something drawn and how much room it takes below its beginning. */
export type Drawn = { readonly svg: string; readonly height: number }

/** A picture of the parts on its ground, which reaches every edge: Telegram itself rounds the corners. */
export function svgOf(parts: readonly string[], height: number, { fontFamily, palette }: Pen): string {
  const size = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`
  const ground = `<rect width="${width}" height="${height}" fill="${palette.panel}"/>`
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="${fontFamily}">${ground}${parts.join('')}</svg>`
}

/** The title of a picture, and a note under it, with the room around them. */
export function headingOf({ title, note = '' }: Heading, { text, faint }: Palette): Drawn {
  const room = { width: width - 2 * margin, most: 3 }
  const titled = textOf(wrap(title, { ...room, ...titleStyle }), margin, margin, { ...titleStyle, colour: text })
  const noteTop = margin + titled.height + 10
  const lines = note === '' ? [] : wrap(note, { ...room, ...noteStyle })
  const noted = textOf(lines, margin, noteTop, { ...noteStyle, colour: faint })
  return { svg: titled.svg + noted.svg, height: noteTop + noted.height + 24 }
}

type Heading = { readonly title: string; readonly note?: string }

/** The ground of a whole picture in the colour of the area at a place. */
export function groundOf(place: number, height: number, { look, palette }: Pen): string {
  const { deep, far } = hueOf(place)
  const stops = `<stop offset="0" stop-color="${deep}"/><stop offset="1" stop-color="${look === 'dark' ? palette.ground : far}"/>`
  const gradient = `<defs><linearGradient id="ground" x1="0" y1="0" x2="1" y2="1">${stops}</linearGradient></defs>`
  return `${gradient}<rect width="${width}" height="${height}" fill="url(#ground)"/>`
}

/** Lines one under the other, the first beginning at `top`. */
export function textOf(lines: readonly string[], x: number, top: number, style: TextStyle): Drawn {
  const { size, colour, isBold = false, anchor = 'start' } = style
  const height = lineHeight(size)
  const look = `font-size="${size}" fill="${colour}" text-anchor="${anchor}"${isBold ? ' font-weight="bold"' : ''}`
  const drawn = lines.map((line, index) => {
    const y = top + index * height + size // the letters stand on it, hanging parts fit below
    return `<text ${attributes({ x, y })} ${look}>${escaped(line)}</text>`
  })
  return { svg: drawn.join(''), height: lines.length * height }
}

export function lineHeight(size: number): number {
  return size * 1.3
}

export function rectOf(box: Readonly<Record<'x' | 'y' | 'width' | 'height' | 'rx', number>>, fill: string): string {
  return `<rect ${attributes(box)} fill="${fill}"/>`
}

/** Numbers as they are written into the picture: tenths of a pixel are enough. */
export function attributes(numbers: Readonly<Record<string, number>>): string {
  return Object.entries(numbers)
    .map(([name, value]) => `${name}="${rounded(value)}"`)
    .join(' ')
}

export function rounded(value: number): number {
  return Math.round(value * 10) / 10
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
