import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { foldText } from '../../../flows/common/letters.ts'
import { consentVersion, type Person } from '../../../flows/common/person.ts'
import { createFlows } from '../../../flows/index.ts'
import { languages } from '../../../flows/kit/words.ts'
import type { Hit } from '../../../flows/search/contract.ts'
import { createLog } from '../../../src/base/log.ts'
import { readPhrase } from '../../../src/base/phrases.ts'
import { type Capability, defineCapability, type Finder } from '../../../src/capabilities/capability.ts'
import { capabilities } from '../../../src/capabilities/index.ts'
import { openCapabilities } from '../../../src/capabilities/open.ts'
import { readCatalogue } from '../../../src/capabilities/professions/seed.ts'
import { root } from '../../../src/config.ts'
import { phrasesOf } from '../../../src/i18n/lists.ts'
import type { Core } from '../../../src/store/core.ts'
import { createSqlite, type TestDatabase } from '../../support/databases.ts'
import { smallInstrument } from '../../support/instruments.ts'
import { agreed } from '../../support/people.ts'
import { readWords } from '../../support/words.ts'

let database: TestDatabase
let find: (text: string) => Promise<readonly Hit[]>
/** In the order in which they are shown. */
type Asking = { readonly chatId: number; readonly person: Person; readonly now: number }
let seek: (text: string, by?: Asking) => Promise<readonly Hit[]>

const world: Asking = { chatId: 1, person: agreed('kk'), now: 0 }
const byMentor: Asking = {
  ...world,
  person: { ...world.person, consent: { version: consentVersion, at: 0, by: 'mentor' } },
}

/** What capabilities find on a store. */
async function openedOf(chosen: readonly Capability[], core: Core) {
  const content = { instruments: [smallInstrument] as const }
  const given = { core, content, files: root, flows: createFlows(content), words: await readWords() }
  return openCapabilities(chosen, { ...given, log: createLog('silent') })
}

async function finderOf(chosen: readonly Capability[], core: Core): Promise<Finder> {
  return (await openedOf(chosen, core)).find
}

beforeAll(async () => {
  database = await createSqlite()
  const opened = await openedOf(capabilities, await database.open())
  find = (text) => opened.find(text, world)
  seek = async (text, by = world) => (await opened.replies['search.find']?.look({ text }, by)) as Hit[] // as its contract says
  return () => database.drop()
})

/** Texts with where each leads: a flow, with the part of it that opens. */
function readSaid(): [string, string][] {
  const file = new URL('said.yaml', import.meta.url)
  const said = z.record(z.string(), z.array(z.array(z.string()))).parse(parse(readFileSync(file, 'utf8')))
  return Object.entries(said).flatMap(([place, lists]) => lists.flat().map((text): [string, string] => [text, place]))
}

/** Texts about nothing that is here. */
function unknown(): string[] {
  const file = new URL('unknown.yaml', import.meta.url)
  return z
    .array(z.array(z.string()))
    .parse(parse(readFileSync(file, 'utf8')))
    .flat()
}

const inputsOf = async (text: string) =>
  (await find(text)).filter(({ kind }) => kind === 'profession').map(({ input }) => input)
