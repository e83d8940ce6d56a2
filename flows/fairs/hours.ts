import { dayLength, type LocalDate, toLocal } from '../common/calendar.ts'
import { foldText } from '../common/letters.ts'
import { zone } from '../common/regions.ts'
import { halvesIn, type Language, understandReminder } from '../reminders/phrases/index.ts'

/** An hour that was written, in minutes after midnight, and the day where one is named as well. */
export type WrittenHour = { readonly minutes: number; readonly day: LocalDate | null }

type Given = {
  /** Epoch ms. */
  readonly now: number
  readonly language: Language
}

/** Letters that are read: an hour takes less. */
const longest = 80
/** Stands for what a time belongs to, so that a line with nothing but a time can be read. */
const something = 'serik'
/** Hours that are said alone and mean the afternoon. */
const lastOfAfternoon = 6
/** Whoever wants to be reminded books nothing. */
const reminding = /напом|remind|еске|ескерт/u
/** What is said along with the hour that one would like. */
const wishes = new RegExp(
  `^(?:${[
    'жаз|жазыңыз|жазыңызшы|жазшы|жазып|қой|қойыңыз|қойыңызшы|қойшы|жазылу|жазыламын|жазылайын|жазылғым|келеді|мені|маған',
    'мен|ыңғайлы|болады|болсын|бола|ма|ала|аласыз|барамын|барайын|келемін|келейін|таңдаймын|таңдадым|осы|уақытқа|уақыт',
    'запиши|запишите|запись|записаться|записать|записывай|записывайте|меня|мне|можно|хочу|удобно|давай|давайте',
    'подходит|подойдет|приду|буду|пожалуйста|выбираю|беру|время|на|это|бы|я',
    'лучше|тогда|перенеси|перенесите|поменяй|поменяйте|измени|измените|ауыстыр|ауыстырыңыз|ауыстырыңызшы|жақсы|онда|дұрыс',
    'better|instead|then|rather|move|change|it|book|me|put|sign|up|down|i|ill|want|would|like|to|please|come|can|will|be|is|fine|good|ok|works|suits|take|the|for|my|time|slot',
  ]
    .join('|')
    .split('|')
    .map(foldText)
    .join('|')})$`,
)

/**
 * Reads "11:00", «таңғы 10-да», "в 10 утра", "book me at 2 pm": a line that names an hour, and nothing besides but the
 * wish to have it. Undefined for any other.
 */
export function readHour(text: string, { now, language }: Given): WrittenHour | undefined {
  const line = text.trim()
  if (line.length > longest || reminding.test(foldText(line))) return undefined
  const figures = figuresIn(line)
  if (figures !== undefined) return { minutes: figures, day: null }
  const halves = halvesIn(line, language)
  if (!halves.isExact) return undefined
  // Of a day that is not here yet, since an hour of today may be over.
  const read = understandReminder(
    halves.day ? `${line} ${something}` : `${line} ${isoOf(toLocal(now + dayLength, zone))} ${something}`,
    { now, zone, language },
  )
  if (read.type !== 'understood' || read.repeat.type !== 'once') return undefined
  const others = foldText(read.what).split(' ')
  if (!others.every((word) => word === something || wishes.test(word))) return undefined
  const { year, month, day, hour, minute } = toLocal(read.at, zone)
  return { minutes: hour * 60 + minute, day: halves.day ? { year, month, day } : null }
}

/** Figures alone are a clock: "10:30", "11", "2", which is after noon. */
function figuresIn(line: string): number | undefined {
  const [, hour, minute] = /^(\d{1,2})(?:[:.\s-](\d{2}))?$/.exec(line) ?? []
  if (hour === undefined || Number(hour) > 23 || Number(minute ?? 0) > 59) return undefined
  const isAlone = minute === undefined && Number(hour) >= 1 && Number(hour) <= lastOfAfternoon
  return (Number(hour) + (isAlone ? 12 : 0)) * 60 + Number(minute ?? 0)
}

function isoOf({ year, month, day }: LocalDate): string {
  return [year, month, day].map((number) => String(number).padStart(2, '0')).join('-')
}
