import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { languages } from '../../../flows/kit/words.ts'
import { createProfessionsByTitle, type ProfessionsByTitle } from '../../../src/capabilities/professions/by-title.ts'
import { readCatalogue, type WrittenCatalogue } from '../../../src/capabilities/professions/seed.ts'
import { root } from '../../../src/config.ts'

const Titles = z.array(z.tuple([z.string(), z.string()]))
const titles = Titles.parse(parse(readFileSync(new URL('titles.yaml', import.meta.url), 'utf8')))

let catalogue: WrittenCatalogue
let read: ProfessionsByTitle
beforeAll(async () => {
  catalogue = await readCatalogue(new URL('prisma/seed/', root))
  read = createProfessionsByTitle(catalogue)
})

describe('a title', () => {
  test.each(titles)('%s → %s', (title, profession) => {
    expect(read(title)[0] ?? '').toBe(profession)
  })

  test('that is the name of a profession is read as it, in every language', () => {
    const wrong = catalogue.professions.flatMap(({ id, name }) =>
      languages.map((language) => ({ id, title: name[language] })).filter(({ title }) => read(title)[0] !== id),
    )
    expect(wrong).toEqual([])
  })

  test('is read by themes that are all words of some profession', () => {
    const all = new Set(catalogue.professions.flatMap(({ words }) => languages.flatMap((language) => words[language])))
    const themes = languages.flatMap((language) => catalogue.titles.themes[language])
    expect(themes.filter((theme) => !all.has(theme))).toEqual([])
  })
})
