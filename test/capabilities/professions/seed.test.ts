import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sentencesOf } from '../../../src/base/sentences.ts'
import { type Catalogue, type Profession, readCatalogue } from '../../../src/capabilities/professions/seed.ts'
import onet from './onet.fixture.json' with { type: 'json' }

const seed = new URL('../../../prisma/seed/', import.meta.url)
const languages = ['kk', 'ru', 'en'] as const
const letters = ['R', 'I', 'A', 'S', 'E', 'C'] as const
type Language = (typeof languages)[number]

let catalogue: Catalogue
beforeAll(async () => {
  catalogue = await readCatalogue(seed)
})

describe('the starter catalogue', () => {
  test('holds 48 professions with distinct codes and names', () => {
    const { professions } = catalogue
    expect(professions).toHaveLength(48)
    expect(new Set(professions.map(({ soc }) => soc)).size).toBe(48)
    for (const language of languages) expect(new Set(professions.map(({ name }) => name[language])).size).toBe(48)
  })

  test('reads the same from a path as from a URL', async () => {
    expect(await readCatalogue(fileURLToPath(seed))).toEqual(catalogue)
  })

  test('has at least 30 professions that can be reached without a university', () => {
    const reachable = catalogue.professions.filter(({ ways }) => ways.includes('work') || ways.includes('college'))
    expect(reachable.length).toBeGreaterThanOrEqual(30)
  })

  test('asks for a college or a university wherever a diploma or a permit is required', () => {
    const regulated = ['nurse', 'paramedic', 'doctor', 'pharmacist', 'kindergarten-teacher', 'primary-teacher']
    for (const id of [...regulated, 'veterinary-technician', 'psychologist', 'civil-engineer']) {
      expect(profession(id).ways, id).not.toContain('work')
    }
  })

  test('has between 9 and 11 families, each with at least three professions', () => {
    expect(catalogue.families.length).toBeGreaterThanOrEqual(9)
    expect(catalogue.families.length).toBeLessThanOrEqual(11)
    for (const { id } of catalogue.families) {
      const members = catalogue.professions.filter(({ family }) => family === id)
      expect(members.length, id).toBeGreaterThanOrEqual(3)
    }
  })
})

describe('the interest scores', () => {
  test('equal the published rows', () => {
    const published = new Map(Object.entries(onet.occupations))
    expect(published.size).toBe(48)
    for (const { soc, title, interests, jobZone } of catalogue.professions) {
      expect({ title, interests, jobZone }).toEqual(published.get(soc))
    }
  })

  test('give each of the six areas at least six professions that lead with it', () => {
    for (const letter of letters) {
      const leading = catalogue.professions.filter(({ interests }) => topLetter(interests) === letter)
      expect(leading.length, letter).toBeGreaterThanOrEqual(6)
    }
  })

  test('rank each profession first for its own profile, and no other level with it', () => {
    for (const one of catalogue.professions) {
      for (const other of catalogue.professions) {
        if (other !== one) expect(pearson(one, other), `${one.id} and ${other.id}`).toBeLessThan(1 - 1e-6)
      }
    }
  })
})

describe.each(languages)('the texts in %s', (language) => {
  test('keep to the agreed lengths', () => {
    for (const one of catalogue.professions) {
      expect(one.about[language], one.id).toHaveLength(3)
      expect([2, 3], one.id).toContain(sentencesOf(one.day[language]).length)
      expect([2, 3], one.id).toContain(sentencesOf(one.entry[language]).length)
      for (const sentence of sentencesIn(one, language)) expect(sentence.length, sentence).toBeLessThanOrEqual(160)
      expect(sentencesIn(one, language).join(' ').length, one.id).toBeLessThanOrEqual(1300)
    }
  })

  test('use the letters of the language only', () => {
    const foreign = language === 'en' ? /\p{Script=Cyrillic}/u : /(?!\b(?:IT|CNC|SMM)\b)\b[A-Za-z]/
    for (const text of allTexts(language)) expect(text).not.toMatch(foreign)
  })

  test('name in the way in every school that opens the profession', () => {
    const named =
      language === 'en'
        ? { college: /college/i, university: /universit/i }
        : { college: /колледж/i, university: /университет/i }
    for (const { id, ways, entry } of catalogue.professions) {
      if (ways.includes('college')) expect(entry[language], id).toMatch(named.college)
      if (ways.includes('university')) expect(entry[language], id).toMatch(named.university)
    }
  })

  test('are in no mould: what matters, and the way in, begin differently on every card', () => {
    const { professions } = catalogue
    const matters = professions.map(({ about }) => about[language][2] ?? '')
    const waysIn = professions.map(({ entry }) => entry[language])
    const tries = waysIn.map((entry) => sentencesOf(entry).at(-1) ?? '')
    for (const texts of [matters, waysIn, tries]) expect(mostAlike(texts)).toBeLessThanOrEqual(5)
  })

  test('give no figures', () => {
    for (const text of allTexts(language)) expect(text).not.toMatch(/\d/)
  })

  test('have search words that add to the name', () => {
    for (const { name, words, id } of catalogue.professions) {
      const lowered = words[language].map((word) => word.toLowerCase())
      expect(lowered, id).not.toContain(name[language].toLowerCase())
    }
  })
})

