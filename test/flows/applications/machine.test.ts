import { describe, expect, test } from 'vitest'
import { ApplicationsContext } from '../../../flows/applications/context.ts'
import {
  type Application,
  answerCv,
  applicationLimit,
  cvAnswers,
  cvText,
  deleteApplication,
  deleteCv,
  findApplication,
  listApplications,
  readyPapers,
  saveApplication,
  tickPaper,
} from '../../../flows/applications/contract.ts'
import type { CvAnswers } from '../../../flows/applications/cv.ts'
import { applications } from '../../../flows/applications/index.ts'
import type { Paper } from '../../../flows/applications/papers.ts'
import { pool, rehearsalLength } from '../../../flows/applications/rehearsal.ts'
import { toUtc } from '../../../flows/common/calendar.ts'
import type { Person } from '../../../flows/common/person.ts'
import { step } from '../../../flows/kit/step.ts'
import { stamped } from '../../../flows/kit/walk.ts'
import { type Language, translator } from '../../../flows/kit/words.ts'
import { newsReply } from '../../../src/capabilities/applications/news.ts'
import { reply } from '../../../src/engine/reply.ts'
import { agreed } from '../../support/people.ts'
import { record, rehearse } from '../../support/rehearse.ts'
import { readWords } from '../../support/words.ts'

const at = (month: number, day: number, hour: number, minute = 0) => toUtc({ year: 2026, month, day, hour, minute })
/** Thursday, 15 January 2026, 10:00 in Almaty. */
const now = at(1, 15, 10)
const words = await readWords()
const vacancy = { id: 'v1', title: 'Аспаз көмекшісі', employer: 'Үлгі асхана' }

type Given = {
  readonly language?: Language
  readonly person?: Partial<Person>
  readonly input?: unknown
  readonly kept?: readonly Application[]
  readonly isWorry?: (text: string) => boolean
}

/** Somebody whose applications, answers and papers are kept as they are told. */
const begins = async ({ language = 'kk', person = {}, input, kept = [], isWorry = () => false }: Given = {}) => {
  const shelf = new Map(kept.map((one) => [one.id, one]))
  const ready = new Set<Paper>()
  let cv: CvAnswers = {}
  const all = () => [...shelf.values()]
  const rehearsal = await rehearse(applications, {
    person: { ...agreed(language), ...person },
    now,
    input,
    isWorry,
    replies: [
      reply(listApplications, async () => ({ items: all().slice(0, 6), total: all().length, page: 0, pages: 1 })),
      reply(findApplication, async ({ id, vacancyId }) => ({
        application: all().find((one) => (id === null ? one.vacancyId === vacancyId : one.id === id)) ?? null,
        room: all().length < applicationLimit,
      })),
      reply(readyPapers, async () => ({ ready: [...ready] })),
      reply(cvAnswers, async () => ({ answers: cv })),
      newsReply(words),
      reply(cvText, async () => (Object.keys(cv).length === 0 ? null : { text: 'Дайын мәтін' })),
    ],
    records: [
      record(saveApplication, (one) => shelf.set(one.id, one)),
      record(deleteApplication, ({ id }) => shelf.delete(id)),
      record(tickPaper, ({ paper, on }) => (on ? ready.add(paper) : ready.delete(paper))),
      record(answerCv, ({ question, answer }) => {
        const { [question]: _, ...others } = cv
        cv = answer === null ? others : { ...others, [question]: answer }
      }),
      record(deleteCv, () => {
        cv = {}
      }),
    ],
  })
  return { ...rehearsal, kept: all, cv: () => cv, ready: () => [...ready] }
}

const application = (change: Partial<Application> = {}): Application => ({
  id: 'a',
  vacancyId: null,
  title: 'Аспаз',
  employer: null,
  place: null,
  state: 'applied',
  appliedAt: now,
  nextAt: null,
  before: null,
  ...change,
})