const flowsOf = async (text: string, kind: string) =>
  (await find(text)).filter((hit) => hit.kind === kind).map(({ flow }) => flow)

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
    expect((await inputsOf(text))[0]).toEqual({ id })
  })

  test('аспаз is a cook and not a musician, whose instrument (аспап) is almost the same word', async () => {
    expect(await inputsOf('аспаз')).toEqual([{ id: 'cook' }])
  })

  test.each([
    ['жүргізуші', 'truck-driver'],
    ['повар', 'cook'],
    ['мугалим', 'primary-teacher'],
    ['mugalim', 'primary-teacher'],
    ['povar', 'cook'],
    ['дизайнер', 'graphic-designer'],
    ['хочу работать с животными', 'veterinary-technician'],
  ])('%s: the exact name goes first, however it is written: %s', async (text, id) => {
    const [first] = (await seek(text)).filter(({ kind }) => kind === 'profession')
    expect(first?.input).toEqual({ id })
  })

  test.each([
    ['аспас', 'cook'],
    ['пограмист', 'software-developer'],
    ['свапщик', 'welder'],
    ['svarschik', 'welder'],
    ['парихмахер', 'hairdresser'],
    ['данекерлеущи', 'welder'],
    ['бухгалтир', 'accountant'],
    ['electrisian', 'electrician'],
  ])('%s may have been meant as %s', async (text, id) => {
    const [first] = await seek(text)
    expect(first).toMatchObject({ kind: 'profession', input: { id } })
  })

  test.each([
    ['официант', 'food-service'],
    ['даяшы', 'food-service'],
    ['бариста', 'food-service'],
    ['курьер', 'machines'],
    ['таксист', 'machines'],
    ['полицейский', 'office'],
    ['военный', 'machines'],
    ['МЧС', 'health'],
    ['нефтяник', 'science'],
    ['тырнақ', 'food-service'],
    ['косметолог', 'food-service'],
    ['ұшқыш', 'machines'],
    ['тіс дәрігері', 'health'],
    ['хочу быть стоматологом', 'health'],
  ])('%s has no card, and is told the nearest field first: %s', async (text, family) => {
    const [first] = await seek(text)
    expect(first).toMatchObject({ kind: 'nearest', input: { family } })
  })

  test.each([
    ['жануар', 'land'],
    ['ән', 'art'],
    ['компьютер', 'computers'],
    ['computer', 'computers'],
    ['айти', 'computers'],
  ])('%s finds the field %s', async (text, family) => {
    expect(await seek(text)).toContainEqual(expect.objectContaining({ kind: 'family', input: { family } }))
  })

  test.each(languages)('whatever it suggests to look for, in %s', async (language) => {
    const suggested = [...(await readWords()).plain({ key: 'search:ask' }, language).matchAll(/[«“]([^»”]+)[»”]/g)]
    expect(suggested.length).toBeGreaterThan(2)
    for (const [, text = ''] of suggested) expect(await seek(text), text).not.toEqual([])
  })

  test('what may have been meant is offered only where nothing fits', async () => {
    const hits = await seek('повар свапщик')
    expect(hits.map(({ input }) => input)).toEqual([{ id: 'cook' }])
  })

  test.each([
    ['баптаулар', 'settings'],
    ['настройки', 'settings'],
    ['help', 'help'],
  ])('%s → the menu entry %s', async (text, id) => {
    expect((await flowsOf(text, 'menu'))[0]).toBe(id)
  })

  test.each(['ертең 18:00 құжат тапсыру', 'через 2 часа позвонить', 'every Monday 9:00 English'])(
    'a reminder in "%s"',
    async (text) => expect(await flowsOf(text, 'reminder')).toEqual(['reminders']),
  )

  test.each(['', '   ', 'щщщщщ', '🙂🙂', 'а', 'x'.repeat(200)])('nothing for "%s"', async (text) => {
    expect(await find(text)).toEqual([])
  })
})

describe('the very name of a thing', () => {
  test.each(['жүргізуші', 'водитель', 'driver', 'дизайнер', 'менеджер', 'врач'])(
    '%s stands alone, without what has only a word of it',
    async (text) => expect(await seek(text)).toEqual([expect.objectContaining({ kind: 'profession', fit: 'exact' })]),
  )

  test('every profession is found by its name in every language, and nothing less sure beside it', async () => {
    const { professions } = await readCatalogue(new URL('prisma/seed/', root))
    for (const { id, name } of professions)
      for (const language of languages) {
        const hits = await seek(name[language])
        expect(hits[0]?.input, name[language]).toEqual({ id })
        expect(
          hits.filter(({ fit }) => fit !== 'exact' && fit !== 'whole'),
          name[language],
        ).toEqual([])
      }
  })
})

describe('a wish', () => {
  const wishes = {
    people: ['балалармен жұмыс істегім келеді', 'хочу работать с детьми', 'I want to work with children'],
    land: ['жануарлармен жұмыс істегім келеді', 'хочу работать с животными', 'I want to work with animals'],
    machines: ['көлікпен жұмыс істегім келеді', 'хочу работать с машинами', 'I want to work with cars'],
    computers: ['компьютермен жұмыс істегім келеді', 'хочу работать с компьютерами', 'I like computers'],
  }

  test.each(Object.entries(wishes).flatMap(([family, texts]) => texts.map((text) => [text, family] as const)))(
    '%s finds the field %s first, then professions of it, and no vacancies',
    async (text, family) => {
      const [first, ...others] = await seek(text)
      expect(first).toMatchObject({ kind: 'family', input: { family } })
      expect(others.length).toBeGreaterThan(1)
      const { professions } = await readCatalogue(new URL('prisma/seed/', root))
      const inside = professions.filter((one) => one.family === family).map(({ id }) => ({ id }))
      for (const { input } of others) expect(inside).toContainEqual(input)
    },
  )

  test.each(['далада жұмыс істегім келеді', 'хочу работать на улице', 'I want to work outdoors'])(
    '%s finds professions of several fields',
    async (text) => {
      const found = (await seek(text)).map(({ input }) => input)
      for (const id of ['farmer', 'geologist', 'ecologist']) expect(found).toContainEqual({ id })
    },
  )

  test.each([
    ['мечтаю стать врачом', 'doctor'],
    ['хачу стать сварщиком', 'welder'],
    ['менің арманым дәрігер болу', 'doctor'],
  ])('of a profession is understood beside a word that is unknown: %s', async (text, id) => {
    expect((await seek(text))[0]?.input).toEqual({ id })
  })

  test.each(languages)('that the playground suggests finds professions, in %s', async (language) => {
    const text = (await readWords()).plain({ key: 'playground:hintLike' }, language)
    expect((await seek(text)).map(({ kind }) => kind)).toContain('profession')
  })
})

