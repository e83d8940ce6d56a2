import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { topics } from '../../../flows/vacancies/law/terms.ts'
import { readLawTerms } from '../../../src/capabilities/vacancies/law.ts'

const own = new URL('../../../flows/vacancies/terms/law.yaml', import.meta.url)
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'law-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** The project's own file with something changed in it. */
async function changed(change: (terms: ReturnType<typeof parse>) => void): Promise<string> {
  const terms = parse(await readFile(own, 'utf8'))
  change(terms)
  const file = join(folder, 'law.yaml')
  await writeFile(file, stringify(terms))
  return file
}

test('the words have phrases of each topic in both Cyrillic and Latin letters', async () => {
  const { topics: terms } = await readLawTerms(own)
  const lacking = topics.filter(
    (topic) =>
      ![/\p{Script=Cyrillic}/u, /[a-z]/].every((letters) => terms[topic].says.some((text) => letters.test(text))),
  )
  expect(lacking).toEqual([])
})

test.each([
  ['a star inside a word', 'ноч*ной', /star inside/],
  ['a star that stands for nearly any word', 'но*', /too short/],
  ['a star that stands for many a word once its doubled letter is one', 'винн*', /too short/],
  ['nothing', ' ', /night\.says\.0/],
])('%s is refused with its line and field', async (_, phrase, problem) => {
  const file = await changed(({ topics: terms }) => terms.night.says.unshift(phrase))
  await expect(readLawTerms(file)).rejects.toThrow(problem)
  await expect(readLawTerms(file)).rejects.toThrow(/line \d+, topics\.night\.says\.0/)
})

test('a topic that is missing, or that no rule knows, is refused', async () => {
  const missing = await changed(({ topics: terms }) => delete terms.tobacco)
  await expect(readLawTerms(missing)).rejects.toThrow(/topics\.tobacco/)
  const unknown = await changed(({ topics: terms }) => Object.assign(terms, { gold: { says: ['gold'] } }))
  await expect(readLawTerms(unknown)).rejects.toThrow(/gold/)
})

test('words of the clock are letters alone: they become part of a pattern', async () => {
  const file = await changed(({ clock }) => clock.until.push('(a+)+'))
  await expect(readLawTerms(file)).rejects.toThrow(/clock\.until/)
})
