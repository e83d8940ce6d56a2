import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { languages } from '../../../flows/kit/words.ts'
import {
  hardKinds,
  isHeld,
  type Offer,
  type Sign,
  signKinds,
  signsIn,
  signsOf,
  softKinds,
} from '../../../flows/vacancies/scam/signs.ts'
import { longest } from '../../../flows/vacancies/vacancy.ts'
import { readChecked } from '../../../src/base/content-files.ts'
import { readScam, ScamFile } from '../../../src/capabilities/vacancies/scam.ts'
import { readCases } from '../../../src/cli/derive/scam/cases.ts'
import { loadLocales } from '../../../src/i18n/load.ts'

const words = await readScam(new URL('../../../', import.meta.url))
const Offers = z.strictObject({ held: z.array(z.string()), honest: z.array(z.string()) })
const Table = z.strictObject({ kk: Offers, ru: Offers, en: Offers })
const tables = await Promise.all(
  ['first', 'second', 'third', 'fourth', 'fifth', 'sixth'].map((name) =>
    readChecked(new URL(`./scam/${name}.yaml`, import.meta.url), Table),
  ),
)
const offers = (kind: 'held' | 'honest') => tables.flatMap((table) => languages.flatMap((one) => table[one][kind]))

/** An offer as it stands in a table: the employer in brackets, where one is named. */
function offerOf(written: string): Offer {
  const employer = /\[(.+?)\] ?/.exec(written)
  const description = written.replace(employer?.[0] ?? '', '')
  return { title: '', description, employer: employer?.[1] ?? null, bin: null, pay: null, experience: null }
}

const signsAt = (written: string): readonly Sign[] => signsOf(offerOf(written), words)

describe('an offer with signs of a scam is held back', () => {
  test.each(offers('held'))('%s', (written) => {
    const signs = signsAt(written)
    expect(isHeld(signs), JSON.stringify(signs)).toBe(true)
  })
})

describe('an honest offer is not', () => {
  test.each(offers('honest'))('%s', (written) => {
    const signs = signsAt(written)
    expect(isHeld(signs), JSON.stringify(signs)).toBe(false)
  })
})

describe('a text that somebody wrote', () => {
  test.each([
    'Приглашаем менеджера. График каждый день с 10:00, 500 000 в неделю, без опыта. Сначала оплатите регистрацию',
    'Оңай табыс! Күн сайын сағат 10-да, тәжірибе керек емес, аптасына 500 000. Алдымен сақтандыру ақысын төлейсіз',
    'Easy money! No experience, 500 000 a week, every day at 10, first pay for registration',
    'Требуются курьеры! Оплатите страховку до выхода',
  ])('is an offer to beware of: %s', (text) => expect(signsIn(text, words)).not.toEqual([]))

  test.each([
    'напомни завтра в 10 внести предоплату',
    'оплатить обучение до 5 числа',
    'заплатить за общежитие 10 000 тг',
    'купить 2 билета завтра в 11:00',
    'ертең оқу ақысын төлеу керек',
    'ай соңына дейін төлем жасау',
    'remind me to pay for the course',
    'как получить симкарту на своё имя',
    'next week write a CV',
  ])('is none: %s', (text) => expect(signsIn(text, words)).toEqual([]))
})

describe('an English word', () => {
  test('is no word that sounds alike in another language', () => {
    expect(isHeld(signsAt('Жильё дадим, но предоплата 10 000'))).toBe(true)
    expect(isHeld(signsAt('No prepayment. Drop off parcels at the office. Send your CV'))).toBe(false)
  })
})

describe('a sign', () => {
  test('tells its kind, its weight and the words that showed it', () => {
    expect(signsAt('Склад, 2/2. Внесите страховой депозит 7 000 тг')).toContainEqual({
      kind: 'fee',
      weight: 'hard',
      words: expect.stringContaining('депозит'),
    })
  })

  test.each(signKinds)('%s has words for people in each language', async (kind) => {
    const locales = await loadLocales(new URL('../../../locales/', import.meta.url))
    for (const language of languages) {
      expect(locales[language].vacancies).toMatchObject({ scam: { [kind]: expect.stringContaining('{{words}}') } })
    }
  })

  test('alone is not enough where it is soft, and two of them are', () => {
    const [pay, link] = signsAt('Без опыта, 900 000 в месяц. https://forms.gle/x')
    expect([pay?.kind, link?.kind]).toEqual(['highPay', 'link'])
    expect(isHeld(pay === undefined ? [] : [pay])).toBe(false)
    expect(isHeld([pay, link].flatMap((sign) => sign ?? []))).toBe(true)
  })
})

