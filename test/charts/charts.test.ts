import { Resvg } from '@resvg/resvg-js'
import { describe, expect, test } from 'vitest'
import type { Bars, Picture, Radar, Table } from '../../flows/kit/picture.ts'
import { svgOfBars } from '../../src/charts/bars.ts'
import { createCharts, unknownMakers } from '../../src/charts/charts.ts'
import { svgOfRadar } from '../../src/charts/radar.ts'
import { svgOfTable } from '../../src/charts/table.ts'
import { boxesOf, misplaced } from './boxes.ts'

const titles = { title: 'Сізге не қызық', note: 'Қою түс: ең қызық бағыттар' }
const areas = ['Зерттеу', 'Өнер', 'Адамдарға көмектесу', 'Ұйымдастыру', 'Тәртіп', 'Қолмен жұмыс']
const bars = (...labels: string[]): Bars<string> => ({
  ...{ type: 'bars', ...titles, min: 0, max: 5 },
  bars: labels.map((label, index) => ({ label, value: 1 + index, highlighted: index === 0 })),
})
const radar = (...axes: string[]): Radar<string> => ({
  ...{ type: 'radar', ...titles, min: 1, max: 7, axes },
  profiles: ['Сіз', 'Аспаз', 'Дәнекерлеуші'].map((label, shift) => ({
    label,
    values: axes.map((_, index) => 1 + ((index + 2 * shift) % 7)),
  })),
})
const table = (...texts: string[]): Table<string> => ({
  ...{ type: 'table', ...titles, header: ['Не үшін', 'Айына'] },
  rows: texts.map((text, index) => [{ text }, { text: `${index} 000 ₸`, highlighted: index === 0 }]),
})
const heightOf = (svg: string) => new Resvg(svg).height

describe.each<[string, (...texts: string[]) => Picture<string>, number]>([
  ['a chart of bars', bars, 746],
  ['a radar', radar, 977],
  ['a table', table, 672],
])('%s', (_, make, height) => {
  test('is a PNG 1000 pixels wide, the same bytes each time', async () => {
    const png = Buffer.from(await createCharts().png(make(...areas)))
    expect(png.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1000, height])
    expect(Buffer.from(await createCharts().png(make(...areas))).equals(png)).toBe(true)
  })

  test('is read by resvg whatever stands in a label', async () => {
    const odd = ['<b>&"{x|y}', '', ' ', '\u0000\u001b\ufffe\ud800', 'x'.repeat(500)]
    const png = Buffer.from(await createCharts().png(make(...odd)))
    expect(png.readUInt32BE(16)).toBe(1000)
  })
})

test('every Kazakh letter is in the font', async () => {
  const tofu = await createCharts().png(bars('\u{10fffd}'))
  const pictures = new Set<string>([Buffer.from(tofu).toString('base64')])
  const letters = [...'әғқңөұүһіӘҒҚҢӨҰҮҺІ']
  for (const letter of letters) pictures.add(Buffer.from(await createCharts().png(bars(letter))).toString('base64'))
  expect(pictures.size).toBe(letters.length + 1)
})

const long = [
  'Ұйымдастыру және кәсіпкерлік, адамдарды бастап жүру',
  'Қоғамдық жауапкершіліктеріңіздегілерсіз шығармашылық',
  'Организация и предпринимательство, руководство людьми',
  'жауапкершіліктеріңіздегілерсіздердікіндей',
  'Working with machines, materials and instruments outdoors',
  'ЖҰМЫСШЫЛАРДЫҢ ҚАУІПСІЗДІГІ',
]

describe('long words', () => {
  const longTitle = { title: long.join(', '), note: long.join('; ') }

  test('break beside bars and above them', () => {
    const svg = svgOfBars({ ...bars(...long), ...longTitle }, 'Noto Sans')
    expect(misplaced(boxesOf(svg), heightOf(svg))).toEqual([])
  })

  test.each([3, 4, 5, 6, 7, 8, 9, 10, 11, 12])('break around a radar with %i axes', (count) => {
    const axes = Array.from({ length: count }, (_, index) => long[index % long.length] ?? '')
    const profiles = [{ label: long.join(' '), values: axes.map(() => 7) }]
    const svg = svgOfRadar({ ...radar(...axes), ...longTitle, profiles }, 'Noto Sans')
    expect(misplaced(boxesOf(svg), heightOf(svg))).toEqual([])
  })

  test.each([1, 2, 3, 4, 6])('break in a table of %i columns', (columns) => {
    const row = (from: number) =>
      Array.from({ length: columns }, (_, column) => long[(from + column) % long.length] ?? '')
    const rows = long.map((_, from) =>
      row(from).map((text, column) => ({ text, highlighted: (from + column) % 2 === 0 })),
    )
    const svg = svgOfTable({ type: 'table', ...longTitle, header: row(0), rows }, 'Noto Sans')
    expect(misplaced(boxesOf(svg), heightOf(svg))).toEqual([])
  })
})