describe('an application', () => {
  test('for a vacancy is kept in one press, and found again instead of kept twice', async () => {
    const stage = await begins({ input: { vacancy } })
    expect(stage.said()).toBe('applications:saved')
    expect(stage.kept()).toMatchObject([{ vacancyId: 'v1', title: vacancy.title, state: 'applied', appliedAt: now }])
    await stage.opens({ vacancy })
    expect(stage.said()).toBe('applications:already')
    expect(stage.kept()).toHaveLength(1)
  })

  test('for a vacancy with an endless title keeps its beginning', async () => {
    const stage = await begins({ input: { vacancy: { id: 'v', title: 'Аспаз 😀 '.repeat(5_000), employer: ' ' } } })
    expect(stage.kept()[0]?.title.length).toBeLessThanOrEqual(120)
    expect(stage.kept()[0]?.employer).toBeNull()
    await stage.opens({ vacancy: { id: 'signs', title: '😀😀', employer: null } })
    expect(stage.kept()[1]?.title).toBe('…')
  })

  test('is refused where the list is full, and the list is shown', async () => {
    const kept = Array.from({ length: applicationLimit }, (_, n) => application({ id: `a${n}` }))
    const stage = await begins({ kept, input: { vacancy } })
    expect([stage.said(), stage.state()]).toEqual(['applications:full', 'listing'])
    await stage.presses('listing.add')
    expect([stage.said(), stage.state()]).toEqual(['applications:full', 'listing'])
  })

  test('found elsewhere is named in writing; what says nothing or too much is said kindly', async () => {
    const stage = await begins()
    await stage.presses('listing.add')
    await stage.writes(' \n ')
    expect(stage.keys()).toContain('applications:problem.empty')
    await stage.writes('ұ'.repeat(5_000))
    expect(stage.keys()).toContain('applications:problem.tooLong')
    await stage.writes('Кассир')
    await stage.writes('Үлгі дүкен')
    expect(stage.kept()).toMatchObject([{ title: 'Кассир', employer: 'Үлгі дүкен', vacancyId: null }])
  })

  test.each([
    ['kk', 'жұма 15:00', at(1, 16, 15)],
    ['kk', 'ертең 10-да', at(1, 16, 10)],
    ['ru', 'в пятницу в 15:00', at(1, 16, 15)],
    ['ru', 'завтра в 9:30', at(1, 16, 9, 30)],
    ['en', 'tomorrow at 10', at(1, 16, 10)],
  ] as const)('has an interview at a time in one’s own words (%s): %s', async (language, line, nextAt) => {
    const stage = await begins({ language, kept: [application()], input: { id: 'a' } })
    await stage.presses('move.invited')
    await stage.writes(line)
    expect(stage.kept()).toMatchObject([{ state: 'invited', nextAt }])
    await stage.writes('Абай 10')
    expect(stage.kept()).toMatchObject([{ state: 'invited', nextAt, place: 'Абай 10' }])
  })

  test('has an interview by buttons; what was written of the day is kept until the hour is said', async () => {
    const stage = await begins({ kept: [application()], input: { id: 'a' } })
    await stage.presses('move.invited')
    await stage.writes('сенбі')
    expect(stage.state()).toBe('hours')
    await stage.presses('14')
    await stage.presses('14:30')
    expect(stage.kept()).toMatchObject([{ state: 'invited', nextAt: at(1, 17, 14, 30) }])
    await stage.presses('common:skip')
    await stage.presses('time')
    await stage.presses('timing.date')
    await stage.presses('20')
    await stage.writes('18:00')
    expect(stage.kept()).toMatchObject([{ nextAt: at(1, 20, 18) }])
  })

  test.each(['кеше', '25:00', 'білмеймін'])('says what is wrong with a time and keeps the rest: %s', async (line) => {
    const stage = await begins({ kept: [application()], input: { id: 'a' } })
    await stage.presses('move.invited')
    await stage.writes(line)
    expect(stage.state()).toBe('timing')
    expect(stage.keys()[0]).toMatch(/^applications:problem\./)
    expect(stage.kept()).toMatchObject([{ state: 'applied' }])
  })

  test('is refused with kind words and two ways on', async () => {
    const stage = await begins({ kept: [application({ vacancyId: 'v1' })], input: { id: 'a', act: 'refused' } })
    expect(stage.kept()).toMatchObject([{ state: 'refused', nextAt: null }])
    expect(stage.keys()).toContain('applications:advice.refused')
    await stage.presses('places.rehearsal')
    expect(stage.state()).toBe('rehearsal')
  })

  test('ends in an offer: what to look at, with the law; then a first day, asked for by its day alone', async () => {
    const stage = await begins({
      person: { ageBand: '14-15' },
      kept: [application()],
      input: { id: 'a', act: 'offer' },
    })
    expect(stage.keys()).toEqual(expect.arrayContaining(['applications:check', 'vacancies:law.representative']))
    expect(stage.text()).toMatch(/Еңбек кодексі.*31-бап \(3\).*01\.07\.2021.*11\.2026/s)
    await stage.presses('firstDayDate')
    await stage.writes('дүйсенбі')
    expect(stage.kept()).toMatchObject([{ state: 'offer', nextAt: at(1, 19, 9) }])
    await stage.presses('move.started')
    expect(stage.kept()).toMatchObject([{ state: 'started', nextAt: null }])
  })

  test.each(['refused', 'withdrawn', 'interviewed'])(
    'moved by a wrong press comes back with its date and place: %s',
    async (to) => {
      const invited = application({ state: 'invited', nextAt: at(1, 20, 10), place: 'Абай 10' })
      const stage = await begins({ kept: [invited], input: { id: 'a' } })
      await stage.presses(`move.${to}`)
      expect(stage.kept()).toMatchObject([{ state: to, nextAt: null }])
      await stage.presses('undo')
      expect([stage.said(), stage.kept()]).toEqual(['applications:asBefore', [invited]])
      expect(stage.labels()).not.toContain(stage.label('undo'))
    },
  )

  test.each([
    ['kk', 'қате бастым'],
    ['ru', 'ошиблась'],
    ['en', 'by mistake'],
  ] as const)('taken for begun comes back with its first day, in one’s own words (%s): %s', async (language, line) => {
    const offer = application({ state: 'offer', nextAt: at(1, 19, 9) })
    const stage = await begins({ language, kept: [offer], input: { id: 'a' } })
    await stage.presses('move.started')
    await stage.writes(line)
    expect(stage.kept()).toEqual([offer])
  })

  test('asks where a new interview is, though there was one before', async () => {
    const stage = await begins({ kept: [application({ state: 'interviewed', place: 'Абай 10' })], input: { id: 'a' } })
    await stage.presses('move.invited')
    await stage.writes('ертең 15:00')
    expect(stage.state()).toBe('placing')
    expect(stage.kept()).toMatchObject([{ state: 'invited', place: null }])
    await stage.presses('common:skip')
    await stage.presses('undo')
    expect(stage.kept()).toMatchObject([{ state: 'interviewed', place: 'Абай 10' }])
  })

  test('that has moved on is not moved back by the button of an old notice', async () => {
    const stage = await begins({ kept: [application({ state: 'started' })], input: { id: 'a', act: 'refused' } })
    expect(stage.kept()).toMatchObject([{ state: 'started' }])
    expect(stage.state()).toBe('reading')
  })

  test('keeps its first day when the button of the question about the interview is pressed once more', async () => {
    const stage = await begins({ kept: [application({ state: 'invited' })], input: { id: 'a', act: 'offer' } })
    await stage.presses('firstDayDate')
    await stage.writes('дүйсенбі')
    const kept = [{ state: 'offer', nextAt: at(1, 19, 9) }]
    for (const act of ['offer', 'waiting', 'refused', 'invited', 'silent']) {
      await stage.opens({ id: 'a', act })
      expect(stage.kept()).toMatchObject(kept)
      expect(stage.state()).toBe('reading')
    }
  })

  test('keeps another interview when the button of the question about the last one is pressed', async () => {
    const second = application({ state: 'invited', nextAt: at(1, 20, 10) })
    for (const act of ['offer', 'waiting', 'refused']) {
      const stage = await begins({ kept: [second], input: { id: 'a', act } })
      expect(stage.kept()).toEqual([second])
    }
  })

  test.each([
    ['ертең 15:00', ['applications:remind.both']],
    ['бүгін 15:00', ['applications:remind.hours']],
    ['бүгін 11:00', ['applications:remind.none']],
  ])('promises no reminder of an interview that will not come: %s', async (line, promised) => {
    const stage = await begins({ kept: [application()], input: { id: 'a' } })
    await stage.presses('move.invited')
    await stage.writes(line)
    await stage.presses('common:skip')
    expect(stage.keys().filter((key) => key.startsWith('applications:remind.'))).toEqual(promised)
  })

  test('today is no interview for which the way is looked up the evening before', async () => {
    const stage = await begins({
      kept: [application({ state: 'invited', nextAt: at(1, 15, 10, 30) })],
      input: { id: 'a' },
    })
    expect(stage.keys()).toEqual(expect.arrayContaining(['applications:remind.none', 'applications:bringSoon']))
    expect(stage.text()).not.toContain('кешке')
  })

  test.each([
    ['kk', 'сұхбатқа бара алмадым'],
    ['ru', 'я не пошла'],
    ['en', 'I did not go'],
  ] as const)('to which nobody went keeps its place for another time (%s): %s', async (language, line) => {
    const kept = [application({ state: 'invited', nextAt: at(1, 14, 10), place: 'Абай 10' })]
    const pressed = await begins({ language, kept, input: { id: 'a', act: 'missed' } })
    const told = await begins({ language, kept, input: { id: 'a' } })
    await told.writes(line)
    for (const stage of [pressed, told]) {
      expect(stage.keys()).toContain('applications:advice.missed')
      expect(stage.kept()).toEqual(kept)
    }
    await told.presses('time')
    await told.writes(language === 'kk' ? 'ертең 15:00' : language === 'ru' ? 'завтра в 15:00' : 'tomorrow 15:00')
    expect(told.kept()).toMatchObject([{ state: 'invited', nextAt: at(1, 16, 15), place: 'Абай 10' }])
    expect(told.keys()).toContain('applications:advice.invited')
  })

  test('says of its first day what it is, and that it can be changed', async () => {
    const offer = application({ state: 'offer', nextAt: at(1, 19, 9) })
    const stage = await begins({ kept: [offer], input: { id: 'a' } })
    expect(stage.keys()).toContain('applications:firstDayLine')
    expect(stage.labels()).toContain(stage.label('firstDayOther'))
    expect(stage.labels()).not.toContain(stage.label('firstDayDate'))
  })

  test.each([
    [10, ['applications:remind.evening']],
    [20, ['applications:remind.none']],
  ])('promises no reminder of a first day after its evening: said at %s:00', async (hour, promised) => {
    const stage = await begins({ kept: [application({ state: 'offer' })], input: { id: 'a' } })
    stage.until(at(1, 15, hour))
    await stage.presses('firstDayDate')
    await stage.presses('timing.tomorrow')
    expect(stage.kept()).toMatchObject([{ nextAt: at(1, 16, 9) }])
    expect(stage.keys().filter((key) => key.startsWith('applications:remind.'))).toEqual(promised)
  })

  test('that is gone is said to be, and the list is shown', async () => {
    const stage = await begins({ input: { id: 'gone', act: 'offer' } })
    expect([stage.said(), stage.state()]).toEqual(['applications:gone', 'listing'])
  })

  test('is deleted, and back in a press', async () => {
    const stage = await begins({ kept: [application({ place: 'Абай 10' })], input: { id: 'a' } })
    await stage.presses('delete')
    expect(stage.kept()).toEqual([])
    await stage.presses('deleted.undo')
    expect(stage.kept()).toEqual([application({ place: 'Абай 10' })])
  })

  test('is nothing for those under 14, who read why', async () => {
    const stage = await begins({ person: { ageBand: '12-13' }, input: { vacancy } })
    expect([stage.state(), stage.kept()]).toEqual(['tooYoung', []])
  })
})