describe('pay without experience', () => {
  const paid = (pay: Offer['pay'], experience: Offer['experience'] = 'none') =>
    signsOf({ ...offerOf('Продавец'), pay, experience }, words).map(({ kind }) => kind)
  const sum = { max: null, currency: 'KZT', tax: null } as const

  test('is very high from seven minimum wages a month', () => {
    expect(paid({ ...sum, min: 595_000, period: 'month' })).toEqual(['highPay'])
    expect(paid({ ...sum, min: 594_999, period: 'month' })).toEqual([])
    expect(paid({ ...sum, min: 50_000, period: 'day' })).toEqual(['highPay'])
  })

  test('is known by the least that is promised, or by the most where nothing else is', () => {
    expect(paid({ ...sum, min: 300_000, max: 900_000, period: 'month' })).toEqual([])
    expect(paid({ ...sum, min: null, max: 900_000, period: 'month' })).toEqual(['highPay'])
  })

  test('is not judged in other money, by the shift, or where experience is asked for or not spoken of', () => {
    expect(paid({ ...sum, min: 900_000, currency: 'RUB', period: 'month' })).toEqual([])
    expect(paid({ ...sum, min: 900_000, period: 'shift' })).toEqual([])
    expect(paid({ ...sum, min: 900_000, period: 'month' }, '3to6')).toEqual([])
    expect(paid({ ...sum, min: 900_000, period: 'month' }, null)).toEqual([])
  })
})

describe('words in disguise', () => {
  test.each([
    'П Р Е Д О П Л А Т А 5000',
    'Нужны д.р.о.п.п.е.р.ы',
    'об*нал, закл*дки',
    'Нужны д_р_о_п_п_е_р_ы',
    'oбнaл',
    'Nuzhny dropery',
    'tirkeu aqysy 3000',
    'тиркеу акысы',
  ])('%s', (text) => expect(isHeld(signsAt(text))).toBe(true))
})

describe('hostile text', () => {
  const much = (text: string) => text.repeat(Math.ceil(1_000_000 / text.length))
  test.each([
    much('взнос '),
    much('оплатить регистрацию за форму '),
    much('\u0000\u00a0'),
    much('а '),
    much('а*'),
    much('1 000 '),
    much('http://'),
    much('a.b/'),
    much('\u0301'),
    much('карту на себя'),
    much('ﷺ'),
  ])('of a million letters is read no farther than a description goes', (description) => {
    const offer = { ...offerOf(''), title: description, description }
    const cut = {
      ...offer,
      title: description.slice(0, longest.title),
      description: description.slice(0, longest.description),
    }
    expect(signsOf(offer, words)).toEqual(signsOf(cut, words))
  })
})

describe('the file of words', () => {
  const file = { classes: {}, signs: {}, honest: [], named: [], offer: [], inexperienced: [] }
  test.each([
    ['a class that is not there', { honest: ['{nobody} ~ взнос'] }, 'there is no class "nobody"'],
    ['a gap at the end', { honest: ['взнос ~'] }, 'must begin and end with a word'],
    ['a star within a word', { honest: ['вз*нос'] }, 'must be a word'],
  ])('is refused for %s', (_, fault, message) => {
    const signs = Object.fromEntries([...hardKinds, ...softKinds].map((kind) => [kind, {}]))
    const pay = {
      minimumWage: 1,
      high: 1,
      thousand: [],
      million: [],
      foreign: [],
      periods: { day: [], week: [], month: [] },
    }
    const links = { forms: [], messengers: [] }
    const result = ScamFile.safeParse({ ...file, signs, links, pay, ...fault })
    expect(result.error?.issues.map((issue) => issue.message).join()).toContain(message)
  })
})

describe('of offers by authors who had read no sign and no case', () => {
  const unseen = ['first', 'second'].flatMap((name) => readCases(new URL(`./scam/unseen/${name}/`, import.meta.url)))
  const heldOf = (language: string, mustBe: boolean) => {
    const own = unseen.filter((one) => one.language === language && one.isHeld === mustBe)
    return own.filter(({ text }) => isHeld(signsAt(text))).length / own.length
  }

  test.each(languages)(
    'in %s three in four that cheat are held back, and one honest one in twenty at most',
    (language) => {
      expect(heldOf(language, true)).toBeGreaterThanOrEqual(0.75)
      expect(heldOf(language, false)).toBeLessThanOrEqual(0.05)
    },
  )
})