describe('what is not known', () => {
  test.each(unknown())('%s is not answered with what shares its letters', async (text) => {
    expect(await seek(text)).toEqual([])
  })

  test.each(['где найти работу', 'қайдан жұмыс тапсам болады', 'how do I find a job'])(
    '%s asks for work all the same',
    async (text) => {
      expect((await seek(text))[0]).toMatchObject({ flow: 'vacancies', fit: 'whole' })
    },
  )

  test.each([
    ['как стать поваром', 'cook'],
    ['қалай аспаз болады', 'cook'],
  ])('%s asks of a profession, though it is a question', async (text, id) => {
    expect((await seek(text))[0]?.input).toEqual({ id })
  })

  test.each(['сколько зарабатывает повар', 'аспаз қанша алады', 'how much does a welder earn'])(
    '%s asks what is paid, which is told honestly, and not for a card that names no sums',
    async (text) => expect((await seek(text)).map(({ input }) => input)).toEqual([{ answer: 'pay' }]),
  )
})

describe('an offer with signs of a scam', () => {
  test.each([
    'Приглашаем менеджера. График каждый день с 10:00, 500 000 в неделю, без опыта. Сначала оплатите регистрацию',
    'Лёгкий заработок! Опыт не нужен, 500 000 в неделю, работа курьером. Пишите в Telegram, оплатите страховку',
    'Оңай табыс! Күн сайын сағат 10-да, тәжірибе керек емес, аптасына 500 000. Алдымен сақтандыру ақысын төлейсіз',
    'Easy money! No experience, 500 000 a week, every day at 10, first pay for registration',
  ])('%s is answered by the warning alone', async (text) => {
    expect((await seek(text)).map(({ kind, input }) => ({ kind, input }))).toEqual([
      { kind: 'warning', input: { answer: 'scam', signs: expect.any(Array) } },
    ])
  })

  const offers = z
    .record(z.enum(['scams', 'honest', 'missed']), z.array(z.string()))
    .parse(parse(readFileSync(new URL('offers.yaml', import.meta.url), 'utf8')))
  const warns = async (text: string) => (await seek(text)).some(({ kind }) => kind === 'warning')

  test.each(offers.scams)('of any length and lines is warned of: %j', async (text) => {
    expect(await warns(text)).toBe(true)
  })
  test.each([...offers.honest, ...offers.missed])('is not seen in %j', async (text) => {
    expect(await warns(text)).toBe(false)
  })

  test('is found at the end of a long message, and its signs are told with their words', async () => {
    const text = `${'Қалаға курьер керек, кестесі икемді.\n'.repeat(80)}Жұмысқа кірмес бұрын тіркеу үшін 5 000 теңге төлейсіз.`
    const [hit] = await seek(text)
    expect(hit?.input).toEqual({ answer: 'scam', signs: [{ kind: 'fee', words: expect.stringContaining('төлейсіз') }] })
  })

  test('is not what a single word of it says: a reminder stays one', async () => {
    const kinds = (await seek('напомни завтра в 10 внести предоплату')).map(({ kind }) => kind)
    expect(kinds).toContain('reminder')
    expect(kinds).not.toContain('warning')
  })
})

