import { createRequire } from 'node:module'
import { Resvg } from '@resvg/resvg-js'

/** Where a line of words really stands, measured with its font. */
export type Box = {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** The box of every line of a picture drawn as SVG. */
export function boxesOf(svg: string): Box[] {
  const lines = [...svg.matchAll(/<text [^>]*>([^<]*)<\/text>/g)]
  return lines.flatMap(([line, text = '']) => {
    const alone = svg.replace(/<text [^>]*>[^<]*<\/text>/g, (other) => (other === line ? other : ''))
    const bare = alone.replace(/<(rect|path|polygon|polyline|circle|line)\b[^>]*>(<\/\1>)?/g, '')
    const box = new Resvg(bare, { font: { fontFiles, loadSystemFonts: false } }).getBBox()
    return box === undefined ? [] : [{ text, x: box.x, y: box.y, width: box.width, height: box.height }]
  })
}

/** Lines that run out of a picture of this size, or into another line. */
export function misplaced(boxes: readonly Box[], height: number): string[] {
  const outside = boxes.filter((box) => box.x < 20 || right(box) > 980 || box.y < 0 || below(box) > height)
  const crossed = boxes.filter((box, index) => boxes.slice(index + 1).some((other) => meet(box, other)))
  return [...outside, ...crossed].map(({ text }) => text)
}

const right = ({ x, width }: Box) => x + width
const below = ({ y, height }: Box) => y + height

function meet(one: Box, other: Box): boolean {
  return one.x < right(other) && other.x < right(one) && one.y < below(other) && other.y < below(one)
}

const { resolve } = createRequire(import.meta.url)
const fontFiles = ['400Regular/NotoSans_400Regular.ttf', '700Bold/NotoSans_700Bold.ttf'].map((file) =>
  resolve(`@expo-google-fonts/noto-sans/${file}`),
)
