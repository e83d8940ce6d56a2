import { afterAll, beforeAll, expect, test } from 'vitest'
import { newcomer } from '../../../flows/common/person.ts'
import { emptyFilter } from '../../../flows/vacancies/contract.ts'
import { defineCapability } from '../../../src/capabilities/capability.ts'
import type { Line, Section } from '../../../src/capabilities/export.ts'
import { capabilities } from '../../../src/capabilities/index.ts'
import { chatTables, exportChat } from '../../../src/store/chats.ts'
import type { Store } from '../../../src/store/open.ts'
import { openedOn } from '../../support/ask.ts'
import { createSqlite, type TestDatabase, testTime } from '../../support/databases.ts'
import { fact, turn } from '../../support/turns.ts'
import { readWords } from '../../support/words.ts'
import { kept, put } from './samples.ts'

const words = await readWords()
const world = { chatId: 1, person: newcomer('ru'), now: testTime }

let database: TestDatabase
let store: Store
let sections: readonly Section[] = []
beforeAll(async () => {
  database = await createSqlite()
  store = await database.open()
  let all = (): readonly Section[] => []
  const probe = defineCapability({
    name: 'probe',
    asks: (_, tools) => {
      all = tools.sections
      return []
    },
  })
  await openedOn(store, [...capabilities.filter(({ name }) => name !== 'professions'), probe])
  sections = all()
  await put(store, kept('cook'))
  const facts = [
    fact('vacancies.mark', { id: 'cook', mark: 'saved', on: true }),
    fact('vacancies.mark', { id: 'long over', mark: 'hidden', on: true }),
    fact('vacancies.report', { id: 'cook', reason: 'untrue' }),
    fact('vacancies.choose', { filter: { ...emptyFilter, regions: ['75'], words: ['асхана'], leastPay: 200_000 } }),
  ]
  expect(await store.dialogues.commit(turn(1, 1, { facts, at: testTime }))).toBe(true)
  const alert = { subscriptionId: 's', vacancyId: 'cook', chatId: 1n, edition: 0, score: 1 }
  await store.prisma.alert.create({ data: { ...alert, foundAt: BigInt(testTime), toldAt: BigInt(testTime) } })
})
afterAll(() => database.drop())

/** What the page says of a table, a line each. */
async function told(table: string): Promise<string[]> {
  const section = sections.find((one) => one.table === table)
  const rows = (await exportChat(store, 1))[table] ?? []
  const all = []
  for (const row of rows) {
    const one = await section?.tell(row, world)
    if (one !== undefined) all.push(words.plain(one.title, 'ru'), ...one.lines.map(plain))
  }
  return all
}

function plain(line: Line): string {
  if (line.type === 'text') return words.plain(line.text, 'ru')
  const name = words.plain(line.name, 'ru')
  if (line.type === 'bar') return name
  return `${name}: ${words.plain({ key: 'common:value', values: { value: line.value } }, 'ru')}`
}

test('what people did with vacancies is told by the names of these, and what is gone by its number', async () => {
  const marks = await told('VacancyMark')
  expect(marks).toEqual(expect.arrayContaining(['Аспаз', '☆ Сохранено', 'Скрыто']))
  expect(marks).toContain('Этой вакансии больше нет (long over)')
  expect(await told('VacancyReport')).toEqual(expect.arrayContaining(['Аспаз', '🤥 Написана неправда']))
})

test('what somebody looks for, and what was found for them, is told in words', async () => {
  expect(await told('VacancySearch')).toEqual(expect.arrayContaining(['🔎 Есть одно из слов: асхана']))
  const alerts = await told('Alert')
  expect(alerts[0]).toBe('Аспаз')
  expect(alerts.slice(1)).toEqual([expect.stringContaining('Найдена: '), expect.stringContaining('Вам написали: ')])
})

test('every table about people is told in words but what the program alone needs', () => {
  const tables = new Set(sections.map(({ table }) => table))
  // The page tells of the first two by itself; the catalogue, which is not opened here, of what is saved of it.
  expect(chatTables.filter((table) => !tables.has(table))).toEqual([
    'Dialogue',
    'Person',
    'ArchivedFrame',
    'SavedProfession',
  ])
})