describe('bars', () => {
  test('have no figures, and labels of two lines at most', () => {
    const svg = svgOfBars(bars('Ұйымдастыру және кәсіпкерлік, адамдарды бастап жүру', 'Өнер'), 'Noto Sans')
    const texts = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text)
    expect(texts).toEqual(['Ұйымдастыру және', 'кәсіпкерлік,…', 'Өнер', 'Сізге не қызық', 'Қою түс: ең қызық бағыттар'])
  })
})

describe('a radar', () => {
  test('draws each profile in a colour and a stroke of its own, and names it', () => {
    const svg = svgOfRadar(radar(...areas), 'Noto Sans')
    const strokes = [...svg.matchAll(/<polygon [^>]*stroke="([^"]+)"[^>]*stroke-dasharray="([^"]+)"/g)]
    expect(new Set(strokes.map(([, colour]) => colour)).size).toBe(3)
    expect(new Set(strokes.map(([, , dashes]) => dashes)).size).toBe(3)
    expect(boxesOf(svg).map(({ text }) => text)).toEqual(expect.arrayContaining(['Өнер', 'Тәртіп', 'Сіз', 'Аспаз']))
  })

  test('of fewer than three axes is refused', () => {
    expect(() => svgOfRadar(radar('a', 'b'), 'Noto Sans')).toThrow('needs at least three axes')
  })

  test('keeps values beyond its ends on the outermost ring and in the middle', () => {
    const profile = (...values: number[]) =>
      svgOfRadar({ ...radar('a', 'b', 'c'), profiles: [{ label: 'x', values }] }, 'Noto Sans')
    expect(profile(70, -5, 4)).toBe(profile(7, 1, 4))
    expect(profile(7, 1, 4)).not.toBe(profile(7, 2, 4))
    expect(profile(7, 4)).toBe(profile(7, 4, 1))
  })
})

describe('a table', () => {
  test('makes highlighted cells stand out, and takes rows of any length', async () => {
    const plain = svgOfTable({ ...table(), rows: [[{ text: 'a' }, { text: 'b' }]] }, 'Noto Sans')
    const one = svgOfTable({ ...table(), rows: [[{ text: 'a' }, { text: 'b', highlighted: true }]] }, 'Noto Sans')
    const bold = (svg: string) =>
      [...svg.matchAll(/<text [^>]*font-weight="bold"[^>]*>([^<]*)</g)].map(([, text]) => text)
    expect(bold(plain)).toEqual(['Сізге не қызық', 'Не үшін', 'Айына'])
    expect(bold(one)).toEqual([...bold(plain), 'b'])
    const ragged = svgOfTable(
      { ...table(), rows: [[], [{ text: 'a' }], ['1', '2', '3'].map((text) => ({ text }))] },
      'Noto Sans',
    )
    expect(misplaced(boxesOf(ragged), heightOf(ragged))).toEqual([])
  })
})

describe('an image', () => {
  const image = { type: 'image', maker: 'code', data: { link: 'https://example.org' }, title: 'Топ' } as const

  test('is made by the maker it names, of its data and title', async () => {
    const charts = createCharts({ makers: { code: (data, title) => Buffer.from(JSON.stringify([data, title])) } })
    expect(Buffer.from(await charts.png(image)).toString()).toBe('[{"link":"https://example.org"},"Топ"]')
  })

  test('whose maker is not there is refused by name, and known before', async () => {
    await expect(createCharts().png(image)).rejects.toMatchObject({
      name: 'ContentError',
      message: expect.stringContaining('drawn by "code", which is no maker'),
    })
    expect(unknownMakers([image, bars('a')], {})).toEqual([expect.stringContaining('"code"')])
    expect(unknownMakers([image], { code: () => new Uint8Array() })).toEqual([])
  })
})
