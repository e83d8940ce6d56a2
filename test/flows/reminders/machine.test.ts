import { describe, expect, test } from 'vitest'
import { toUtc } from '../../../flows/common/calendar.ts'
import { withdrawNotices } from '../../../flows/kit/notice.ts'
import { type Language, languages } from '../../../flows/kit/words.ts'
import {
  changeReminder,
  deleteReminder,
  getReminder,
  listReminders,
  pageSize,
  Reminder,
  type ReminderPage,
  reminderLimit,
  saveReminder,
} from '../../../flows/reminders/contract.ts'
import { reminders } from '../../../flows/reminders/index.ts'
import { reply } from '../../../src/engine/reply.ts'
import { record, rehearse } from '../../support/rehearse.ts'

const zone = 'Asia/Almaty'
const at = (month: number, day: number, hour: number, minute = 0) =>
  toUtc({ year: 2026, month, day, hour, minute }, zone)
/** Thursday, 15 January 2026, 10:00 in Almaty. */
const now = at(1, 15, 10)
const hour = 60 * 60_000

/** Somebody whose reminders are kept as they are told. */
const begins = async (language: Language = 'kk') => {
  const shelf = new Map<string, Reminder>()
  const keep = (reminder: Reminder) => void shelf.set(reminder.id, reminder)
  const kept = () => [...shelf.values()]
  const open = () => kept().filter(({ state }) => state !== 'done')
  const rehearsal = await rehearse(reminders, {
    language,
    now,
    replies: [
      reply(listReminders, async ({ page }) => pageOf(open(), page)),
      reply(getReminder, async ({ id }) => {
        const reminder = shelf.get(id)
        return reminder === undefined ? null : { reminder, room: open().length < reminderLimit }
      }),
    ],
    records: [
      record(saveReminder, keep),
      record(changeReminder, (change) => shelf.set(change.id, { ...Reminder.parse(shelf.get(change.id)), ...change })),
      record(deleteReminder, ({ id }) => shelf.delete(id)),
    ],
  })
  return { ...rehearsal, kept, keep, drop: (id: string) => shelf.delete(id) }
}

function pageOf(all: readonly Reminder[], page: number): ReminderPage {
  const items = all.slice(page * pageSize, (page + 1) * pageSize)
  return { items, total: all.length, page, pages: Math.max(1, Math.ceil(all.length / pageSize)) }
}

