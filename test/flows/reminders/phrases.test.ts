import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { type Language, languages } from '../../../flows/kit/words.ts'
import { type Understood, understandReminder } from '../../../flows/reminders/phrases/index.ts'
import { Repeat } from '../../../flows/reminders/repeat.ts'

const zone = 'Asia/Almaty'
const now = Date.parse('2026-11-25T10:00:00+05:00')
/** A zone behind UTC, one far ahead, and one whose clocks jump: the process's own must make no difference. */
const processZones = ['UTC', 'America/New_York', 'Pacific/Kiritimati']

const Reason = z.enum(['empty', 'too-long', 'no-time', 'no-rhythm', 'no-what', 'past', 'bad-date', 'bad-time'])
const timed = { at: z.number().int().gt(now), repeat: Repeat, zone: z.literal(zone) }
const Result = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('understood'), what: z.string().min(1), isSure: z.boolean(), ...timed }),
  z.strictObject({
    type: z.literal('unclear'),
    lacks: z.enum(['hour', 'rest']),
    what: z.string().min(1).optional(),
    ...timed,
  }),
  z.strictObject({ type: z.literal('problem'), reason: Reason, what: z.string().min(1).optional() }),
])
const Phrases = z.array(
  z.union([
    z.strictObject({ text: z.string(), now: z.string(), at: z.string(), what: z.string(), repeat: Repeat.optional() }),
    z.strictObject({ text: z.string(), now: z.string(), problem: Reason }),
  ]),
)

afterEach(() => vi.unstubAllEnvs())

describe.each(languages)('phrases in %s', (language) => {
  const phrases = Phrases.parse(parse(readFileSync(new URL(`./phrases.${language}.yaml`, import.meta.url), 'utf8')))

  test.each(phrases)('$text', (phrase) => {
    for (const processZone of processZones) {
      vi.stubEnv('TZ', processZone)
      const understood = understandReminder(phrase.text, { now: Date.parse(phrase.now), zone, language })
      expect(readable(understood)).toEqual(
        'problem' in phrase
          ? { problem: phrase.problem }
          : { at: iso(Date.parse(phrase.at)), what: phrase.what, repeat: phrase.repeat ?? { type: 'once' } },
      )
    }
  })
})

describe('a phrase in a language that is not the person’s own', () => {
  test.each([
    ['ертең 18:00 құжат тапсыру', '2026-11-26T18:00:00+05:00', 'құжат тапсыру'],
    ['через 2 часа позвонить', '2026-11-25T12:00:00+05:00', 'позвонить'],
    ['every Monday 9:00 English', '2026-11-30T09:00:00+05:00', 'English'],
  ])('is understood all the same: %s', (text, at, what) => {
    for (const language of languages)
      expect(understandReminder(text, { now, zone, language })).toMatchObject({
        type: 'understood',
        at: Date.parse(at),
        what,
      })
  })
})

describe('understandReminder', () => {
  test('is tried under process zones that really differ', () => {
    const offsets = processZones.map((processZone) => {
      vi.stubEnv('TZ', processZone)
      return new Date(now).getTimezoneOffset()
    })
    expect(offsets).toEqual([0, 300, -840])
  })

  test('keeps to the zone it is given', () => {
    const inBerlin = understandReminder('tomorrow 18:00 call', { now, zone: 'Europe/Berlin', language: 'en' })
    expect(inBerlin).toMatchObject({ at: Date.parse('2026-11-26T18:00:00+01:00'), zone: 'Europe/Berlin' })
  })

  test('says what a line without time was about', () => {
    expect(understandReminder(' Құжат тапсыру ', { now, zone, language: 'kk' })).toEqual({
      type: 'problem',
      reason: 'no-time',
      what: 'Құжат тапсыру',
    })
  })

  test.each([501, 4_000, 200_000])('refuses %d characters', (length) => {
    const text = 'ертең 18:00 '.repeat(Math.ceil(length / 12)).slice(0, length - 1)
    expect(understandReminder(`${text}!`, { now, zone, language: 'kk' })).toEqual({
      type: 'problem',
      reason: 'too-long',
    })
  })

  test('refuses a line that grows beyond its length when it is composed', () => {
    const text = '\u{1d160}'.repeat(400)
    expect(understandReminder(text, { now, zone, language: 'kk' })).toMatchObject({ reason: 'too-long' })
  })

  test('makes no copy of a pattern, which would be compiled anew for every line after a while', () => {
    const copies = vi.spyOn(RegExp.prototype, Symbol.matchAll)
    for (const language of languages)
      understandReminder('ертең 18:00 каждый понедельник и среду call', { now, zone, language })
    expect(copies).not.toHaveBeenCalled()
    copies.mockRestore()
  })

  test('reads 500 characters', () => {
    const what = 'а'.repeat(500 - 'ертең 18:00 '.length)
    expect(understandReminder(`ертең 18:00 ${what}`, { now, zone, language: 'kk' })).toMatchObject({ what })
  })

  test('answers any string with a result of its type', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string(), line()), fc.constantFrom(...languages), stays),
      { numRuns: 300 },
    )
  })
})

function stays(text: string, language: Language): void {
  Result.parse(understandReminder(text, { now, zone, language }))
}

/** Lines made of the words that the rules look for, in any order. */
function line(): fc.Arbitrary<string> {
  const pieces =
    'ертең бүгін сағат алтыда кешкі сайын ай күні дүйсенбі 5-і қаңтарда 31 29 ақпанда кейін минуттан соң келесі аптада ' +
    'завтра в 6 вечера каждый понедельник через часа 5 число раз в месяц февраля года по будням пол седьмого ' +
    'tomorrow at 5pm every Monday in two weeks 31st of June February next month half past midnight remind me to ' +
    'до 25 января кроме воскресенья каждую вторую среду until 25 January except Sunday every other week at 4 15 за час ' +
    'екі аптада бір рет айдың бірінші жыл сайын бастап дейін басқа бұрын осы уақытта half four quarter to noon ' +
    '25:00 18:00 32.01 29.02.2027 2027-01-05 999 0 00 24:00 , . - 🎂 word'
  return fc.array(fc.constantFrom(...pieces.split(' ')), { maxLength: 10 }).map((words) => words.join(' '))
}

function readable(understood: Understood) {
  if (understood.type === 'problem') return { problem: understood.reason }
  if (understood.type === 'unclear') return { lacks: understood.lacks }
  return { at: iso(understood.at), what: understood.what, repeat: understood.repeat }
}

function iso(instant: number): string {
  return new Date(instant).toISOString()
}