describe('on a card of an application, what came of it is told in one’s own words', () => {
  const invited = application({ state: 'invited', nextAt: at(1, 20, 10), place: 'Абай 10' })
  const offered = application({ state: 'offer' })

  test.each([
    ['kk', 'жұмысқа алды', 'offer'],
    ['kk', 'мені жұмысқа алатын болды!', 'offer'],
    ['kk', 'жумыска алды', 'offer'],
    ['kk', 'жұмысқа алмады', 'refused'],
    ['kk', 'сұхбат өтті', 'interviewed'],
    ['kk', 'Кеше сұхбатқа бардым', 'interviewed'],
    ['kk', 'бас тарттым', 'withdrawn'],
    ['kk', 'жұмыс істеп жүрмін', 'started'],
    ['ru', 'меня взяли на работу', 'offer'],
    ['ru', 'берут на работу', 'offer'],
    ['ru', 'меня не взяли', 'refused'],
    ['ru', 'собеседование прошло', 'interviewed'],
    ['ru', 'я отказалась', 'withdrawn'],
    ['en', 'they hired me', 'offer'],
    ['en', 'they said no', 'refused'],
    ['en', 'the interview is over', 'interviewed'],
  ] as const)('its state (%s): %s → %s', async (language, line, state) => {
    for (const kept of [application(), invited]) {
      const stage = await begins({ language, kept: [kept], input: { id: 'a' } })
      await stage.writes(line)
      expect(stage.kept()).toMatchObject([{ state, nextAt: null }])
      expect(stage.state()).toBe('reading')
    }
  })

  test.each([
    ['kk', 'сұхбатқа шақырды'],
    ['kk', 'сұхбатым бар'],
    ['ru', 'зовут на собеседование'],
    ['ru', 'позвали на собеседование'],
    ['en', 'invited to an interview'],
  ] as const)('an invitation, of which the time is asked (%s): %s', async (language, line) => {
    const stage = await begins({ language, kept: [application()], input: { id: 'a' } })
    await stage.writes(line)
    expect(stage.state()).toBe('timing')
  })

  test.each([
    ['kk', 'сұхбатқа шақырды, ертең 15:00', at(1, 16, 15)],
    ['ru', 'пригласили на собеседование в пятницу в 15:00', at(1, 16, 15)],
    ['en', 'I have an interview tomorrow at 15:00', at(1, 16, 15)],
  ] as const)('an invitation with its time (%s): %s', async (language, line, nextAt) => {
    const stage = await begins({ language, kept: [application()], input: { id: 'a' } })
    await stage.writes(line)
    expect(stage.kept()).toMatchObject([{ state: 'invited', nextAt }])
    expect(stage.state()).toBe('placing')
  })

  test.each([
    ['kk', 'сұхбат 21 қаңтар 15:00-ге ауысты', at(1, 21, 15)],
    ['kk', 'сұхбат сағат 15:00-ге ауысты', at(1, 20, 15)],
    ['ru', 'собеседование перенесли на 21 января в 15:00', at(1, 21, 15)],
    ['ru', 'собеседование перенесли на 15:00', at(1, 20, 15)],
    ['en', 'the interview moved to 21 January 15:00', at(1, 21, 15)],
  ] as const)('another time of the interview (%s): %s', async (language, line, nextAt) => {
    const stage = await begins({ language, kept: [invited], input: { id: 'a' } })
    await stage.writes(line)
    expect(stage.kept()).toEqual([{ ...invited, nextAt }])
    expect([stage.said(), stage.state()]).toEqual(['applications:kept', 'reading'])
  })

  test.each([
    ['kk', 'сұхбат 21 қаңтарға ауысты', '15:00'],
    ['ru', 'собеседование перенесли на 21 января', '15:00'],
    ['en', 'the interview was moved to 21 January', '15:00'],
  ] as const)('another day of the interview, of which the hour is asked (%s): %s', async (language, line, hour) => {
    const stage = await begins({ language, kept: [invited], input: { id: 'a' } })
    await stage.writes(line)
    expect(stage.state()).toBe('hours')
    await stage.writes(hour)
    expect(stage.kept()).toEqual([{ ...invited, nextAt: at(1, 21, 15) }])
  })

  test('a time that is over is said back, and the interview stays as it was', async () => {
    const stage = await begins({ kept: [invited], input: { id: 'a' } })
    await stage.writes('сұхбат бүгін 9:00-ге ауысты')
    expect([stage.state(), stage.keys()[0]]).toEqual(['timing', 'applications:problem.past'])
    expect(stage.kept()).toEqual([invited])
  })

  test.each([
    ['kk', 'жұмысқа алды, бірінші күнім дүйсенбі', application()],
    ['kk', 'бірінші күнім дүйсенбі', offered],
    ['kk', 'дүйсенбіден бастап жұмысқа шығамын', offered],
    ['ru', 'меня взяли, первый день в понедельник', application()],
    ['ru', 'меня всё-таки взяли, первый день в понедельник', application({ state: 'refused' })],
    ['ru', 'выхожу на работу в понедельник', offered],
    ['en', 'they hired me, I start on Monday', invited],
    ['en', 'my first day is Monday', offered],
  ] as const)('the first day (%s): %s', async (language, line, kept) => {
    const stage = await begins({ language, kept: [kept], input: { id: 'a' } })
    await stage.writes(line)
    expect(stage.kept()).toMatchObject([{ state: 'offer', nextAt: at(1, 19, 9) }])
    expect(stage.state()).toBe('reading')
  })

  test('the same once more changes nothing, and nobody’s silence is a word of comfort', async () => {
    const stage = await begins({ kept: [invited], input: { id: 'a' } })
    await stage.writes('сұхбатқа шақырды')
    expect([stage.said(), stage.kept()]).toEqual(['applications:same', [invited]])
    const silent = await begins({ kept: [application()], input: { id: 'a' } })
    await silent.writes('әлі жауап жоқ')
    expect(silent.keys()).toContain('applications:advice.silent')
  })

  test.each([
    ['kk', 'сұхбатым қашан?'],
    ['ru', 'когда собеседование'],
    ['en', 'when is my interview'],
  ] as const)('and when it is can be asked (%s): %s', async (language, line) => {
    const stage = await begins({ language, kept: [invited], input: { id: 'a' } })
    await stage.writes(line)
    expect([stage.state(), stage.said()]).toEqual(['reading', undefined])
    const undated = await begins({ language, kept: [application()], input: { id: 'a' } })
    await undated.writes(line)
    expect(undated.said()).toBe('applications:undated')
  })

  test.each(['аспаз', 'ертең 10:00 нан алу', 'жұмысқа алды ма?', 'маған паспорт керек', 'жәрмеңке'])(
    'anything else is looked for: %s',
    async (line) => {
      const stage = await begins({ kept: [invited], input: { id: 'a' } })
      await stage.writes(line)
      expect(stage.opened()).toMatchObject({ flow: 'search', input: { text: line } })
      expect(stage.kept()).toEqual([invited])
    },
  )
})