describe('a line of text', () => {
  test.each([
    ['kk', 'ертең 18:00 құжат тапсыру', 'құжат тапсыру', at(1, 16, 18), { type: 'once' }, /жұма.*16 қаңтар.*18:00/],
    ['kk', 'күн сайын 7:30 жаттығу', 'жаттығу', at(1, 16, 7, 30), { type: 'daily' }, /Күн сайын/],
    ['ru', 'через 2 часа позвонить', 'позвонить', now + 2 * hour, { type: 'once' }, /четверг.*15 января.*12:00/],
    ['ru', 'завтра в 18:30 сдать документы', 'сдать документы', at(1, 16, 18, 30), { type: 'once' }, /пятница/],
    [
      'en',
      'every Monday 9:00 English',
      'English',
      at(1, 19, 9),
      { type: 'weekly', days: [1] },
      /Monday.*19 January.*09:00[\s\S]*Every week: Monday/,
    ],
    ['en', 'tomorrow at 18:00 hand in papers', 'hand in papers', at(1, 16, 18), { type: 'once' }, /Friday/],
  ] as const)('in %s is said back before it is kept: %s', async (language, line, what, nextAt, repeat, said) => {
    const stage = await begins(language)
    await stage.writes(line)
    expect(stage.text()).toContain(what)
    expect(stage.text()).toMatch(said)
    expect(stage.kept()).toEqual([])
    await stage.presses('confirming.save')
    expect(stage.said()).toBe('reminders:saved')
    expect(stage.kept()).toMatchObject([{ what, nextAt, repeat, zone, state: 'active' }])
    expect(stage.text()).toContain(what)
  })

  test('with a thing but no time keeps the thing and asks when', async () => {
    const stage = await begins('ru')
    await stage.writes('сдать документы')
    expect(stage.keys()).toEqual(['reminders:timing.title', 'reminders:timing.how'])
    expect(stage.text()).toContain('сдать документы')
    await stage.writes('завтра в 18:30')
    await stage.presses('confirming.save')
    expect(stage.kept()).toMatchObject([{ what: 'сдать документы', nextAt: at(1, 16, 18, 30) }])
  })

  test('with a time but no thing keeps the time and asks what', async () => {
    const stage = await begins('ru')
    await stage.writes('завтра в 18:30')
    expect(stage.keys()).toContain('reminders:naming.title')
    await stage.writes('сдать документы')
    expect(stage.keys()).toContain('reminders:confirming.title')
    await stage.presses('confirming.save')
    expect(stage.kept()).toMatchObject([{ what: 'сдать документы', nextAt: at(1, 16, 18, 30) }])
  })

  test.each([
    ['31 ақпан құжат тапсыру', 'bad-date', 'құжат тапсыру'],
    ['25:00 құжат тапсыру', 'bad-time', 'құжат тапсыру'],
    ['кеше 18:00 құжат тапсыру', 'past', 'құжат тапсыру'],
  ])('that cannot be (%s) is answered kindly, and the thing is kept', async (line, problem, what) => {
    const stage = await begins()
    await stage.writes(line)
    expect(stage.keys()).toEqual([`reminders:problem.${problem}`, 'reminders:timing.title', 'reminders:timing.how'])
    expect(stage.text()).toContain(what)
    await stage.presses('timing.tomorrow')
    await stage.presses('repeating.once')
    await stage.presses('confirming.save')
    expect(stage.kept()).toMatchObject([{ what, nextAt: at(1, 16, 9) }])
  })

  test.each([
    ['kk', 'нан алу', 'ертең 10:00 сүт алу', 'сүт алу'],
    ['ru', 'купить хлеб', 'завтра в 10 позвонить маме', 'позвонить маме'],
    ['en', 'buy bread', 'tomorrow at 10 call mum', 'call mum'],
  ] as const)(
    'in %s with other words at the question for the time loses neither text',
    async (language, first, line, other) => {
      const stage = await begins(language)
      await stage.writes(first)
      await stage.writes(line)
      expect(stage.keys()).toEqual(expect.arrayContaining(['reminders:what', 'reminders:confirming.aside']))
      expect(stage.text()).toContain(`📌 ${first}`)
      expect(stage.text()).toContain(other)
      await stage.presses('confirming.reword')
      expect(stage.text()).toContain(`📌 ${other}`)
      await stage.presses('confirming.reword')
      expect(stage.text()).toContain(`📌 ${first}`)
      await stage.presses('confirming.reword')
      await stage.presses('confirming.save')
      expect(stage.kept()).toMatchObject([{ what: other, nextAt: at(1, 16, 10) }])
      await stage.writes('ертең 12:00 үй')
      expect(stage.keys()).not.toContain('reminders:confirming.aside')
    },
  )

  test.each([
    ['kk', 'нан алу', 'жарайды, ертең 10:00'],
    ['kk', 'нан алу', 'ертең 10:00-де нан'],
    ['ru', 'купить хлеб', 'ну давай завтра в 10'],
    ['en', 'buy bread', 'ok, tomorrow at 10:00 then'],
  ] as const)(
    'in %s at the question for the time offers no text that says nothing new: %s, %s',
    async (language, first, line) => {
      const stage = await begins(language)
      await stage.writes(first)
      await stage.writes(line)
      expect(stage.text()).toContain(`📌 ${first}`)
      expect(stage.keys()).not.toContain('reminders:confirming.aside')
    },
  )

  test('keeps the other words over a time that has passed, too', async () => {
    const stage = await begins()
    await stage.writes('нан алу')
    await stage.writes('кеше 10:00 сүт алу')
    expect(stage.keys()).toContain('reminders:problem.past')
    await stage.writes('ертең 10:00')
    expect(stage.text()).toContain('сүт алу')
  })

  test('fills in the text where only a time in part was known', async () => {
    const stage = await begins()
    await stage.writes('кеше 10:00')
    expect(stage.keys()).toContain('reminders:problem.past')
    await stage.writes('ертең 10:00 сүт алу')
    expect(stage.text()).toContain('📌 сүт алу')
    expect(stage.keys()).not.toContain('reminders:confirming.aside')
  })

  test('written anew while it is confirmed can be taken back', async () => {
    const stage = await begins()
    await stage.writes('ертең 10:00 сүт алу')
    await stage.writes('ертең 11:00 нан алу')
    expect(stage.text()).toContain('📌 нан алу')
    await stage.presses('confirming.reword')
    expect(stage.text()).toContain('📌 сүт алу')
  })

  test.each([
    ['🙂🙂', 'empty'],
    ['ұ'.repeat(4000), 'too-long'],
  ])('without words or far too long asks again', async (line, problem) => {
    const stage = await begins()
    await stage.writes(line)
    expect(stage.keys()).toEqual([`reminders:problem.${problem}`, 'reminders:naming.title', 'reminders:naming.how'])
    await stage.writes('ертең 18:00 сабақ')
    expect(stage.keys()).toContain('reminders:confirming.title')
  })

  test('after another begins the next one', async () => {
    const stage = await begins()
    for (const line of ['ертең 18:00 сабақ', 'жұма 9:00 қоңырау шалу']) {
      await stage.writes(line)
      await stage.presses('confirming.save')
    }
    expect(stage.kept().map(({ what }) => what)).toEqual(['сабақ', 'қоңырау шалу'])
  })

  test('may have 500 letters of any kind', async () => {
    const stage = await begins()
    await stage.writes('ертең 18:00')
    const what = `а${'🙂'.repeat(499)}`
    await stage.writes(what)
    await stage.presses('confirming.save')
    expect(stage.kept()).toMatchObject([{ what }])
    expect(Reminder.parse(stage.kept()[0])).toMatchObject({ what })
  })

  test('while it is being confirmed changes the time it names; words alone are no text of a reminder', async () => {
    const stage = await begins('en')
    await stage.writes('tomorrow at 18:00 call home')
    await stage.writes('Friday 19:30')
    expect(stage.text()).toMatch(/call home[\s\S]*16 January.*19:30/)
    await stage.writes('25:00')
    expect(stage.keys()).toContain('reminders:problem.bad-time')
    expect(stage.text()).toMatch(/call home[\s\S]*16 January.*19:30/)
    await stage.writes('I feel so bad')
    expect(stage.opened()).toMatchObject({ flow: 'search' })
    await stage.presses('common:back')
    expect(stage.text()).toMatch(/call home[\s\S]*16 January.*19:30/)
  })

  test.each([
    ['ертең', at(1, 16, 7), 'once'],
    ['сенбіде', at(1, 17, 7), 'once'],
    ['бүгін', at(1, 15, 13), 'once'],
    ['күн сайын', at(1, 16, 7), 'daily'],
    ['дүйсенбі сайын', at(1, 19, 7), 'weekly'],
  ])(
    'while it is being confirmed keeps its hour, if another day or rhythm names none and it is still to come: %s',
    async (line, nextAt, repeat) => {
      const stage = await begins()
      await stage.writes('ертең таңғы 7де тұру')
      await stage.writes(line)
      await stage.presses('confirming.save')
      expect(stage.kept()).toMatchObject([{ what: 'тұру', nextAt, repeat: { type: repeat } }])
    },
  )

  test.each([
    ['жұма 9:00 дәрігер', 'кешке', at(1, 16, 19), 'once'],
    ['жұма 9:00 дәрігер', '18:30', at(1, 16, 18, 30), 'once'],
    ['жұма 9:00 дәрігер', '2 сағаттан кейін', at(1, 15, 12), 'once'],
    ['бүгін 12:00 дәрігер', '9:00', at(1, 16, 9), 'once'],
    ['дүйсенбі сайын 9:00 дәрігер', '11:00', at(1, 19, 11), 'weekly'],
    ['бейсенбі сайын 12:00 дәрігер', '9:00', at(1, 22, 9), 'weekly'],
  ])(
    'while it is being confirmed keeps its day where an hour alone is named: %s, %s',
    async (line, hour, nextAt, repeat) => {
      const stage = await begins()
      await stage.writes(line)
      await stage.writes(hour)
      await stage.presses('confirming.save')
      expect(stage.kept()).toMatchObject([{ what: 'дәрігер', nextAt, repeat: { type: repeat } }])
    },
  )
})

