import { wrap } from './letters.ts'

/** Of every picture, in pixels: about two and a half on one of a phone. */
export const width = 1000
export const margin = 40
/** Calm teal on white: 7.6:1 for what stands out, 3.3:1 for the rest; text 15:1 and 7:1. */
export const colours = { strong: '#0b5d57', quiet: '#6f9794', text: '#1f2933', faint: '#52606d', line: '#e4e7eb' }

const titleLook = { size: 40, colour: colours.text, isBold: true }
const noteLook = { size: 28, colour: colours.faint }

export type TextStyle = {
  readonly size: number
  readonly colour: string
  readonly isBold?: boolean
  readonly anchor?: 'start' | 'middle' | 'end'
}

/** Something drawn and how much room it takes below its beginning. */
export type Drawn = { readonly svg: string; readonly height: number }

/** A picture of the parts, on white. */
export function svgOf(parts: readonly string[], height: number, fontFamily: string): string {
  const size = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`
  const ground = `<rect width="${width}" height="${height}" fill="#ffffff"/>`
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="${fontFamily}">${ground}${parts.join('')}</svg>`
}

/** The title of a picture, and a note under it, with the room around them. */
export function headingOf({ title, note = '' }: { readonly title: string; readonly note?: string }): Drawn {
  const room = { width: width - 2 * margin, most: 3 }
  const titled = textOf(wrap(title, { ...room, ...titleLook }), margin, margin, titleLook)
  const noteTop = margin + titled.height + 10
  const noted = textOf(note === '' ? [] : wrap(note, { ...room, ...noteLook }), margin, noteTop, noteLook)
  return { svg: titled.svg + noted.svg, height: noteTop + noted.height + 24 }
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