describe('a CV', () => {
  test('is asked question by question; what is known is taken over only by a press', async () => {
    const stage = await begins({ person: { name: 'Айгүл', region: '75', plan: 'college' }, input: { place: 'cv' } })
    await stage.presses('cv.begin')
    expect(stage.cv()).toEqual({})
    await stage.presses('cv.take')
    await stage.presses('cv.take')
    await stage.presses('common:skip')
    await stage.presses('cv.wish.summer')
    await stage.presses('common:skip')
    expect(stage.cv()).toEqual({ name: { text: 'Айгүл' }, town: { place: '75' }, seeks: { wish: 'summer' } })
    for (const answer of ['10-сынып', 'Ауладағы көмек\n\n\nПрактика', 'Нан илеймін', 'Қазақша'])
      await stage.writes(answer)
    await stage.writes('Жарыс')
    expect(stage.state()).toBe('cv')
    expect(stage.cv()).toMatchObject({ experience: { text: 'Ауладағы көмек\nПрактика' }, proud: { text: 'Жарыс' } })
    expect(stage.cv()).not.toHaveProperty('contact')
  })

  test('offers a wish that is known once', async () => {
    const stage = await begins({ person: { plan: 'college' }, input: { place: 'cv' } })
    await stage.presses('cv.begin')
    while (!stage.keys().includes('applications:cv.ask.seeks')) await stage.presses('common:skip')
    expect(stage.labels().filter((label) => label === stage.label('cv.wish.part'))).toHaveLength(1)
    expect(stage.labels()[0]).toBe(stage.label('cv.wish.part'))
    await stage.presses('cv.wish.part')
    expect(stage.cv()).toEqual({ seeks: { wish: 'part' } })
  })

  test('asks beside a wish what work it is to be, and says both', async () => {
    const stage = await begins({ input: { place: 'cv' } })
    await stage.presses('cv.begin')
    while (!stage.keys().includes('applications:cv.ask.seeks')) await stage.presses('common:skip')
    await stage.presses('cv.wish.full')
    expect(stage.keys()).toContain('applications:cv.workToo')
    await stage.writes('Даяшы')
    expect(stage.cv()).toEqual({ seeks: { wish: 'full', work: 'Даяшы' } })
    expect(stage.keys()).toContain('applications:cv.ask.education')
    await stage.opens({ place: 'cv' })
    expect(stage.text()).toContain('Даяшы · Толық күндік жұмыс')
    expect(stage.keys()).toContain('applications:cv.own')
  })

  test('takes no word of sadness for an answer', async () => {
    const stage = await begins({ input: { place: 'cv' }, isWorry: (text) => text === 'маған ауыр' })
    await stage.presses('cv.begin')
    await stage.writes('маған ауыр')
    expect(stage.cv()).toEqual({})
    expect(stage.opened()).toMatchObject({ flow: 'search', input: { worry: true } })
  })

  test('takes no ID number, and says why', async () => {
    const stage = await begins({ input: { place: 'cv' } })
    await stage.presses('cv.begin')
    await stage.writes('Айгүл 010203456789')
    expect(stage.keys()).toContain('applications:problem.idNumber')
    expect(stage.cv()).toEqual({})
  })

  test('is changed line by line, and a line goes', async () => {
    const stage = await begins({ input: { place: 'cv' } })
    await stage.presses('cv.begin')
    await stage.writes('Айгүл')
    await stage.presses('common:back')
    await stage.presses('common:back')
    await stage.presses('cv.edit')
    await stage.presses('cv.heading.skills')
    await stage.writes('Excel')
    expect([stage.state(), stage.cv()]).toEqual(['cv', { name: { text: 'Айгүл' }, skills: { text: 'Excel' } }])
    await stage.presses('cv.edit')
    await stage.presses('✓ Дағдылары')
    await stage.presses('cv.clear')
    expect(stage.cv()).toEqual({ name: { text: 'Айгүл' } })
    await stage.presses('cv.wipe')
    await stage.presses('cv.wipe')
    expect([stage.said(), stage.cv()]).toEqual(['applications:cv.wiped', {}])
  })

  test('is handed over as text and as a page', async () => {
    const stage = await begins({ input: { place: 'cv' } })
    await stage.presses('cv.begin')
    await stage.writes('Айгүл')
    await stage.opens({ place: 'cv' })
    await stage.presses('cv.text.kk')
    expect(stage.text()).toContain('Дайын мәтін')
    await stage.presses('cv.page.kk')
    expect(stage.state()).toBe('cvPrinted')
  })

  test('takes a telephone number that is sent as one, where it asks for one and nowhere else', async () => {
    const stage = await begins({ input: { place: 'cv' } })
    const sends = () => {
      const contact = { type: 'CONTACT', phone: '+77000000000', isOwn: true }
      return step(applications, stage.frame(), stamped(contact)).effects
    }
    await stage.presses('cv.begin')
    expect(sends()).toEqual([])
    await stage.presses('common:skip')
    await stage.presses('common:skip')
    const answer = { question: 'contact', answer: { text: '+77000000000' } }
    expect(sends()).toEqual([{ type: 'tell', name: 'applications.answer', data: answer }])
  })
})