describe('a line that is understood in part', () => {
  test('keeps the day, and asks for the hour with the picker', async () => {
    const stage = await begins()
    await stage.writes('ертең 18 бе құжат тапсыру')
    expect(stage.keys().slice(0, 3)).toEqual(
      ['problem.which-hour', 'day', 'hours.title'].map((key) => `reminders:${key}`),
    )
    expect(stage.text()).toContain('жұма, 2026')
    await stage.presses('18')
    await stage.presses('18:30')
    await stage.presses('confirming.save')
    expect(stage.kept()).toMatchObject([{ nextAt: at(1, 16, 18, 30), repeat: { type: 'once' } }])
    expect(stage.kept()[0]?.what).toContain('құжат тапсыру')
  })

  test.each([
    ['18:30', at(1, 16, 18, 30)],
    ['кешкі 7-де', at(1, 16, 19)],
    ['таңғы жетіде', at(1, 16, 7)],
    ['сенбіде 10:00', at(1, 17, 10)],
  ])('takes the hour that is written then: %s', async (hour, nextAt) => {
    const stage = await begins()
    await stage.writes('ертең 18 бе құжат тапсыру')
    await stage.writes(hour)
    await stage.presses('confirming.save')
    expect(stage.kept()).toMatchObject([{ nextAt }])
  })

  test('keeps the rhythm with the day', async () => {
    const stage = await begins()
    await stage.writes('әр жұма 18 бе сабақ')
    expect(stage.keys()).toContain('reminders:repeats.line')
    await stage.presses('18')
    await stage.presses('18:00')
    await stage.presses('confirming.save')
    expect(stage.kept()).toMatchObject([{ nextAt: at(1, 16, 18), repeat: { type: 'weekly', days: [5] } }])
  })

  test('offers what it has understood, to be taken with one press', async () => {
    const stage = await begins('ru')
    await stage.writes('в понедельник 20 января в 10:00 собрание')
    expect(stage.keys().slice(0, 2)).toEqual(['reminders:problem.partly', 'reminders:when'])
    expect(stage.text()).toContain('20 января 2026')
    await stage.presses('timing.guess')
    await stage.presses('confirming.save')
    expect(stage.kept()).toMatchObject([{ what: 'собрание', nextAt: at(1, 20, 10), repeat: { type: 'once' } }])
  })

  test('loses neither time nor rhythm where nothing to remember was said', async () => {
    const stage = await begins()
    await stage.writes('ертең 18 бе')
    await stage.presses('18')
    await stage.presses('18:00')
    expect(stage.state()).toBe('confirming')
    await stage.presses('confirming.what')
    await stage.writes('сабақ')
    await stage.presses('confirming.save')
    expect(stage.kept()).toMatchObject([{ what: 'сабақ', nextAt: at(1, 16, 18) }])
  })

  test('of a rhythm that is not known says so, and keeps the thing', async () => {
    const stage = await begins('ru')
    await stage.writes('каждые 2 часа пить воду')
    expect(stage.keys()[0]).toBe('reminders:problem.no-rhythm')
    expect(stage.text()).toContain('пить воду')
  })
})

