import { expect, test } from 'vitest'
import type { Picture } from '../../flows/kit/picture.ts'
import { button, link, screen } from '../../flows/kit/screen.ts'
import { checkOf } from '../../src/engine/check.ts'
import { wordsOf } from '../../src/i18n/words.ts'
import { visibleLength } from '../../src/telegram/cut.ts'
import { renderScreen } from '../../src/telegram/render.ts'

const home = { t: '<b>Title</b>', v: 'Hi {{name}}', long: 'x'.repeat(100) }
const words = wordsOf({ kk: { home }, ru: { home }, en: { home } }, { strict: true })
const hi = { key: 'home:v', values: { name: '<&>' } }

test('joins the remark, paragraphs and their lines, and escapes values', () => {
  const of = screen([{ key: 'home:t' }, [hi, hi]])
  expect(renderScreen({ screen: of, revision: 1, remark: hi }, words, 'kk').html).toBe(
    '<i>Hi &lt;&amp;&gt;</i>\n\n<b>Title</b>\n\nHi &lt;&amp;&gt;\nHi &lt;&amp;&gt;',
  )
})

test('gives every button its place, its check and its style; labels are plain and cut', () => {
  const of = screen(
    { key: 'home:t' },
    [link({ key: 'home:t' }, 'https://enbek.kz'), button(hi, { type: 'A' }, 'primary')],
    [button({ key: 'home:long' }, { type: 'B' })],
  )
  const { keyboard } = renderScreen({ screen: of, revision: 36 }, words, 'ru')
  expect(keyboard).toEqual([
    [
      { text: 'Title', url: 'https://enbek.kz' },
      { text: 'Hi <&>', callback_data: `36.1.${checkOf({ type: 'A' })}`, style: 'primary' },
    ],
    [{ text: `${'x'.repeat(63)}…`, callback_data: `36.2.${checkOf({ type: 'B' })}` }],
  ])
})

test('keeps the limit of a text, and of a caption under a picture', () => {
  const many = screen(Array.from({ length: 50 }, () => ({ key: 'home:long' })))
  expect(visibleLength(renderScreen({ screen: many, revision: 1 }, words, 'en').html)).toBeLessThanOrEqual(4096)
  const bar = { label: { key: 'home:t' }, value: 2 }
  const picture = {
    type: 'bars',
    title: { key: 'home:t' },
    min: 0,
    max: 5,
    bars: [bar, { ...bar, highlighted: true }],
  } as const
  const rendered = renderScreen({ screen: { ...many, picture }, revision: 1 }, words, 'en')
  expect(visibleLength(rendered.html)).toBeLessThanOrEqual(1024)
  expect(rendered.picture).toEqual({
    type: 'bars',
    title: 'Title',
    min: 0,
    max: 5,
    bars: [
      { label: 'Title', value: 2 },
      { label: 'Title', value: 2, highlighted: true },
    ],
  })
})

test('puts every kind of picture into the language of its reader', () => {
  const inWords = (picture: Picture) =>
    renderScreen({ screen: { ...screen(hi), picture }, revision: 1 }, words, 'en').picture
  const title = { key: 'home:t' }
  const scale = { min: 0, max: 1 }
  expect(
    inWords({ type: 'radar', title, note: hi, ...scale, axes: [hi], profiles: [{ label: hi, values: [1] }] }),
  ).toEqual({
    type: 'radar',
    title: 'Title',
    note: 'Hi <&>',
    ...scale,
    axes: ['Hi <&>'],
    profiles: [{ label: 'Hi <&>', values: [1] }],
  })
  expect(
    inWords({ type: 'table', title, header: [title], rows: [[{ text: hi }, { text: title, highlighted: true }]] }),
  ).toEqual({
    type: 'table',
    title: 'Title',
    header: ['Title'],
    rows: [
      [
        { text: 'Hi <&>', highlighted: false },
        { text: 'Title', highlighted: true },
      ],
    ],
  })
  expect(inWords({ type: 'image', maker: 'code', data: { a: [1, null] }, title })).toEqual({
    type: 'image',
    maker: 'code',
    data: { a: [1, null] },
    title: 'Title',
  })
})
