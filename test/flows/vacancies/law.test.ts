import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { type AgeBand, ageBands } from '../../../flows/common/person.ts'
import { languages } from '../../../flows/kit/words.ts'
import { explain } from '../../../flows/vacancies/law/explain.ts'
import type { Judged } from '../../../flows/vacancies/law/findings.ts'
import { judge } from '../../../flows/vacancies/law/judge.ts'
import { type Outcome, outcomeOf, outcomes, rules } from '../../../flows/vacancies/law/rules.ts'
import { createLawWords } from '../../../flows/vacancies/law/terms.ts'
import { employments, formats, schedules, Vacancy } from '../../../flows/vacancies/vacancy.ts'
import { readLawTerms } from '../../../src/capabilities/vacancies/law.ts'
import { loadLocales } from '../../../src/i18n/load.ts'
import { localeTexts } from '../../support/wording.ts'
import { readWords } from '../../support/words.ts'

const terms = await readLawTerms(new URL('../../../flows/vacancies/terms/law.yaml', import.meta.url))
const words = createLawWords(terms)
const book = await readWords()

/** All is known of it, and fine for everybody from 14. */
const ordinary: Judged = {
  title: 'Көмекші',
  employer: 'Кітапхана',
  description: '',
  professions: [],
  pay: null,
  employment: 'part',
  schedule: null,
  weekHours: 20,
  dayHours: 4,
  night: false,
  rotation: false,
  format: 'onSite',
}
const always: Readonly<Record<AgeBand, readonly string[]>> = {
  '12-13': ['tooYoung'],
  '14-15': ['representative', 'freeTime', 'askDuties'],
  '16-17': ['consent', 'askDuties'],
  '18+': [],
}

const idsOf = (vacancy: Judged, band: AgeBand) => judge(vacancy, band, words).reasons.map(({ rule }) => rule.id)
const outcomeFor = (vacancy: Judged, band: AgeBand) => judge(vacancy, band, words).outcome
const hardness = (outcome: Outcome) => outcomes.indexOf(outcome)

const Form = Vacancy.omit({ publishedAt: true, validThrough: true, seen: true }).partial().required({
  title: true,
  employer: true,
  description: true,
  professions: true,
  pay: true,
  employment: true,
  schedule: true,
  weekHours: true,
  dayHours: true,
  night: true,
  rotation: true,
  format: true,
})
const Row = z.tuple([z.enum(ageBands), Vacancy.partial().strict(), z.enum(outcomes), z.array(z.string())])
const rows = z.array(Row).parse(parse(readFileSync(new URL('law.rows.yaml', import.meta.url), 'utf8')))

const Offers = z.array(z.tuple([z.string(), z.string()]))
const offers = z
  .strictObject({ barred: Offers, open: Offers })
  .parse(parse(readFileSync(new URL('law.offers.yaml', import.meta.url), 'utf8')))
const outcomesFor = (title: string, description: string) =>
  (['14-15', '16-17', '18+'] as const).map((band) => outcomeFor({ ...ordinary, title, description }, band))

describe('an offer in its own words', () => {
  test.each(offers.barred)('is barred under 18: %s, %s', (title, description) => {
    expect(outcomesFor(title, description)).toEqual(['barred', 'barred', 'shown'])
  })

  test.each(offers.open)('is open from 14: %s, %s', (title, description) => {
    expect(outcomesFor(title, description)).toEqual(['condition', 'condition', 'shown'])
  })
})

describe('what each age may do', () => {
  test.each(rows)('%s %j is %s for %j', (band, said, outcome, reasons) => {
    const vacancy = Form.parse({ ...ordinary, ...said })
    expect([...idsOf(vacancy, band)].sort()).toEqual([...always[band], ...reasons].sort())
    expect(outcomeFor(vacancy, band)).toBe(outcome)
  })

  test('is tried for each rule at each age it speaks of', () => {
    const tried = new Set(rows.flatMap(([band, , , reasons]) => [...always[band], ...reasons].map((id) => id + band)))
    const all = rules.flatMap(({ id, bands }) => bands.map((band) => id + band))
    expect(all.filter((one) => !tried.has(one))).toEqual([])
  })
})

const someText = fc.constantFrom(
  '',
  'Бармен',
  'Ночной сторож',
  'Грузчик вахтой',
  'Водитель категории С',
  'Курьер на скутере',
  'Полная материальная ответственность',
  'Официант, командировки',
  'Круглосуточно, сверхурочные',
  'Тәртіпті адам керек',
)
const orNull = <Value>(one: fc.Arbitrary<Value>) => fc.option(one, { nil: null })
const vacancies: fc.Arbitrary<Judged> = fc.record({
  title: fc.constantFrom('Көмекші', 'Сатушы', 'Крупье', 'Тракторшы'),
  employer: orNull(fc.constantFrom('Казино', 'Кітапхана')),
  description: someText,
  professions: fc.subarray(['welder', 'salesperson', 'tailor'], { maxLength: 2 }),
  pay: orNull(
    fc.record({
      min: fc.integer({ min: 1, max: 200_000 }),
      max: fc.constant(null),
      currency: fc.constantFrom('KZT' as const, 'USD' as const),
      tax: orNull(fc.constantFrom('gross' as const, 'net' as const)),
      period: fc.constantFrom('month' as const, 'hour' as const),
    }),
  ),
  employment: orNull(fc.constantFrom(...employments)),
  schedule: orNull(fc.constantFrom(...schedules)),
  weekHours: orNull(fc.constantFrom(10, 24, 25, 36, 37, 40, 60)),
  dayHours: orNull(fc.constantFrom(2, 4, 5, 7, 8, 9, 12, 24)),
  night: orNull(fc.boolean()),
  rotation: orNull(fc.boolean()),
  format: orNull(fc.constantFrom(...formats)),
})
const minors = fc.constantFrom('14-15' as const, '16-17' as const)