describe('buttons', () => {
  test.each(languages)('make a reminder in %s', async (language) => {
    const stage = await begins(language)
    await stage.presses('listing.add')
    await stage.writes('Тест')
    await stage.presses('timing.evening')
    await stage.presses('repeating.daily')
    await stage.presses('confirming.save')
    expect(stage.kept()).toMatchObject([
      { what: 'Тест', nextAt: at(1, 15, 19), minute: 19 * 60, repeat: { type: 'daily' } },
    ])
  })

  test('offer an hour, this evening while it is ahead, and tomorrow morning', async () => {
    const stage = await begins()
    await stage.writes('сабақ')
    await stage.presses('timing.hour')
    await stage.presses('repeating.once')
    expect(stage.text()).toContain('11:00')
    stage.until(at(1, 15, 19, 1))
    await stage.presses('confirming.time')
    expect(stage.labels()).not.toContain(stage.label('timing.evening'))
    await stage.presses('timing.tomorrow')
    await stage.presses('confirming.save')
    expect(stage.kept()).toMatchObject([{ nextAt: at(1, 16, 9) }])
  })

  test('lead through a month of days, hours and quarters', async () => {
    const stage = await begins('en')
    await stage.writes('hand in papers')
    await stage.presses('timing.date')
    expect(stage.text()).toContain('January 2026')
    expect(stage.labels().filter((label) => /^\d+$/.test(label))).toEqual(
      Array.from({ length: 17 }, (_, n) => String(15 + n)),
    )
    expect(stage.labels()).not.toContain(stage.label('picking.earlier'))
    await stage.presses('picking.later')
    expect(stage.labels().filter((label) => /^\d+$/.test(label))).toHaveLength(28)
    await stage.presses('28')
    expect(stage.labels().filter((label) => /^\d\d$/.test(label))).toHaveLength(24)
    await stage.presses('18')
    await stage.presses('18:45')
    await stage.presses('repeating.monthly')
    await stage.presses('confirming.save')
    expect(stage.kept()).toMatchObject([{ nextAt: at(2, 28, 18, 45), repeat: { type: 'monthly', day: 28 } }])
  })

  test('show the days of a month under their weekdays', async () => {
    const stage = await begins('en')
    await stage.writes('hand in papers')
    await stage.presses('timing.date')
    await stage.presses('picking.later')
    const days = stage.labels().slice(7, 7 + 14)
    expect(days).toEqual(['·', '·', '·', '·', '·', '·', '1', '2', '3', '4', '5', '6', '7', '8'])
    await stage.presses('·')
    expect(stage.said()).toBe('reminders:picking.pass')
  })

  test('of today offer only what is ahead', async () => {
    const stage = await begins()
    stage.until(at(1, 15, 22, 20))
    await stage.writes('сабақ')
    await stage.presses('timing.date')
    await stage.presses('15')
    expect(stage.labels().filter((label) => /^\d\d$/.test(label))).toEqual(['22', '23'])
    await stage.presses('22')
    expect(stage.labels().filter((label) => /^\d\d:/.test(label))).toEqual(['22:30', '22:45'])
  })

  test('take an hour that is typed on the chosen day, and refuse one that cannot be', async () => {
    const stage = await begins()
    await stage.writes('сабақ')
    await stage.presses('timing.date')
    await stage.presses('20')
    await stage.writes('25:00')
    expect(stage.keys()).toEqual(['reminders:problem.bad-time', 'reminders:hours.title', 'reminders:hours.how'])
    await stage.writes('18:30')
    await stage.presses('repeating.once')
    await stage.presses('confirming.save')
    expect(stage.kept()).toMatchObject([{ nextAt: at(1, 20, 18, 30) }])
  })

  test('choose weekdays, of which there must be one', async () => {
    const stage = await begins('en')
    await stage.writes('English')
    await stage.presses('timing.tomorrow')
    await stage.presses('repeating.weekly')
    await stage.presses('weekday.5')
    await stage.presses('weekdays.done')
    expect(stage.said()).toBe('reminders:weekdays.none')
    await stage.presses('weekday.3')
    await stage.presses('weekday.1')
    await stage.presses('weekdays.done')
    expect(stage.text()).toMatch(/Monday.*19 January.*09:00[\s\S]*Every week: Monday, Wednesday/)
    await stage.presses('confirming.save')
    expect(stage.kept()).toMatchObject([{ nextAt: at(1, 19, 9), repeat: { type: 'weekly', days: [1, 3] } }])
  })

  test('back lead step by step to the list, and what was chosen stays', async () => {
    const stage = await begins()
    await stage.presses('listing.add')
    await stage.writes('сабақ')
    await stage.presses('timing.date')
    await stage.presses('20')
    await stage.presses('18')
    const seen: (string | undefined)[] = []
    for (let step = 0; step < 5; step++) {
      await stage.presses('common:back')
      seen.push(stage.keys()[0])
    }
    expect(seen).toEqual(
      ['hours.title', 'picking.title', 'timing.title', 'naming.title', 'listing.none'].map((key) => `reminders:${key}`),
    )
  })
})