describe('papers', () => {
  test.each([
    ['14-15', 'paper.birth.name', 'paper.identity.name'],
    ['16-17', 'paper.identity.name', 'paper.birth.name'],
    ['18+', 'paper.identity.name', 'paper.birth.name'],
  ] as const)('differ by age (%s), and are ticked and unticked', async (ageBand, has, lacks) => {
    const stage = await begins({ person: { ageBand }, input: { place: 'documents' } })
    expect(stage.labels()).toContain(stage.label(has))
    expect(stage.labels()).not.toContain(stage.label(lacks))
    expect(stage.text()).toMatch(/32-бап.*01\.07\.2021.*11\.2026/s)
    await stage.presses(has)
    expect(stage.ready()).toHaveLength(1)
    await stage.presses(has)
    expect(stage.ready()).toEqual([])
  })
})

describe('a rehearsal', () => {
  test('asks other questions each time, of which none comes twice', async () => {
    const stage = await begins({ input: { place: 'rehearsal' } })
    const asked = async (begin: string) => {
      await stage.presses(begin)
      const heard: string[] = []
      while (stage.state() === 'question') {
        heard.push(stage.keys().find((key) => key.endsWith('.ask')) ?? '')
        await stage.presses('common:skip')
      }
      return heard
    }
    const [first, second] = [await asked('rehearsal.begin'), await asked('rehearsal.again')]
    for (const heard of [first, second]) {
      expect(new Set(heard).size).toBe(rehearsalLength)
      expect(heard.at(-1)).toBe('applications:rehearsal.questions.ask')
    }
    expect(second).not.toEqual(first)
    expect(pool.length).toBeGreaterThan(rehearsalLength)
  })

  test('says what a good answer holds, and keeps nothing of the answer', async () => {
    const stage = await begins({ input: { place: 'rehearsal' } })
    await stage.presses('rehearsal.begin')
    await stage.writes('Құпия сөзім')
    expect(stage.keys()).toEqual(
      expect.arrayContaining(['applications:rehearsal.length.short', 'applications:rehearsal.yourself.holds']),
    )
    expect(JSON.stringify(stage.frame())).not.toContain('Құпия')
    await stage.writes('Мен үйренгім келеді, мысалы, былтыр асханада көмектестім. '.repeat(3))
    expect(stage.keys()).toContain('applications:rehearsal.length.fine')
    await stage.presses('rehearsal.finish')
    expect(stage.state()).toBe('rehearsed')
    expect(stage.text()).toContain('Жауап берілді: 1')
  })

  test('opened on an application leads back to it, and from the list to the list', async () => {
    const invited = application({ state: 'invited', nextAt: at(1, 16, 10) })
    const stage = await begins({ input: { id: 'a' }, kept: [invited] })
    await stage.presses('places.rehearsal')
    await stage.presses('rehearsal.begin')
    await stage.presses('rehearsal.finish')
    await stage.presses('common:back')
    expect(stage.state()).toBe('reading')
    await stage.presses('common:back')
    await stage.presses('places.rehearsal')
    await stage.presses('common:back')
    expect(stage.state()).toBe('listing')
    const told = await begins({ input: { place: 'rehearsal', id: 'a' }, kept: [invited] })
    await told.presses('common:back')
    expect(told.state()).toBe('reading')
    expect(told.text()).toContain(invited.title)
  })

  test('takes no word of sadness for an answer', async () => {
    const stage = await begins({ input: { place: 'rehearsal' }, isWorry: (text) => text === 'маған ауыр' })
    await stage.presses('rehearsal.begin')
    await stage.writes('маған ауыр')
    expect(stage.opened()).toMatchObject({ flow: 'search', input: { worry: true } })
  })

  test.each(['common:back', 'rehearsal.retry'])('counts a question once that is answered again: %s', async (way) => {
    const stage = await begins({ input: { place: 'rehearsal' } })
    await stage.presses('rehearsal.begin')
    for (const answer of ['Бірінші', 'Екінші']) {
      await stage.writes(answer)
      await stage.presses(way)
    }
    await stage.writes('Үшінші')
    await stage.presses('rehearsal.finish')
    expect(stage.text()).toContain('Жауап берілді: 1')
  })
})