test('uses the letters of Kazakh in every Kazakh text', () => {
  for (const one of catalogue.professions) {
    for (const text of [one.day.kk, one.entry.kk, one.about.kk.join(' ')]) expect(text).toMatch(/[әғқңөұүһі]/i)
  }
})

describe('a faulty file', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'catalogue-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  test.each([
    ['a score out of range', 'R: 7,', 'R: 8,', 'interests.R'],
    ['a missing language', '\n  en: [', '\n  de: [', 'words.en'],
    ['an unknown family', 'family: machines', 'family: space', 'family: "space"'],
    ['an id that is not the file name', 'id: welder', 'id: solderer', 'id: is "solderer"'],
    ['a code used before', 'soc: 51-4121.00', 'soc: 13-2011.00', 'soc: 13-2011.00 already belongs to "accountant"'],
    ['a way that does not exist', 'ways: [work', 'ways: [luck', 'ways.0'],
    ['a second sentence where one is asked', 'шыдам және', 'шыдам. Және', 'about.kk.2'],
    ['broken YAML', 'name: {', 'name: }{', 'not readable as YAML'],
  ])('is refused with its name, line and field: %s', async (_, from, to, field) => {
    await cp(seed, folder, { recursive: true })
    const file = join(folder, 'professions', 'welder.yaml')
    const text = await readFile(file, 'utf8')
    expect(text).toContain(from)
    const line = text.slice(0, text.indexOf(from.trim())).split('\n').length
    await writeFile(file, text.replace(from, to))
    const refusal = await readCatalogue(folder).catch((error: unknown) => String(error))
    expect(refusal).toContain(`${file} needs correcting:\n`)
    expect(refusal).toMatch(new RegExp(`^- line ${line}[,:]`, 'm'))
    expect(refusal).toContain(field)
  })
})

function profession(id: string): Profession {
  const found = catalogue.professions.find((one) => one.id === id)
  if (!found) throw new Error(`The catalogue has no profession "${id}"`)
  return found
}

/** How many of the texts begin with the same two words, at most. */
function mostAlike(texts: string[]): number {
  const beginnings = texts.map((text) => text.split(' ', 2).join(' '))
  return Math.max(...beginnings.map((one) => beginnings.filter((other) => other === one).length))
}

function topLetter(interests: Profession['interests']): string {
  return letters.reduce((best, letter) => (interests[letter] > interests[best] ? letter : best))
}

function pearson(one: Profession, other: Profession): number {
  const [a, b] = [centred(one), centred(other)]
  return product(a, b) / Math.sqrt(product(a, a) * product(b, b))
}

function centred({ interests }: Profession): number[] {
  const mean = letters.reduce((sum, letter) => sum + interests[letter], 0) / letters.length
  return letters.map((letter) => interests[letter] - mean)
}

function product(a: number[], b: number[]): number {
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0)
}

function sentencesIn(one: Profession, language: Language): string[] {
  return [...one.about[language], ...sentencesOf(one.day[language]), ...sentencesOf(one.entry[language])]
}

function allTexts(language: Language): string[] {
  const families = catalogue.families.flatMap(({ name, about }) => [name[language], about[language]])
  const professions = catalogue.professions.flatMap((one) => [
    one.name[language],
    ...sentencesIn(one, language),
    ...one.words[language],
  ])
  return [...families, ...professions]
}