describe('a time that passes while it is looked at', () => {
  test('is asked for again when it was for once', async () => {
    const stage = await begins()
    await stage.writes('10:30 сабақ')
    stage.until(at(1, 15, 11))
    await stage.presses('confirming.save')
    expect(stage.keys()[0]).toBe('reminders:problem.past')
    expect(stage.kept()).toEqual([])
    expect(stage.text()).toContain('сабақ')
  })

  test('goes on with the next when it repeats', async () => {
    const stage = await begins()
    await stage.writes('күн сайын 10:30 сабақ')
    stage.until(at(1, 15, 11))
    await stage.presses('confirming.save')
    expect(stage.kept()).toMatchObject([{ nextAt: at(1, 16, 10, 30) }])
  })
})

describe('a kept reminder', () => {
  const withOne = async (line = 'ертең 18:00 сабақ') => {
    const stage = await begins()
    await stage.writes(line)
    await stage.presses('confirming.save')
    const [reminder] = stage.kept()
    if (reminder === undefined) throw new Error('nothing was kept')
    await stage.opens()
    await stage.presses('1. сабақ')
    return { ...stage, id: reminder.id }
  }

  test('gets another text under the same id, and its old notice is withdrawn', async () => {
    const stage = await withOne()
    await stage.presses('confirming.what')
    await stage.writes('ағылшын')
    await stage.presses('confirming.save')
    expect(stage.kept()).toMatchObject([{ id: stage.id, what: 'ағылшын', nextAt: at(1, 16, 18) }])
    expect(stage.told(withdrawNotices).at(-1)).toEqual({ keyPrefix: `reminder:${stage.id}:` })
  })

  test('gets another time; a weekly one moves its day with it', async () => {
    const stage = await withOne('әр дүйсенбі 9:00 сабақ')
    await stage.presses('confirming.time')
    await stage.presses('timing.date')
    await stage.presses('23')
    await stage.presses('18')
    await stage.presses('18:00')
    await stage.presses('confirming.save')
    expect(stage.kept()).toMatchObject([{ nextAt: at(1, 23, 18), repeat: { type: 'weekly', days: [5] } }])
  })

  test('stays as it is when the change is cancelled or left', async () => {
    const stage = await withOne()
    await stage.presses('confirming.what')
    await stage.presses('common:back')
    expect(stage.keys()[0]).toBe('reminders:reading.title')
    await stage.presses('confirming.what')
    await stage.writes('басқа')
    await stage.presses('confirming.cancel')
    expect(stage.keys()[0]).toBe('reminders:reading.title')
    expect(stage.kept()).toMatchObject([{ what: 'сабақ' }])
  })

  test('is paused, which withdraws its notice, and goes on with the next time', async () => {
    const stage = await withOne('күн сайын 18:00 сабақ')
    await stage.presses('reading.pause')
    expect(stage.kept()).toMatchObject([{ state: 'paused' }])
    expect(stage.told(withdrawNotices).at(-1)).toEqual({ keyPrefix: `reminder:${stage.id}:` })
    stage.until(at(1, 20, 19))
    await stage.presses('reading.resume')
    expect(stage.kept()).toMatchObject([{ state: 'active', nextAt: at(1, 21, 18) }])
  })

  test('for once whose time passed while it was paused asks for a new time', async () => {
    const stage = await withOne()
    await stage.presses('reading.pause')
    stage.until(at(1, 20, 12))
    await stage.presses('reading.resume')
    expect(stage.keys()[0]).toBe('reminders:problem.past')
    await stage.presses('timing.hour')
    await stage.presses('confirming.save')
    expect(stage.kept()).toMatchObject([{ state: 'active', nextAt: at(1, 20, 13) }])
  })

  test('keeps resting when only its text is changed', async () => {
    const stage = await withOne('күн сайын 18:00 сабақ')
    await stage.presses('reading.pause')
    await stage.presses('confirming.what')
    await stage.writes('ағылшын')
    await stage.presses('confirming.save')
    expect(stage.kept()).toMatchObject([{ state: 'paused', what: 'ағылшын' }])
  })

  test('is deleted and brought back', async () => {
    const stage = await withOne()
    const before = stage.kept()
    await stage.presses('reading.delete')
    expect(stage.kept()).toEqual([])
    await stage.presses('deleted.undo')
    expect(stage.kept()).toEqual(before)
    expect(stage.keys()[0]).toBe('reminders:reading.title')
  })

  test('is done from its screen when it has rung', async () => {
    const stage = await withOne()
    stage.until(at(1, 16, 18, 1))
    await stage.opens({ id: stage.id })
    await stage.presses('done.label')
    expect(stage.kept()).toMatchObject([{ state: 'done', nextAt: null }])
    expect(stage.keys()[0]).toBe('reminders:finished.over')
  })

  test('goes on every second week from the day it is moved to', async () => {
    const stage = await withOne('екі аптада бір рет жұмада 9:00 сабақ')
    await stage.presses('confirming.time')
    await stage.writes('26 қаңтар 10:00')
    await stage.presses('confirming.save')
    const step = { every: 2, since: { year: 2026, month: 1, day: 26 } }
    expect(stage.kept()).toMatchObject([{ nextAt: at(1, 26, 10), repeat: { type: 'weekly', days: [1], step } }])
  })
})