describe('whatever a vacancy says', () => {
  test('a younger age is never allowed more than an older one', () => {
    fc.assert(
      fc.property(vacancies, (vacancy) => {
        const found = ageBands.map((band) => hardness(outcomeFor(vacancy, band)))
        expect(found).toEqual([...found].sort((a, b) => b - a))
      }),
    )
  })

  test('nothing is closed to grown-ups, and nothing is open to those under 14', () => {
    fc.assert(
      fc.property(vacancies, (vacancy) => {
        expect(outcomeFor(vacancy, '18+')).toBe('shown')
        expect(outcomeFor(vacancy, '12-13')).toBe('barred')
      }),
    )
  })

  test('leaving a fact out makes nothing fine for a minor', () => {
    const facts = ['employment', 'schedule', 'weekHours', 'dayHours', 'night', 'rotation', 'format', 'pay'] as const
    fc.assert(
      fc.property(vacancies, minors, fc.subarray([...facts]), (vacancy, band, gone) => {
        const before = outcomeFor(vacancy, band)
        const after = outcomeFor({ ...vacancy, ...Object.fromEntries(gone.map((fact) => [fact, null])) }, band)
        if (before !== 'shown') expect(after).not.toBe('shown')
      }),
    )
  })

  /** What is asked of, with every rule that speaks of it. */
  const subjects = [
    { facts: ['night'], ids: ['night', 'askNight'] },
    { facts: ['rotation'], ids: ['rotation', 'askAway'] },
    {
      facts: ['weekHours', 'dayHours'],
      ids: ['week24', 'week36', 'longDay', 'fullWeek24', 'fullWeek36', 'askHours24', 'askHours36'],
    },
  ] as const
  test.each(subjects)('a minor is told of $facts when they are left out', ({ facts, ids }) => {
    fc.assert(
      fc.property(vacancies, minors, (vacancy, band) => {
        const silent = { ...vacancy, ...Object.fromEntries(facts.map((fact) => [fact, null])), format: null }
        expect(idsOf(silent, band).some((id) => ids.some((one) => one === id))).toBe(true)
      }),
    )
  })

  test('the hardest reason counts and stands first', () => {
    fc.assert(
      fc.property(vacancies, fc.constantFrom(...ageBands), (vacancy, band) => {
        const { outcome, reasons } = judge(vacancy, band, words)
        const found = reasons.map(({ kind }) => hardness(outcomeOf[kind]))
        expect(hardness(outcome)).toBe(Math.max(0, ...found))
        expect(found).toEqual([...found].sort((a, b) => b - a))
      }),
    )
  })

  test('any text can be read', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.constantFrom(...ageBands), (text, band) => {
        const vacancy = { ...ordinary, title: text, employer: text, description: text }
        expect(outcomes).toContain(outcomeFor(vacancy, band))
      }),
    )
  })

  test('no more is read of a text than is kept of it', () => {
    const far = `${'а '.repeat(20_000)} казино`
    expect(idsOf({ ...ordinary, description: far }, '16-17')).not.toContain('gambling')
  })
})

describe('what a person reads', () => {
  const locales = loadLocales(new URL('../../../locales/', import.meta.url))

  test.each(languages)(
    'stands in %s for every rule, with where it is written, and nothing beside',
    async (language) => {
      const read = rules.flatMap((rule) =>
        explain({ outcome: outcomeOf[rule.kind], reasons: [{ rule, kind: rule.kind }] }).flatMap(({ head, lines }) =>
          [head, ...lines].map((message) => ({ key: message.key, text: book.plain(message, language) })),
        ),
      )
      expect(read.filter(({ text }) => text === '')).toEqual([])
      expect(read.filter(({ text }) => /\{\{|undefined/.test(text))).toEqual([])
      const used = new Set(read.map(({ key }) => key))
      const kept = localeTexts((await locales)[language].vacancies)
        .map(({ key }) => `vacancies:${key}`)
        .filter((key) => key.startsWith('vacancies:law.') && !key.toLowerCase().endsWith('article'))
      expect(kept.filter((key) => !used.has(key))).toEqual([])
    },
  )

  test.each(languages)('names edition and month in %s', (language) => {
    const night = judge({ ...ordinary, night: true }, '16-17', words)
    const lines = explain(night).flatMap((section) => section.lines.map((line) => book.plain(line, language)))
    expect(lines).toHaveLength(3)
    expect(lines[1]).toMatch(/76.*\(1\)\(2\).*01\.07\.2021.*11\.2026/)
  })

  test('is why not alone where a vacancy is barred', () => {
    const heads = explain(judge({ ...ordinary, title: 'Бармен', night: null }, '16-17', words)).map(
      ({ head }) => head.key,
    )
    expect(heads).toEqual(['vacancies:law.common.barred', 'vacancies:law.common.sources'])
  })

  test('is nothing where nothing has to be said', () => {
    expect(explain(judge(ordinary, '18+', words))).toEqual([])
  })

  test('fits a phone when nothing is known of the work', () => {
    const unknown = {
      ...ordinary,
      title: 'Официант',
      employment: null,
      weekHours: null,
      dayHours: null,
      night: null,
      rotation: null,
    }
    for (const band of ['14-15', '16-17'] as const) {
      const sections = explain(judge(unknown, band, words))
      const asked = sections.find(({ head }) => head.key.endsWith('askFirst'))
      expect(asked?.lines.length).toBeLessThanOrEqual(5)
      for (const language of languages) {
        const text = sections.flatMap(({ head, lines }) => [head, ...lines]).map((line) => book.plain(line, language))
        expect(text.join('\n').length).toBeLessThanOrEqual(1100)
      }
    }
  })
})