describe('everyday words', () => {
  test.each(readSaid())('%s → %s', async (text, place) => {
    const isForMentors = ['offers', 'reviews'].includes(place.split(' ')[0] ?? '')
    const [first] = await seek(text.replace(/^\//, '').replaceAll('_', ' '), isForMentors ? byMentor : world)
    expect(first?.fit, JSON.stringify(first)).toBe('whole')
    const input = z
      .record(z.string(), z.union([z.string(), z.literal(true)]))
      .catch({})
      .parse(first?.input)
    const part = Object.entries(input).map(([name, value]) => (value === true ? name : value))
    expect([first?.flow, ...part].join(' ')).toBe(place)
  })

  test.each([
    ['как мне удалить все данные отсюда', 'privacy'],
    ['а где у вас вакансии для подростков', 'vacancies'],
    ['помоги сменить язык пожалуйста на русский', 'settings'],
    ['жәрмеңкеге не киіп барған дұрыс болар екен', 'fairs'],
    ['что надеть на ярмарку', 'fairs'],
    ['what to wear to the job fair', 'fairs'],
  ])('within a longer message are offered: %s', async (text, flow) => {
    expect((await seek(text)).map((hit) => hit.flow)).toContain(flow)
  })

  test.each(['жәрмеңке', 'ярмарка когда', 'job fair'])(
    'of a fair leads whoever makes them to those: %s',
    async (text) => {
      expect((await seek(text, byMentor))[0]).toMatchObject({ flow: 'fairmaking', fit: 'whole' })
    },
  )

  test.each(['it is not fair', 'fair pay'])('that is fair in another sense is no fair: %s', async (text) => {
    expect((await seek(text)).map(({ flow }) => flow)).not.toContain('fairs')
  })

  test('of a greeting open no flow when more is said', async () => {
    expect(await seek('привет аспаз')).toEqual([expect.objectContaining({ input: { id: 'cook' } })])
  })

  test('stand in one list each, and are no profession’s name', async () => {
    const words = await readWords()
    const lists = createFlows({ instruments: [smallInstrument] }).flatMap(({ id, called = {} }) =>
      Object.keys(called).map((name) => `${id}:called.${name}`),
    )
    const soundsIn = (list: string) => new Set(phrasesOf(list, words).map((phrase) => readPhrase(phrase).join(' ')))
    const all = lists.flatMap((list) => [...soundsIn(list)])
    expect(all.filter((phrase, place) => all.indexOf(phrase) !== place)).toEqual([])
    const catalogue = await readCatalogue(new URL('prisma/seed/', root))
    const names = catalogue.professions.flatMap(({ name, words: others }) =>
      languages.flatMap((language) => [name[language], ...others[language]]),
    )
    const sounds = new Set(names.map((name) => readPhrase(foldText(name)).join(' ')))
    expect(all.filter((phrase) => sounds.has(phrase))).toEqual([])
  })
})

describe('a field of work', () => {
  test('leaves out of its lists what has a card', async () => {
    const { professions, families } = await readCatalogue(new URL('prisma/seed/', root))
    const namesOf = (of: Readonly<Record<'kk' | 'ru' | 'en', readonly string[] | string>>) =>
      languages.flatMap((language) => of[language]).map(foldText)
    const known = new Set(professions.flatMap(({ name, words }) => [...namesOf(name), ...namesOf(words)]))
    expect(families.flatMap(({ without }) => namesOf(without)).filter((job) => known.has(job))).toEqual([])
  })
})

describe('a finder that fails', () => {
  const findsWith = async (finder: Finder) => {
    const broken = defineCapability({ name: 'broken', finds: () => finder })
    const findAll = await finderOf([broken, ...capabilities], await database.open({ exclusive: false }))
    return findAll('баптаулар', world)
  }

  test('takes away nobody else’s hits', async () => {
    const hits = await findsWith(async () => {
      throw new Error('a mistake of ours')
    })
    expect([...new Set(hits.map(({ flow }) => flow))]).toEqual(['settings'])
  })

  test('by one hit of a wrong shape loses that one alone', async () => {
    const wrong = { kind: 'toy', label: 'no message', flow: 'toy' } as unknown as Hit // what a mistake may give
    const right: Hit = { kind: 'toy', label: { key: 'help:menu' }, flow: 'help' }
    const hits = await findsWith(async () => [wrong, right])
    expect([...new Set(hits.map(({ flow }) => flow))]).toEqual(['help', 'settings'])
  })

  test('for want of the database has the text come again', async () => {
    const locked = findsWith(async () => {
      throw Object.assign(new Error('database is locked'), { code: 'SQLITE_BUSY' })
    })
    await expect(locked).rejects.toMatchObject({ name: 'StoreError', reason: 'locked' })
  })
})
