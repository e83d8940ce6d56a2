import { describe, expect, test } from 'vitest'
import { createNormalise } from '../../../flows/vacancies/normalise/normalise.ts'
import { createTitleReader } from '../../../flows/vacancies/normalise/titles.ts'
import { RawVacancy, Vacancy } from '../../../flows/vacancies/vacancy.ts'
import { readVacancyWords } from '../../../src/capabilities/vacancies/terms.ts'
import { root } from '../../../src/config.ts'

const words = await readVacancyWords(root)
const normalise = createNormalise(words)
const now = Date.UTC(2026, 10, 25, 7)
const given = { now, source: 'file', professionsFor: () => ['cook'] }
const read = (raw: Partial<RawVacancy>) => normalise(RawVacancy.parse({ title: 'Повар', ...raw }), given)
const vacancyOf = (raw: Partial<RawVacancy>) => {
  const result = read(raw)
  if (result.type === 'refused') throw new Error(result.why)
  return result.vacancy
}

test('a row of a file becomes a vacancy', () => {
  const vacancy = vacancyOf({
    title: 'СРОЧНО!!! Требуется ПОВАР',
    id: '17',
    url: 'https://example.kz/17',
    employer: ' ТОО  «Дастархан» ',
    bin: '020440000017',
    region: 'Карагандинская область',
    town: 'г. Темиртау',
    salary: 'от 200\u00a0000 до 250\u00a0000 ₸ на руки',
    experience: 'Не требуется',
    schedule: '2/2',
    description: '<p>Готовим <b>обеды</b>.</p><ul><li>Питание</li><li>Без ночных смен</li></ul>',
    requirements: 'Санитарная книжка',
    contact: '8 701 123 45 67',
    published: '20.11.2026',
  })
  expect(vacancy).toEqual({
    title: 'Повар',
    employer: 'ТОО «Дастархан»',
    bin: '020440000017',
    region: '35',
    town: 'temirtau',
    pay: { min: 200_000, max: 250_000, currency: 'KZT', tax: 'net', period: 'month' },
    experience: 'none',
    education: null,
    employment: null,
    schedule: 'shifts',
    weekHours: null,
    dayHours: null,
    night: false,
    rotation: null,
    format: null,
    housing: null,
    meals: true,
    contact: { phone: '+77011234567', mail: null, telegram: null },
    description: 'Готовим обеды.\n• Питание\n• Без ночных смен\n\nСанитарная книжка',
    professions: ['cook'],
    publishedAt: Date.UTC(2026, 10, 19, 19),
    validThrough: Date.UTC(2026, 10, 19, 19) + 30 * 86_400_000,
    language: 'ru',
    seen: [{ source: 'file', id: '17', url: 'https://example.kz/17' }],
  })
})

describe('what is no vacancy is refused with a reason', () => {
  test.each([
    [{ title: '!!!' }, { why: 'no title' }],
    [{ validThrough: '2026-11-01' }, { why: 'ended on 2026-11-01', isOver: true }],
    [{ published: '2026-01-01' }, { why: 'ended on 2026-01-30', isOver: true }],
  ])('%o', (raw, refused) => {
    expect(read(raw)).toEqual({ type: 'refused', ...refused })
  })
})

test('what cannot be read is left out, and said', () => {
  expect(read({ salary: '5000', published: 'когда-то' })).toMatchObject({
    type: 'vacancy',
    vacancy: { pay: null, publishedAt: now },
    doubts: [
      { about: 'pay', why: expect.stringContaining('5000') },
      { about: 'date', why: 'no date in "когда-то"' },
    ],
  })
})

test('a day that is to come is now', () => {
  expect(vacancyOf({ published: '2027-05-01' }).publishedAt).toBe(now)
})

test('a town and pay in the title count where the fields are silent', () => {
  const vacancy = vacancyOf({ title: 'Курьер в Актобе, з/п 250 000 тг' })
  expect(vacancy).toMatchObject({ region: '15', town: 'aktobe', pay: { min: 250_000 } })
  expect(vacancyOf({ description: 'Работа в Шымкенте.', region: 'Павлодарская область' }).region).toBe('55')
})

test.each([
  ['javascript:alert(1)', null],
  ['//example.kz', null],
  ['http://example.kz/a b', null],
  ['https://example.kz/вакансия', 'https://example.kz/вакансия'],
])('a link is one of the web: %s', (url, expected) => {
  expect(vacancyOf({ url }).seen[0]?.url).toBe(expected)
})

describe('a title is one that a person would write', () => {
  const titleOf = createTitleReader(words.titles)
  test.each([
    ['СРОЧНО!!! Требуется ПОВАР', 'Повар'],
    ['Требуются продавцы-консультанты', 'Продавцы-консультанты'],
    ['ВОДИТЕЛЬ КАТЕГОРИИ С', 'Водитель категории с'],
    ['🔥🔥 Официант 🔥', 'Официант'],
    ['Аспаз керек!!!', 'Аспаз'],
    ['Шұғыл! Даяшы қажет', 'Даяшы'],
    ['АСПАЗ', 'Аспаз'],
    ['IT HR', 'IT HR'],
    ['СПЕЦИАЛИСТ ПО IT', 'Специалист по IT'],
    ['HR-менеджер', 'HR-менеджер'],
    ['C++ developer', 'C++ developer'],
    ['<b>Повар</b>&nbsp;горячего цеха', 'Повар горячего цеха'],
    ['Срочно', 'Срочно'],
    ['Hiring: Barista', 'Barista'],
    ['ПРОДАВЕЦ В МАГАЗИН «ДАСТАРХАН»', 'Продавец в магазин «Дастархан»'],
    ['#работа #алматы Бариста', 'Бариста'],
    ['C# developer', 'C# developer'],
    ['Бухгалтер (1С)', 'Бухгалтер (1С)'],
    ['повар', 'Повар'],
    ['   ', ''],
    ['\u0000\u0007', ''],
  ])('%s', (text, expected) => {
    expect(titleOf(text)).toBe(expected)
  })
})

describe('a hostile row', () => {
  const long = (text: string) => text.repeat(Math.ceil(1_000_000 / text.length))
  const texts = [
    '<p>',
    '<',
    '&amp;',
    '200 000 - ',
    '1 ',
    'без опыта ',
    'г. ',
    'ул. ',
    'Алматы облысы ',
    '\u0000',
    '\ud83d',
    'ﷺ',
    '@a',
    'a@',
    '•\n',
    '8 7',
    'опыт не ',
    '2/',
    '\u0301',
    '9:00 ',
    '()',
    'обл (',
  ]
  test.each(texts.map((text) => [text]))('of a million signs of %j is read or refused', (text) => {
    const fields = Object.fromEntries(RawVacancy.keyof().options.map((field) => [field, long(text)]))
    const result = read({ ...fields, title: `Повар ${long(text)}` })
    if (result.type === 'vacancy') expect(Vacancy.safeParse(result.vacancy).error).toBeUndefined()
    else expect(result.why.length).toBeLessThan(500)
  })
})
