import { Resvg } from '@resvg/resvg-js'
import { describe, expect, test } from 'vitest'
import { type Bars, type Card, looks, type Picture, type Radar, type Table } from '../../flows/kit/picture.ts'
import { svgOfBars } from '../../src/charts/bars.ts'
import { svgOfCard } from '../../src/charts/card.ts'
import { createCharts, unknownMakers } from '../../src/charts/charts.ts'
import { hues, palettes } from '../../src/charts/colours.ts'
import { svgOfRadar } from '../../src/charts/radar.ts'
import { penOf } from '../../src/charts/svg.ts'
import { svgOfTable } from '../../src/charts/table.ts'
import { boxesOf, misplaced } from './boxes.ts'

const titles = { title: 'Сізге не қызық', note: 'Қою түс: ең қызық бағыттар' }
const areas = ['Зерттеу', 'Өнер', 'Адамдарға көмектесу', 'Ұйымдастыру', 'Тәртіп', 'Қолмен жұмыс']
const pen = penOf('light', 'Noto Sans')
const bars = (...labels: string[]): Bars<string> => ({
  ...{ type: 'bars', ...titles, min: 0, max: 5, ends: ['ұнамайды', 'өте ұнайды'] },
  bars: labels.map((label, index) => ({ label, value: 1 + index, highlighted: index === 0, sign: sign(index) })),
})
const sign = (index: number) => `riasec.${[...'RIASEC'][index]}`
const card = (...labels: string[]): Card<string> => ({
  ...{ type: 'card', ...titles },
  areas: labels.map((label, place) => ({ label, place, sign: sign(place) })),
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
  ['a chart of bars', bars, 1169],
  ['a card', card, 1816],
  ['a radar', radar, 977],
  ['a table', table, 672],
])('%s', (_, make, height) => {
  test('is a PNG 1000 pixels wide, the same bytes each time', async () => {
    const png = Buffer.from(await createCharts().png(make(...areas), 'light'))
    expect(png.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1000, height])
    expect(Buffer.from(await createCharts().png(make(...areas), 'light')).equals(png)).toBe(true)
  })

  test('is read by resvg whatever stands in a label', async () => {
    const odd = ['<b>&"{x|y}', '', ' ', '\u0000\u001b\ufffe\ud800', 'x'.repeat(500)]
    const png = Buffer.from(await createCharts().png(make(...odd), 'dark'))
    expect(png.readUInt32BE(16)).toBe(1000)
  })
})

test('every Kazakh letter is in the font', async () => {
  const tofu = await createCharts().png(bars('\u{10fffd}'), 'light')
  const pictures = new Set<string>([Buffer.from(tofu).toString('base64')])
  const letters = [...'әғқңөұүһіӘҒҚҢӨҰҮҺІ']
  for (const letter of letters) {
    pictures.add(Buffer.from(await createCharts().png(bars(letter), 'light')).toString('base64'))
  }
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

  test.each([3, 4, 5, 6, 7, 8, 9, 10, 11, 12])('break around a radar with %i axes', (count) => {
    const axes = Array.from({ length: count }, (_, index) => long[index % long.length] ?? '')
    const profiles = [{ label: long.join(' '), values: axes.map(() => 7) }]
    const svg = svgOfRadar({ ...radar(...axes), ...longTitle, profiles }, pen)
    expect(misplaced(boxesOf(svg), heightOf(svg))).toEqual([])
  })

  test.each([1, 2, 3, 4, 6])('break in a table of %i columns', (columns) => {
    const row = (from: number) =>
      Array.from({ length: columns }, (_, column) => long[(from + column) % long.length] ?? '')
    const rows = long.map((_, from) =>
      row(from).map((text, column) => ({ text, highlighted: (from + column) % 2 === 0 })),
    )
    const svg = svgOfTable({ type: 'table', ...longTitle, header: row(0), rows }, pen)
    expect(misplaced(boxesOf(svg), heightOf(svg))).toEqual([])
  })

  test.each([1, 2, 3, 6])('break on bars of which %i stand out', (count) => {
    const chart = bars(...long)
    const marked = chart.bars.map((bar, index) => ({ ...bar, highlighted: index < count }))
    const svg = svgOfBars({ ...chart, ...longTitle, ends: [long[1] ?? '', long[3] ?? ''], bars: marked }, pen)
    expect(misplaced(boxesOf(svg), heightOf(svg))).toEqual([])
  })

  test.each([1, 2, 5])('break on a card of %i areas', (count) => {
    const svg = svgOfCard({ ...card(...long.slice(0, count)), ...longTitle }, pen, `@${'long_name_of_a_bot'.repeat(2)}`)
    expect(misplaced(boxesOf(svg), heightOf(svg))).toEqual([])
  })
})

