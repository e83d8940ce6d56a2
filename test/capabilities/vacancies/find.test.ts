import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Hit } from '../../../flows/search/contract.ts'
import { Filter } from '../../../flows/vacancies/matching/filter.ts'
import { createProfessionsByTitle } from '../../../src/capabilities/professions/by-title.ts'
import { readCatalogue } from '../../../src/capabilities/professions/seed.ts'
import { findVacancies, seekingWordsIn } from '../../../src/capabilities/vacancies/find.ts'
import { readKnowledge } from '../../../src/capabilities/vacancies/knowledge.ts'
import { createNames } from '../../../src/capabilities/vacancies/names.ts'
import { createReadSought, type ReadSought, withSought } from '../../../src/capabilities/vacancies/said.ts'
import { root } from '../../../src/config.ts'
import { fillersIn, workWordsIn } from '../../../src/i18n/lists.ts'
import { agreed } from '../../support/people.ts'
import { readWords } from '../../support/words.ts'

const Row = z.tuple([z.string(), z.string()], z.union([z.string(), z.int()]))
const Rows = z.array(Row)
const Texts = z.object({
  found: Rows,
  named: Rows,
  worded: z.array(z.tuple([z.string(), z.string(), z.string()], z.int())),
  read: z.array(z.tuple([z.string(), z.record(z.string(), z.unknown())])),
  else: z.array(z.string()),
})
const texts = Texts.parse(parse(readFileSync(new URL('sought.yaml', import.meta.url), 'utf8')))
let readSought: ReadSought
let find: (text: string, region?: string) => Promise<readonly Hit[]>
/** Words that stand in open vacancies. */
const standing = ['даяшы', 'официантом', 'waiter', 'курьер', 'курьером', 'дәретхана']

beforeAll(async () => {
  const words = await readWords()
  const knowledge = await readKnowledge(root)
  const catalogue = await readCatalogue(new URL('prisma/seed/', root))
  const idle = new Set([...fillersIn(words), ...workWordsIn(words)])
  readSought = createReadSought(
    knowledge.words,
    createProfessionsByTitle(catalogue),
    idle,
    seekingWordsIn(words).beside,
  )
  const finder = findVacancies(
    readSought,
    createNames(knowledge, catalogue).of,
    seekingWordsIn(words),
    async ({ words: [asked] }) => (standing.includes(asked ?? '') ? 3 : 0),
  )
  find = async (text, region) => finder(text, { chatId: 1, person: { ...agreed('kk'), region }, now: 0 })
})

test('whoever carries loads is no driver of trucks', async () => {
  const titleOf = createProfessionsByTitle(await readCatalogue(new URL('prisma/seed/', root)))
  expect(titleOf('Жүк тасушы')).toEqual([])
  expect(titleOf('Жүк тасымалдаушы')).toEqual(['truck-driver'])
})

describe('a search for work', () => {
  const each = '%s: profession %s, region %s, pay %s'
  test.each(texts.found)(each, (...row) => expectSearch('whole', row))
  test.each(texts.named)(each, (...row) => expectSearch('exact', row))

  async function expectSearch(fit: Hit['fit'], [text, profession, region = '', pay]: z.infer<typeof Row>) {
    const [hit] = await find(text)
    expect(hit).toMatchObject({ flow: 'vacancies', fit })
    const { professions, regions, leastPay } = z.object({ filter: Filter }).parse(hit?.input).filter
    expect([professions[0] ?? '', regions.join(), leastPay]).toEqual([profession, region, pay ?? null])
  }

  test.each(texts.read)('%s is read where one is asked for: %j', (text, expected) => {
    const sought = readSought(text)
    const filter = sought && withSought(Filter.parse({ ageBand: '18+' }), sought)
    expect(filter).toEqual({ ...Filter.parse({ ageBand: '18+' }), ...expected })
  })

  test.each(texts.else)('is not meant by: %s', async (text) => {
    expect(await find(text)).toEqual([])
  })

  test.each(texts.worded)(
    '%s: by the words %s, region %s, where open vacancies have them',
    async (text, words, region, pay) => {
      const [hit] = await find(text)
      expect(hit).toMatchObject({ flow: 'vacancies', fit: 'word' })
      const { filter } = z.object({ filter: Filter }).parse(hit?.input)
      expect([filter.words.join(), filter.regions.join(), filter.leastPay]).toEqual([words, region, pay ?? null])
    },
  )

  test('by its profession alone is made where the person lives', async () => {
    const [hit] = await find('аспаз жұмысы', '79')
    expect(z.object({ filter: Filter }).parse(hit?.input).filter.regions).toContain('79')
    expect((await readWords()).plain(hit?.label ?? { key: '' }, 'kk')).toMatch(/Аспаз.*Шымкент/)
  })
})