describe('rights from the first day on', () => {
  test.each([
    ['14-15', 'rights.hours1415.text'],
    ['16-17', 'rights.hours1617.text'],
    ['18+', 'rights.hoursGrown.text'],
  ] as const)(
    'say the working time of the age (%s), with its source on each card but the last',
    async (ageBand, key) => {
      const stage = await begins({ person: { ageBand }, input: { place: 'firstDay' } })
      const seen: string[] = []
      for (let card = 0; card < 7; card++) {
        seen.push(...stage.keys())
        expect(stage.text()).toMatch(/Еңбек кодексі, .*01\.07\.2021.*11\.2026/s)
        // Pay by the hour has an article of its own.
        if (stage.text().includes('сағатпен есептеледі')) expect(stage.text()).toContain('106-бап (1)')
        await stage.presses('rights.after')
      }
      expect(seen).toContain(`applications:${key}`)
      expect(stage.keys()).toContain('applications:rights.trouble.text')
      expect(stage.labels()).toContain(stage.label('help:menu'))
    },
  )

  test('follow the age when it is changed while they stand open, as papers and offers do', async () => {
    const stage = await begins({ person: { ageBand: '16-17' }, input: { place: 'documents' } })
    const context = { ...ApplicationsContext.parse(stage.frame().context), card: 2 }
    const offered = { ...context, application: application({ state: 'offer' }) }
    const keysOf = (state: string, given: ApplicationsContext) => {
      const view = {
        context: given,
        person: { ...agreed('kk'), ageBand: '14-15' as const },
        t: translator('applications'),
      }
      return applications.screens[state]?.(view)
        .text.flat()
        .map(({ key }) => key)
    }
    expect(keysOf('documents', context)).not.toContain('applications:documents.identity')
    expect(keysOf('documents', context)).toContain('vacancies:law.representative')
    expect(keysOf('firstDay', context)).toContain('applications:rights.hours1415.text')
    expect(keysOf('reading', offered)).toContain('vacancies:law.representative')
  })
})
