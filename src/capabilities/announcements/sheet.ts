import type { Figures } from '../../../flows/announcements/contract.ts'
import { figureNames } from '../../../flows/announcing/figures.ts'
import { zone } from '../../../flows/common/regions.ts'
import { type Language, languages, type Message } from '../../../flows/kit/words.ts'
import { xlsxOf } from '../../base/xlsx.ts'
import type { WordsBook } from '../../i18n/words.ts'
import type { KeptAnnouncement } from './rows.ts'

const heads = {
  tab: 'announcements:sheet.tab',
  what: 'announcements:sheet.what',
  number: 'announcements:sheet.number',
  at: 'announcements:sheet.at',
  expected: 'announcements:sheet.expected',
  made: 'announcements:sheet.made',
  delivered: 'announcements:sheet.figure.delivered',
  waiting: 'announcements:sheet.figure.waiting',
  blocked: 'announcements:sheet.figure.blocked',
  unreachable: 'announcements:sheet.figure.unreachable',
  expired: 'announcements:sheet.figure.expired',
  unwanted: 'announcements:sheet.figure.unwanted',
  held: 'announcements:sheet.figure.held',
  failed: 'announcements:sheet.figure.failed',
  yes: 'announcements:sheet.yes',
  no: 'announcements:sheet.no',
  reason: 'announcements:sheet.reason',
  language: 'announcements:sheet.language',
  words: 'announcements:sheet.words',
} as const

/** An announcement in numbers, with its words; nobody who got it is named. */
export function sheetOf(
  { body, at }: KeptAnnouncement,
  figures: Figures,
  words: Pick<WordsBook, 'plain'>,
  language: Language,
): Uint8Array {
  const text = (message: Message) => words.plain(message, language)
  const t = (name: keyof typeof heads) => text({ key: heads[name] })
  const written = languages.flatMap((one) => {
    const said = body.texts[one]
    return said === undefined ? [] : [[text({ key: `common:language.${one}` }), said]]
  })
  const moment = text({ key: 'common:value', values: { value: { moment: at, zone, style: 'datetime' } } })
  const rows = [
    [t('what'), t('number')],
    [t('at'), moment],
    [t('expected'), figures.expected],
    [t('made'), figures.made],
    ...figureNames.map((name) => [t(name), figures[name]]),
    [t('yes'), figures.yes],
    [t('no'), figures.no],
    ...figures.failures.map(({ reason, count }) => [`${t('reason')}: ${reason}`, count]),
  ]
  return xlsxOf([
    { name: t('tab'), rows },
    { name: t('words'), rows: [[t('language'), t('words')], ...written] },
  ])
}

/** The day stands in the name, so that sheets of several announcements can be told apart. */
export function sheetName({ at }: KeptAnnouncement, words: Pick<WordsBook, 'plain'>, language: Language): string {
  const day: Message = { key: 'common:value', values: { value: { moment: at, zone, style: 'date' } } }
  return `${words.plain({ key: 'announcements:sheet.name' }, language)} ${words.plain(day, language)}.xlsx`
}
