import { describe, expect, test } from 'vitest'
import { readWhen } from '../../../flows/applications/when.ts'
import { type LocalDate, toLocal, toUtc } from '../../../flows/common/calendar.ts'
import type { Language } from '../../../flows/kit/words.ts'

/** Wednesday, 30 December 2026, 14:00 in Almaty: a year ends the day after tomorrow. */
const now = toUtc({ year: 2026, month: 12, day: 30, hour: 14, minute: 0 })
const pad = (number: number) => String(number).padStart(2, '0')
const dateOf = ({ year, month, day }: LocalDate) => `${year}-${pad(month)}-${pad(day)}`

/** As "2027-01-04 10:00", a day alone where no hour was said, or what is wrong. */
function reads(text: string, { language = 'kk', day = null }: { language?: Language; day?: LocalDate | null } = {}) {
  const when = readWhen(text, { now, language, day })
  if (when.type === 'problem') return when.problem
  if (when.type === 'day') return dateOf(when.day)
  const local = toLocal(when.at)
  return `${dateOf(local)} ${pad(local.hour)}:${pad(local.minute)}`
}

describe('the time of an interview', () => {
  test.each([
    ['ертең 10-да', '2026-12-31 10:00'],
    ['ертен 10да', '2026-12-31 10:00'],
    ['бүрсігүні сағат он бірде', '2027-01-01 11:00'],
    ['15.01 сағат 14:30', '2027-01-15 14:30'],
    ['15 қаңтар 14.30', '2027-01-15 14:30'],
    ['жұма күні сағат 14-те', '2027-01-01 14:00'],
    ['дүйсенбіге 9:00ге шақырды', '2027-01-04 09:00'],
    ['ертең кешке 6-да', '2026-12-31 18:00'],
    ['31.12 23:30', '2026-12-31 23:30'],
    ['екі сағаттан кейін', '2026-12-30 16:00'],
    ['сейсенбі', '2027-01-05'],
    ['30.12 12:00', 'past'],
    ['кеше 10:00', 'past'],
    ['31 ақпан 10:00', 'badTime'],
    ['31 қараша 10:00', 'badTime'],
    ['ертең 25:00', 'badTime'],
    ['күн сайын 10:00', 'noTime'],
    ['🙂', 'noTime'],
  ])('is read as it is written in Kazakh: %s', (line, expected) => {
    expect(reads(line)).toBe(expected)
  })

  test.each([
    ['завтра к 10', '2026-12-31 10:00'],
    ['15.01 в 14:30', '2027-01-15 14:30'],
    ['в понедельник в два часа дня', '2027-01-04 14:00'],
  ])('is read as it is written in Russian: %s', (line, expected) => {
    expect(reads(line, { language: 'ru' })).toBe(expected)
  })

  test.each([
    ['kk', 'жұмада түстен кейін', '2027-01-01'],
    ['kk', 'ертең таңертең', '2026-12-31'],
    ['ru', 'в пятницу после обеда', '2027-01-01'],
    ['en', 'tomorrow morning', '2026-12-31'],
  ] as const)('has no hour where only a part of the day was said, in %s: %s', (language, line, expected) => {
    expect(reads(line, { language })).toBe(expected)
  })

  const today = { year: 2026, month: 12, day: 30 }
  const later = { year: 2027, month: 1, day: 15 }
  test.each([
    ['10', later, '2027-01-15 10:00'],
    ['14.30', later, '2027-01-15 14:30'],
    ['10-да', later, '2027-01-15 10:00'],
    ['сағат онда', later, '2027-01-15 10:00'],
    ['түстен кейін', later, 'noHour'],
    ['25:00', later, 'badTime'],
    ['15', today, '2026-12-30 15:00'],
    ['10', today, 'past'],
    ['таңғы 9', today, 'past'],
    ['жұма 11:00', today, '2027-01-01 11:00'],
  ])('is an hour of the day that was chosen: %s', (line, day, expected) => {
    expect(reads(line, { day })).toBe(expected)
  })
})