describe('fault 9: "Done" in the place of "Save"', () => {
  test('is offered only when the reminder has rung', async () => {
    const stage = await begins()
    await stage.writes('15 ақпанда 10:00 емтихан')
    await stage.presses('confirming.save')
    expect(stage.labels()).not.toContain(stage.label('done.label'))
    await stage.presses('1. емтихан')
    expect(stage.labels()).not.toContain(stage.label('done.label'))
    expect(stage.kept()).toMatchObject([{ state: 'active', nextAt: at(2, 15, 10) }])
  })

  test('saving leads back to the list, with a word and with what was saved', async () => {
    const stage = await begins()
    for (const [number, line] of ['жұма 9:00 би', 'ертең 8:00 сабақ'].entries()) {
      await stage.writes(line)
      await stage.presses('confirming.save')
      expect(stage.said()).toBe('reminders:saved')
      expect(stage.state()).toBe('listing')
      expect(stage.text()).toContain(`Саны: ${number + 1}`)
    }
    expect(stage.labels().slice(0, 2)).toEqual(['1. сабақ', '2. би'])
    await stage.presses('2. би')
    await stage.presses('confirming.what')
    await stage.writes('бал')
    await stage.presses('confirming.save')
    expect(stage.text()).toContain('Саны: 2')
    expect(stage.labels().slice(0, 2)).toEqual(['1. сабақ', '2. бал'])
  })
})

