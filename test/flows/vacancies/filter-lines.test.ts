import { expect, test } from 'vitest'
import { languages, translator } from '../../../flows/kit/words.ts'
import { filterLines, filterName, filterNames, noNames } from '../../../flows/vacancies/filter-lines.ts'
import { Filter } from '../../../flows/vacancies/matching/filter.ts'
import { employments, formats, schedules } from '../../../flows/vacancies/vacancy.ts'
import { readWords } from '../../support/words.ts'

const words = await readWords()
const t = translator('alerts')
const cook = { id: 'cook', name: { kk: 'Аспазшы', ru: 'Повар', en: 'Cook' } }
const names = { ...noNames, professions: [cook] }
const all = Filter.parse({
  ...{ regions: ['75', '19'], professions: ['cook'], families: ['gone'], leastPay: 150_000, noExperience: true },
  ...{ schedules, employments, formats, housing: true, words: ['<b>'], avoid: ['ночь', 'вахта'], ageBand: '16-17' },
})
const nothing = Filter.parse({ ageBand: '18+' })
const told = (filter: Filter, language: 'kk' | 'ru' | 'en') =>
  filterLines(t, filter, names).map((line) => words.plain(line, language))

test('a filter is told line by line, and what is unknown by its id', () => {
  expect(told(all, 'ru')).toEqual([
    '💼 Повар, gone',
    '📍 Алматы, Алматинская обл.; из дома можно откуда угодно',
    `💰 От ${new Intl.NumberFormat('ru').format(150_000)} ₸ в месяц или зарплата не указана`,
    '🌱 Берут без опыта',
    '🗓 График: 5/2, 6/1, по сменам, свободный',
    '⏳ Занятость: полный день, неполный день, временная, разовая, стажировка, волонтёрство',
    '🏢 Где работать: на месте, из дома, частично из дома, в разъездах',
    '🛏 Дают жильё',
    '🔎 Есть одно из слов: <b>',
    '🚫 Без слов: ночь, вахта',
  ])
})

test.each(languages)('every line has words in %s', (language) => {
  const others: Filter[] = [{ ...all, payMayBeUnknown: false, remoteAnywhere: false }]
  others.push({ ...nothing, payMayBeUnknown: false, towns: ['Ақсу'] })
  expect(others.flatMap((filter) => told(filter, language)).filter((line) => line === '')).toEqual([])
})

test('a filter that asks for nothing says so', () => {
  expect(told(nothing, 'en')).toEqual(['💼 Any work', '📍 All of Kazakhstan'])
})

test('the short name has the first work and the first place, or the first word', () => {
  const name = (filter: Filter) => words.plain(filterName(t, filter, names), 'en')
  expect(name(all)).toBe('Cook · Almaty')
  expect(name(nothing)).toBe('Any work · all of Kazakhstan')
  expect(name({ ...nothing, words: ['welder'] })).toBe('welder · all of Kazakhstan')
})

test('filters of the same short name are told by what the others do not ask for', () => {
  const filters = [nothing, { ...nothing, noExperience: true }, { ...nothing, housing: true, noExperience: true }]
  const other = { ...nothing, words: ['welder'] }
  const called = filterNames(
    t,
    [...filters, other].map((filter) => ({ filter, names })),
  ).map((name) => words.plain(name, 'en'))
  expect(called).toEqual([
    'Any work · all of Kazakhstan',
    'Any work · 🌱 No experience needed',
    'Any work · 🛏 Housing provided',
    'welder · all of Kazakhstan',
  ])
})

test('subscriptions that differ in one condition have different names', () => {
  const pair = [nothing, { ...nothing, leastPay: 200_000 }].map((filter) => ({ filter, names }))
  const [one, two] = filterNames(t, pair).map((name) => words.plain(name, 'en'))
  expect([one, two]).toEqual(['Any work · all of Kazakhstan', expect.stringContaining('200,000')])
})