const textsOf = (svg: string) => [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text)

describe('bars', () => {
  const drawnBars = (chart: Bars<string>) =>
    [...svgOfBars(chart, pen).matchAll(/<rect ([^>]*) rx="14" fill="([^"]+)"/g)]
      .filter(([, , fill]) => fill !== palettes.light.line)
      .map(([, box]) => Number(/ width="([\d.]+)"/.exec(box ?? '')?.[1]))
  const withValues = (...values: number[]): Bars<string> => ({
    ...bars(),
    bars: values.map((value) => ({ label: 'a', value })),
  })

  test('have no figures, what stands out in the largest letters, and labels of two lines at most', () => {
    const svg = svgOfBars(bars('Өнер', 'Ұйымдастыру және кәсіпкерлік, адамдарды бастап жүру'), pen)
    const sizes = [...svg.matchAll(/<text[^>]*font-size="(\d+)"[^>]*>([^<]*)</g)].map(([, size, text]) => [text, size])
    expect(sizes.filter(([text]) => text !== 'Өнер').every(([, size]) => size === '46')).toBe(true)
    expect(sizes.filter(([text]) => text === 'Өнер')).toEqual([
      ['Өнер', '84'],
      ['Өнер', '46'],
    ])
    expect(textsOf(svg)).toEqual([
      ...['Сізге не қызық', 'Өнер', 'Өнер', 'Ұйымдастыру және', 'кәсіпкерлік, адамдарды…'],
      ...['ұнамайды', 'өте ұнайды', 'Қою түс: ең қызық бағыттар'],
    ])
  })

  test('of equal values are equally long, and of values that differ are not', () => {
    const [one = 0, other, more = 0, middle] = drawnBars(withValues(2, 2, 3, 2.5))
    expect(one).toBe(other)
    expect(more).toBeGreaterThan(one)
    expect(middle).toBe((one + more) / 2)
  })

  test('stay within their ends, and the shortest is still to be seen', () => {
    const [below, least, most, above] = drawnBars(withValues(-3, 0, 5, 9))
    expect([below, above]).toEqual([least, most])
    expect(least).toBeGreaterThan(20)
  })

  test('of an instrument without signs, and of more areas than there are colours, are drawn all the same', () => {
    const many = Array.from({ length: 9 }, (_, index) => ({ label: `Сала ${index}`, value: 3 }))
    const svg = svgOfBars({ ...bars(), bars: many }, pen)
    expect(misplaced(boxesOf(svg), heightOf(svg))).toEqual([])
    expect(svg).not.toContain('<path')
  })
})

describe('a card', () => {
  test('has its areas, its note and whose bot it is from, and nothing else', () => {
    expect(textsOf(svgOfCard(card('Өнер', 'Зерттеу'), pen, '@serik_bot'))).toEqual([
      ...['Сізге не қызық', 'Өнер', 'Зерттеу', 'Қою түс: ең қызық бағыттар', '@serik_bot'],
    ])
  })
})

describe.each(looks)('in the %s look', (look) => {
  const { panel, text, faint } = palettes[look]

  test('letters and bars stand out from what is under them', () => {
    expect(Math.min(contrast(text, panel), contrast(faint, panel))).toBeGreaterThan(5)
    for (const hue of hues) expect(contrast(hue[look], panel), JSON.stringify(hue)).toBeGreaterThan(3)
    for (const { deep, far } of hues) expect(Math.min(contrast(white, deep), contrast(white, far))).toBeGreaterThan(4.2)
  })

  test('every letter of bars and of a card can be read where the picture is 300 pixels wide', () => {
    const own = penOf(look, 'Noto Sans')
    const svgs = [svgOfBars(bars(...areas), own), svgOfCard(card(...areas.slice(0, 2)), own, '@serik_bot')]
    const sizes = svgs.flatMap((svg) => [...svg.matchAll(/font-size="(\d+)"/g)].map(([, size]) => Number(size)))
    expect(Math.min(...sizes)).toBeGreaterThan(1000 / 22)
  })
})