describe('the buttons of its notice', () => {
  const told = async (repeat: Reminder['repeat']) => {
    const stage = await begins()
    await stage.writes('ертең 18:00 сабақ')
    await stage.presses('confirming.save')
    const [reminder] = stage.kept()
    if (reminder === undefined) throw new Error('nothing was kept')
    // As the job leaves it after telling.
    const isOnce = repeat.type === 'once'
    stage.keep({
      ...reminder,
      repeat,
      state: isOnce ? 'done' : 'active',
      nextAt: isOnce ? null : at(1, 17, 18),
    })
    stage.until(at(1, 16, 18, 5))
    return { ...stage, id: reminder.id }
  }

  test('done says so', async () => {
    const stage = await told({ type: 'once' })
    await stage.opens({ id: stage.id, act: 'done' })
    expect(stage.said()).toBe('reminders:done.said')
    expect(stage.kept()).toMatchObject([{ state: 'done', nextAt: null }])
  })

  test('done of one that repeats leaves it in its rhythm', async () => {
    const stage = await told({ type: 'daily' })
    await stage.opens({ id: stage.id, act: 'done' })
    expect(stage.said()).toBe('reminders:done.said')
    expect(stage.kept()).toMatchObject([{ state: 'active', nextAt: at(1, 17, 18) }])
  })

  test.each([
    [{ act: 'snooze', minutes: 10 }, at(1, 16, 18, 15)],
    [{ act: 'snooze', minutes: 60 }, at(1, 16, 19, 5)],
    [{ act: 'tomorrow' }, at(1, 17, 18)],
  ])('putting off (%o) does it at once, with a word', async (input, nextAt) => {
    const stage = await told({ type: 'once' })
    await stage.opens({ id: stage.id, ...input })
    expect(stage.said()).toBe('reminders:delayed.said')
    expect(stage.kept()).toMatchObject([{ state: 'active', nextAt, minute: 18 * 60 }])
  })

  test('fault 10: done of one that was put off goes on with its rhythm', async () => {
    const stage = await told({ type: 'daily' })
    await stage.opens({ id: stage.id, act: 'snooze', minutes: 10 })
    expect(stage.kept()).toMatchObject([{ nextAt: at(1, 16, 18, 15) }])
    await stage.opens({ id: stage.id, act: 'done' })
    expect(stage.kept()).toMatchObject([{ state: 'active', nextAt: at(1, 17, 18) }])
  })

  test.each([{ act: 'snooze', minutes: 10 }, { act: 'tomorrow' }])(
    'fault 10: an old notice (%o) wakes no rhythm that was paused',
    async (input) => {
      const stage = await told({ type: 'daily' })
      stage.keep({ ...Reminder.parse(stage.kept()[0]), state: 'paused' })
      const before = stage.kept()
      await stage.opens({ id: stage.id, ...input })
      expect(stage.said()).toBe('reminders:stillPaused')
      expect(stage.state()).toBe('reading')
      expect(stage.labels()).not.toContain(stage.label('snooze.minutes'))
      expect(stage.kept()).toEqual(before)
    },
  )

  test('fault 24: done and putting off leave a draft as it was', async () => {
    const stage = await told({ type: 'daily' })
    await stage.opens()
    await stage.writes('жұма 9:00 би')
    const before = stage.frame()
    for (const input of [{ act: 'done' }, { act: 'snooze', minutes: 10 }, { act: 'tomorrow' }])
      await stage.opens({ id: stage.id, ...input })
    expect(stage.frame()).toEqual(before)
    expect(stage.text()).toContain('би')
  })

  test('finding 19: ten minutes are ten, and one minute is one, on the minute', async () => {
    const stage = await told({ type: 'once' })
    stage.until(at(1, 16, 18, 5) + 2_000)
    await stage.opens({ id: stage.id, act: 'snooze', minutes: 10 })
    expect(stage.kept()).toMatchObject([{ nextAt: at(1, 16, 18, 15) }])
    await stage.opens()
    await stage.writes('1 минуттан кейін шай')
    await stage.presses('confirming.save')
    expect(stage.kept().map(({ nextAt }) => nextAt)).toContain(at(1, 16, 18, 6))
    await stage.writes('сабақ')
    await stage.presses('timing.hour')
    await stage.presses('repeating.once')
    await stage.presses('confirming.save')
    expect(stage.kept().map(({ nextAt }) => nextAt)).toContain(at(1, 16, 19, 5))
  })

  test('of one that was deleted meanwhile lead to the list with a word', async () => {
    const stage = await begins()
    for (const input of [{ act: 'done' }, { act: 'snooze', minutes: 10 }, { told: true }]) {
      await stage.opens({ id: 'gone', ...input })
      expect(stage.said()).toBe('reminders:gone')
      expect(stage.keys()[0]).toBe('reminders:listing.none')
    }
  })

  test('open it with the same choices', async () => {
    const stage = await told({ type: 'once' })
    await stage.opens({ id: stage.id, told: true })
    expect(stage.labels()).toContain(stage.label('snooze.tomorrow'))
    await stage.presses('snooze.minutes')
    expect(stage.kept()).toMatchObject([{ nextAt: at(1, 16, 18, 15) }])
  })
})

