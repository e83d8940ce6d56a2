import { Resvg } from '@resvg/resvg-js'
import decodeQR from 'qr/decode.js'
import { expect, test } from 'vitest'
import { qrMaker } from '../../../src/capabilities/groups/qr.ts'

test('the picture of a link is read by a camera as the link, and is the same for the same link', async () => {
  const link = 'https://t.me/some_bot?start=kod-abcdefghijklmnopqrstuvwx'
  const png = await qrMaker(link, 'Example')
  expect(Buffer.from(png).subarray(1, 4).toString()).toBe('PNG')
  expect(await qrMaker(link, 'Example')).toEqual(png)
  const source = `data:image/png;base64,${Buffer.from(png).toString('base64')}`
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="500" height="500"><image href="${source}" width="500" height="500"/></svg>`
  const { pixels, width, height } = new Resvg(svg).render()
  expect(decodeQR({ data: pixels, width, height })).toBe(link)
})