test('the looks differ in every kind of picture', async () => {
  const charts = createCharts()
  for (const picture of [bars(...areas), card('Өнер'), radar(...areas), table(...areas)]) {
    const [light, dark] = await Promise.all(looks.map((look) => charts.png(picture, look)))
    expect(Buffer.from(light ?? []).equals(Buffer.from(dark ?? [])), picture.type).toBe(false)
  }
})

const white = '#ffffff'

/** As the guidelines for accessible content define it. */
function contrast(one: string, other: string): number {
  const [dark = 0, bright = 0] = [one, other].map(luminance).sort((a, b) => a - b)
  return (bright + 0.05) / (dark + 0.05)
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

describe('a radar', () => {
  test('draws each profile in a colour and a stroke of its own, and names it', () => {
    const svg = svgOfRadar(radar(...areas), pen)
    const strokes = [...svg.matchAll(/<polygon [^>]*stroke="([^"]+)"[^>]*stroke-dasharray="([^"]+)"/g)]
    expect(new Set(strokes.map(([, colour]) => colour)).size).toBe(3)
    expect(new Set(strokes.map(([, , dashes]) => dashes)).size).toBe(3)
    expect(boxesOf(svg).map(({ text }) => text)).toEqual(expect.arrayContaining(['Өнер', 'Тәртіп', 'Сіз', 'Аспаз']))
  })

  test('of fewer than three axes is refused', () => {
    expect(() => svgOfRadar(radar('a', 'b'), pen)).toThrow('needs at least three axes')
  })

  test('keeps values beyond its ends on the outermost ring and in the middle', () => {
    const profile = (...values: number[]) =>
      svgOfRadar({ ...radar('a', 'b', 'c'), profiles: [{ label: 'x', values }] }, pen)
    expect(profile(70, -5, 4)).toBe(profile(7, 1, 4))
    expect(profile(7, 1, 4)).not.toBe(profile(7, 2, 4))
    expect(profile(7, 4)).toBe(profile(7, 4, 1))
  })
})

describe('a table', () => {
  test('makes highlighted cells stand out, and takes rows of any length', async () => {
    const plain = svgOfTable({ ...table(), rows: [[{ text: 'a' }, { text: 'b' }]] }, pen)
    const one = svgOfTable({ ...table(), rows: [[{ text: 'a' }, { text: 'b', highlighted: true }]] }, pen)
    const bold = (svg: string) =>
      [...svg.matchAll(/<text [^>]*font-weight="bold"[^>]*>([^<]*)</g)].map(([, text]) => text)
    expect(bold(plain)).toEqual(['Сізге не қызық', 'Не үшін', 'Айына'])
    expect(bold(one)).toEqual([...bold(plain), 'b'])
    const ragged = svgOfTable(
      { ...table(), rows: [[], [{ text: 'a' }], ['1', '2', '3'].map((text) => ({ text }))] },
      pen,
    )
    expect(misplaced(boxesOf(ragged), heightOf(ragged))).toEqual([])
  })
})

describe('an image', () => {
  const image = { type: 'image', maker: 'code', data: { link: 'https://example.org' }, title: 'Топ' } as const

  test('is made by the maker it names, of its data and title', async () => {
    const charts = createCharts({ makers: { code: (data, title) => Buffer.from(JSON.stringify([data, title])) } })
    expect(Buffer.from(await charts.png(image, 'light')).toString()).toBe('[{"link":"https://example.org"},"Топ"]')
  })

  test('whose maker is not there is refused by name, and known before', async () => {
    await expect(createCharts().png(image, 'light')).rejects.toMatchObject({
      name: 'ContentError',
      message: expect.stringContaining('drawn by "code", which is no maker'),
    })
    expect(unknownMakers([image, bars('a')], {})).toEqual([expect.stringContaining('"code"')])
    expect(unknownMakers([image], { code: () => new Uint8Array() })).toEqual([])
  })
})