describe('fifty reminders', () => {
  const full = async () => {
    const stage = await begins()
    for (let n = 0; n < 50; n++)
      stage.keep({
        id: `n${n}`,
        what: `сабақ ${n}`,
        repeat: { type: 'once' },
        zone,
        minute: 540,
        nextAt: at(2, 1, 9),
        state: 'active',
      })
    await stage.opens()
    return stage
  }

  test('are the most: one more is refused kindly, by button and by text', async () => {
    const stage = await full()
    await stage.presses('listing.add')
    expect(stage.said()).toBe('reminders:full')
    await stage.writes('ертең 18:00 сабақ')
    expect(stage.said()).toBe('reminders:full')
    expect(stage.kept()).toHaveLength(50)
  })

  test('are counted while one after another is written', async () => {
    const stage = await full()
    stage.drop('n0')
    await stage.opens()
    await stage.writes('ертең 18:00 сабақ')
    await stage.presses('confirming.save')
    await stage.writes('ертең 19:00 сабақ')
    expect(stage.said()).toBe('reminders:full')
    expect(stage.kept()).toHaveLength(50)
  })

  test('leave no room for one that is over to come back', async () => {
    const stage = await full()
    stage.keep({ ...Reminder.parse(stage.kept()[0]), id: 'over', state: 'done', nextAt: null })
    await stage.opens({ id: 'over', act: 'snooze', minutes: 10 })
    expect(stage.said()).toBe('reminders:full')
    await stage.opens({ id: 'over', told: true })
    for (const button of ['snooze.minutes', 'snooze.tomorrow', 'confirming.time', 'confirming.what']) {
      await stage.presses(button)
      expect(stage.said(), button).toBe('reminders:full')
      expect(stage.state(), button).toBe('reading')
    }
    expect(stage.kept().find(({ id }) => id === 'over')).toMatchObject({ state: 'done' })
  })

  test('are shown eight a page', async () => {
    const stage = await full()
    expect(stage.labels().filter((label) => /^\d+\. /.test(label))).toHaveLength(8)
    for (let page = 1; page < 7; page++) await stage.presses('listing.later')
    expect(stage.labels().filter((label) => /^\d+\. /.test(label))).toEqual(['49. сабақ 48', '50. сабақ 49'])
    expect(stage.labels()).not.toContain(stage.label('listing.later'))
  })
})
