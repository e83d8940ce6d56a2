import { beforeAll, describe, expect, test } from 'vitest'
import { newcomer } from '../../../flows/common/person.ts'
import { createFlows } from '../../../flows/index.ts'
import { readCatalogue } from '../../../src/capabilities/professions/seed.ts'
import { searchAnswers } from '../../../src/capabilities/search/find.ts'
import { createWords } from '../../../src/i18n/words.ts'
import { smallInstrument } from '../../support/instruments.ts'

const root = new URL('../../../', import.meta.url)
type Found = { flows: { id: string }[]; professions: { id: string }[]; reminder: boolean }
let find: (text: string) => Promise<Found>

beforeAll(async () => {
  const catalogue = await readCatalogue(new URL('prisma/seed/', root))
  const words = await createWords(new URL('locales/', root))
  const { 'search.find': answer } = searchAnswers(createFlows([smallInstrument]), words, async () => catalogue)
  const world = { chatId: 1, person: newcomer('kk'), now: 0 }
  find = async (text) => (await answer?.({ text }, world)) as Found
})

describe('free text finds', () => {
  test.each([
    ['аспаз', 'cook'],
    ['Аспазшы болғым келеді', 'cook'],
    ['хочу стать поваром', 'cook'],
    ['COOK', 'cook'],
    ['сварщик', 'welder'],
    ['дәнекерлеуші', 'welder'],
    ['данекерлеуши', 'welder'],
    ['бағдарламашы', 'software-developer'],
  ])('%s → %s first', async (text, id) => {
    expect((await find(text)).professions[0]?.id).toBe(id)
  })

  test('аспаз is a cook and not a musician, whose instrument (аспап) is almost the same word', async () => {
    expect((await find('аспаз')).professions.map(({ id }) => id)).toEqual(['cook'])
  })

  test.each([
    ['баптаулар', 'settings'],
    ['настройки', 'settings'],
    ['help', 'help'],
  ])('%s → the menu entry %s', async (text, id) => {
    expect((await find(text)).flows[0]?.id).toBe(id)
  })

  test.each(['ертең 18:00 құжат тапсыру', 'через 2 часа позвонить', 'every Monday 9:00 English'])(
    'a reminder in "%s"',
    async (text) => expect((await find(text)).reminder).toBe(true),
  )

  test.each(['', '   ', 'щщщщщ', '🙂🙂', 'а', 'x'.repeat(200)])('nothing for "%s"', async (text) => {
    expect(await find(text)).toEqual({ flows: [], professions: [], reminder: false })
  })
})
