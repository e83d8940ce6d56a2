import { Resvg } from '@resvg/resvg-js'
import { expect, it } from 'vitest'
import { createCharts } from '../../src/charts/charts.ts'
import type { Bars } from '../../src/charts/svg.ts'
import { svgOf } from '../../src/charts/svg.ts'

const bars = (...labels: string[]): Bars => ({
  title: 'Сізге не қызық',
  note: 'Қою түс: ең қызық бағыттар',
  min: 0,
  max: 5,
  bars: labels.map((label, index) => ({ label, value: 1 + index, highlighted: index === 0 })),
})
const six = bars('Зерттеу', 'Өнер', 'Адамдарға көмектесу', 'Ұйымдастыру', 'Тәртіп', 'Қолмен жұмыс')

it('draws a PNG 1000 pixels wide, the same bytes each time', async () => {
  const png = Buffer.from(await createCharts().png(six))
  expect(png.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1000, 746])
  expect(Buffer.from(await createCharts().png(six)).equals(png)).toBe(true)
})

it('has every Kazakh letter in its font', async () => {
  const tofu = await createCharts().png(bars('\u{10fffd}'))
  const pictures = new Set<string>([Buffer.from(tofu).toString('base64')])
  const letters = [...'әғқңөұүһіӘҒҚҢӨҰҮҺІ']
  for (const letter of letters) pictures.add(Buffer.from(await createCharts().png(bars(letter))).toString('base64'))
  expect(pictures.size).toBe(letters.length + 1)
})

it('writes no figures, and breaks long labels into lines that fit', () => {
  const svg = svgOf(bars('Ұйымдастыру және кәсіпкерлік, адамдарды бастап жүру', 'Өнер'), 'Noto Sans')
  const texts = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text)
  expect(texts).toEqual(['Ұйымдастыру және', 'кәсіпкерлік,…', 'Өнер', 'Сізге не қызық', 'Қою түс: ең қызық бағыттар'])
})

it('is a picture resvg reads whatever stands in a label', () => {
  const svg = svgOf(bars('<b>&"{x|y}', ''), 'Noto Sans')
  expect(new Resvg(svg).render().width).toBe(1000)
})
