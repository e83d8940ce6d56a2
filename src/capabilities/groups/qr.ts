import encodeQR from 'qr'
import { z } from 'zod'
import type { Maker } from '../../charts/charts.ts'

/** Pixels of one dot: a link is about 40 dots wide, and is read from across a room on a wall. */
const dot = 20

/** A link as a picture that a camera reads: black on white, whatever colours its reader likes. */
export const qrMaker: Maker = async (data) => {
  const svg = encodeQR(z.string().max(200).parse(data), 'svg', { ecc: 'medium', border: 4, scale: dot })
  const { Resvg } = await import('@resvg/resvg-js')
  return new Resvg(svg, { background: 'white', fitTo: { mode: 'width', value: 1000 } }).render().asPng()
}
