import { inflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { CvAnswers } from '../../../flows/applications/cv.ts'
import { fileNameOf, sheetOf, textOf } from '../../../src/capabilities/applications/cv.ts'
import { pdfOf } from '../../../src/capabilities/applications/pdf.ts'
import { readWords } from '../../support/words.ts'

const words = await readWords()
const answers: CvAnswers = {
  name: { text: 'Айгүл Үлгіқызы' },
  town: { place: '75' },
  contact: { text: '+7 700 000 00 00' },
  seeks: { wish: 'part' },
  experience: { text: 'Қонақ күту\nҰн илеу, әңгіме жүргізу' },
}

describe('a CV', () => {
  test('says what was answered, in the order of the questions, under headings of its language', () => {
    expect(textOf(sheetOf(answers, 'kk', words))).toBe(
      [
        'Айгүл Үлгіқызы',
        'Тұратын жері\nАлматы қаласы',
        'Байланыс\n+7 700 000 00 00',
        'Іздейтін жұмысы\nОқудан бос кездегі жұмыс',
        'Тәжірибесі\nҚонақ күту\nҰн илеу, әңгіме жүргізу',
      ].join('\n\n'),
    )
    expect(textOf(sheetOf(answers, 'ru', words))).toContain('Желаемая работа\nРабота в свободное время')
  })

  test('has a file name of its own in each language', () => {
    expect((['kk', 'ru'] as const).map((language) => fileNameOf(sheetOf(answers, language, words)))).toEqual([
      'Түйіндеме.pdf',
      'Резюме.pdf',
    ])
  })

  test('is nothing where nothing was answered', () => {
    expect(textOf(sheetOf({}, 'ru', words))).toBeNull()
  })

  test('keeps signs that are markup elsewhere as they were written', () => {
    expect(textOf(sheetOf({ skills: { text: 'C++ & <b>HTML</b>' } }, 'ru', words))).toBe('Навыки\nC++ & <b>HTML</b>')
  })
})

describe('the page of a CV', () => {
  test('says the same in a font that is inside, Kazakh letters among it', async () => {
    const { text, fonts, pages } = readPdf(await pdfOf(sheetOf(answers, 'kk', words)))
    expect(text).toContain('Айгүл Үлгіқызы')
    expect(text).toContain('Тәжірибесі')
    expect(text).toContain('Ұн илеу, әңгіме жүргізу')
    expect(fonts.length).toBeGreaterThan(0)
    expect(fonts.every((font) => /NotoSans/.test(font))).toBe(true)
    expect(pages).toBe(1)
  })

  test('is the same bytes each time, and names neither program nor hour', async () => {
    const [once, again] = [await pdfOf(sheetOf(answers, 'kk', words)), await pdfOf(sheetOf(answers, 'kk', words))]
    expect(Buffer.compare(once, again)).toBe(0)
    expect(Buffer.from(once).toString('latin1')).not.toMatch(/PDFKit|D:(?!20260101)/i)
  })

  test('goes on on a second page, and loses nothing of what is long', async () => {
    const long = Array.from({ length: 90 }, (_, line) => `Жол ${line + 1}: ұзақ іс туралы әңгіме`).join('\n')
    const { text, pages } = readPdf(await pdfOf(sheetOf({ ...answers, experience: { text: long } }, 'kk', words)))
    expect(pages).toBeGreaterThan(1)
    expect(text).toContain('Жол 1: ')
    expect(text).toContain('Жол 90: ұзақ іс туралы әңгіме')
  })

  test('breaks a word that is longer than the page is wide', async () => {
    const { text } = readPdf(await pdfOf(sheetOf({ skills: { text: 'Ә'.repeat(400) } }, 'ru', words)))
    const lines = text.split('\n').filter((line) => line.startsWith('Ә'))
    expect(lines.length).toBeGreaterThan(3)
    expect(lines.join('')).toHaveLength(400)
  })

  const drawn = async (answers: CvAnswers) => readPdf(await pdfOf(sheetOf(answers, 'ru', words))).text

  test('leaves out what the font has not, small pictures as well as ticks and other scripts, and the gaps of it', async () => {
    const text = await drawn({ skills: { text: 'Сурет 😀👍🏽 салу 🇰🇿, ✓ тігу → 1️⃣ ★ 你好: ыдыс ❤️.\n№ ₸ ½ ™ © – «ән»' } })
    expect(text).toContain('Сурет салу, тігу 1: ыдыс.\n№ ₸ ½ ™ © – «ән»')
    expect(text).not.toContain('\ufffd')
  })

  test('has no heading over what cannot be drawn, and its own title for such a name', async () => {
    const text = await drawn({ name: { text: '你好' }, town: { text: 'Тараз' }, skills: { text: '你好\n你好' } })
    expect(text.trim()).toBe('Резюме\nГде живу\nТараз')
  })
})

/** What a reader of PDF sees: streams unpacked, glyphs put back into letters by the tables the file brings for that. */
function readPdf(bytes: Uint8Array): { text: string; fonts: string[]; pages: number } {
  const raw = Buffer.from(bytes).toString('latin1')
  const objects = new Map<string, string>()
  for (const [, id = '', body = ''] of raw.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) objects.set(id, body)
  const streamOf = (body: string) => {
    const begin = body.indexOf('stream\n')
    if (begin < 0) return ''
    const data = Buffer.from(body.slice(begin + 7, body.lastIndexOf('\nendstream')), 'latin1')
    return body.includes('/FlateDecode') ? inflateSync(data).toString('latin1') : data.toString('latin1')
  }
  const fonts = new Map<string, ReadonlyMap<string, string>>()
  for (const [, name = '', id = ''] of raw.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
    const table = /\/ToUnicode (\d+) 0 R/.exec(objects.get(id) ?? '')?.[1] ?? ''
    fonts.set(name, lettersIn(streamOf(objects.get(table) ?? '')))
  }
  const contents = [...raw.matchAll(/\/Contents (\d+) 0 R/g)].map(([, id = '']) => streamOf(objects.get(id) ?? ''))
  return {
    text: contents.map((content) => textIn(content, fonts)).join('\n'),
    fonts: [...raw.matchAll(/\/FontName \/(\S+)/g)].map(([, name = '']) => name),
    pages: contents.length,
  }
}

/** Ranges `<0000> <00ff> [<0041> <0042> …]`: the letters of glyphs that follow one another. */
function lettersIn(table: string): ReadonlyMap<string, string> {
  const letters = new Map<string, string>()
  for (const [, first = '', , list = ''] of table.matchAll(/<([0-9a-f]{4})> <([0-9a-f]{4})> \[([^\]]*)\]/gi)) {
    const units = [...list.matchAll(/<([0-9a-f ]*)>/gi)].map(([, hex = '']) => hex.replaceAll(' ', ''))
    units.forEach((hex, place) => {
      const glyph = (Number.parseInt(first, 16) + place).toString(16).padStart(4, '0')
      letters.set(glyph, Buffer.from(hex, 'hex').swap16().toString('utf16le'))
    })
  }
  return letters
}

function textIn(content: string, fonts: ReadonlyMap<string, ReadonlyMap<string, string>>): string {
  let letters: ReadonlyMap<string, string> = new Map()
  const lines: string[] = []
  for (const [part] of content.matchAll(/\/F\d+ [\d.]+ Tf|\[[^\]]*\] TJ/g)) {
    const font = /^\/(F\d+)/.exec(part)?.[1]
    if (font !== undefined) letters = fonts.get(font) ?? letters
    else {
      const glyphs = [...part.matchAll(/<([0-9a-f]+)>/gi)].flatMap(([, hex = '']) => hex.match(/.{4}/g) ?? [])
      lines.push(glyphs.map((glyph) => letters.get(glyph.toLowerCase()) ?? '\ufffd').join(''))
    }
  }
  return lines.join('\n')
}
