import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { languages } from '../../../flows/kit/words.ts'
import { readCatalogue } from '../../../src/capabilities/professions/seed.ts'
import { findAnswers, readAnswers } from '../../../src/capabilities/search/answers.ts'
import { root } from '../../../src/config.ts'
import { agreed } from '../../support/people.ts'

const answers = await readAnswers(root)
const find = findAnswers(answers)
const world = { chatId: 1, person: agreed('kk'), now: 0 }
const idsFor = async (text: string) => (await find(text, world)).map(({ input }) => input)

/** Texts with the answer each leads to. */
function readAsked(): [string, string][] {
  const file = new URL('asked.yaml', import.meta.url)
  const asked = z.record(z.string(), z.array(z.array(z.string()))).parse(parse(readFileSync(file, 'utf8')))
  return Object.entries(asked).flatMap(([id, lists]) => lists.flat().map((text): [string, string] => [text, id]))
}

test.each(readAsked())('"%s" is answered by %s and nothing else', async (text, id) => {
  expect(await idsFor(text)).toEqual([{ answer: id }])
})

test('every answer is asked for in every language, here too', () => {
  const asked = new Set(readAsked().map(([, id]) => id))
  expect(answers.map(({ id }) => id).filter((id) => !asked.has(id))).toEqual([])
})

describe.each(answers)('the answer $id', ({ text, source, checked, name }) => {
  test('says the same figures in every language', () => {
    // 41 896, 41,896 and 41 896 are one number.
    const figures = (said: string) =>
      [...said.replace(/(\d)[\s,\u00a0](?=\d{3}(?!\d))/g, '$1').matchAll(/\d+/g)].map(([figure]) => figure).sort()
    for (const language of ['ru', 'en'] as const) expect(figures(text[language]), language).toEqual(figures(text.kk))
    for (const language of ['ru', 'en'] as const)
      expect(figures(source[language]), language).toEqual(figures(source.kk))
  })

  test('names where it stands, by a day, a year or an article, and was looked up in no month to come', () => {
    expect(source.ru).toMatch(/\d{4}|ст\. \d/)
    expect(checked <= new Date().toISOString().slice(0, 7)).toBe(true)
  })

  test.each(languages)('commands nobody and cries nothing out in %s', (language) => {
    expect(`${name[language]} ${text[language]}`).not.toMatch(/—|!|\p{L}\([аи]\)|should|должны|міндеттісіз/u)
  })
})

test('no name of a profession asks for an answer', async () => {
  const { professions } = await readCatalogue(new URL('prisma/seed/', root))
  for (const { name } of professions)
    for (const language of languages) expect(await idsFor(name[language]), name[language]).toEqual([])
})

test.each(['повар', 'мне грустно', 'душа болит', 'привет', 'үй жұмысы', 'какая погода', ''])(
  '"%s" asks for none',
  async (text) => expect(await idsFor(text)).toEqual([]),
)

test('a text about two subjects is offered both', async () => {
  const found = await idsFor('общежитие и стипендия')
  expect(found).toContainEqual({ answer: 'dormitory' })
  expect(found).toContainEqual({ answer: 'benefits' })
})

describe('the folder of answers', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'serik-answers-'))
    mkdirSync(join(folder, 'flows/search/answers'), { recursive: true })
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const army = readFileSync(new URL('flows/search/answers/army.yaml', root), 'utf8')
  const read = (text: string) => {
    writeFileSync(join(folder, 'flows/search/answers/army.yaml'), text)
    return readAnswers(pathToFileURL(`${folder}/`))
  }

  test('is read as it stands', async () => {
    expect((await read(army)).map(({ id }) => id)).toEqual(['army'])
  })

  test.each([
    ['a language left out', army.replace(/ {2}en: \[army.*\n/, ''), /army\.yaml .*\n- line \d+, asked\.en/],
    ['no month', army.replace(/checked: .*/, 'checked: lately'), /line \d+, checked: must be a year and a month/],
    [
      'an answer cut off',
      army.replace(/text:[\s\S]*?ru: >-/, 'text:\n  kk: Бір сөз\n  ru: >-'),
      /line \d+, text\.kk: must be two to four/,
    ],
    ['a field that is none', `${army}law: none\n`, /line \d+, law: is not a field here/],
    ['another name', army.replace('id: army', 'id: navy'), /id: is "navy" but the file has another name/],
  ])('says of %s the file, the line and the field', async (_, text, fault) => {
    await expect(read(text)).rejects.toThrow(fault)
  })
})
