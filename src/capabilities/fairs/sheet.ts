import type { Fair, Span, Stand } from '../../../flows/fairs/fair.ts'
import { dayOf, placeLine, time, whenLine } from '../../../flows/fairs/lines.ts'
import { short } from '../../../flows/fairs/screens.ts'
import type { Language, Message } from '../../../flows/kit/words.ts'
import { escapeHtml } from '../../i18n/markup.ts'
import type { WordsBook } from '../../i18n/words.ts'

/** How many come when. */
export type SheetFigures = {
  readonly fair: Fair
  readonly stand: Stand
  readonly slots: readonly (Span & { readonly taken: number })[]
}

/** A page for a stand to be printed: times and numbers, and nothing of anybody who comes. */
export function sheetOf({ fair, stand, slots }: SheetFigures, words: Pick<WordsBook, 'plain'>, language: Language) {
  const text = (message: Message) => escapeHtml(words.plain(message, language))
  const cell = (message: Message) => `<td>${text(message)}</td>`
  const rows = slots.map(
    ({ from, to, taken }) =>
      `<tr>${cell({ key: 'fairs:span', values: { from: time(from), to: time(to) } })}${cell({
        key: 'fairs:sheet.count',
        values: { taken, places: stand.places },
      })}<td></td></tr>`,
  )
  const heads = ['fairs:sheet.time', 'fairs:sheet.people', 'fairs:sheet.note'].map((key) => `<th>${text({ key })}</th>`)
  const html = `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(stand.employer)}</title><style>${style}</style></head><body>
<h1>${escapeHtml(stand.employer)}</h1>
<p>${escapeHtml(fair.title)}<br>${text(whenLine(fair))}<br>${text(placeLine(fair))}</p>
<table><thead><tr>${heads.join('')}</tr></thead><tbody>
${rows.join('\n')}
</tbody></table></body></html>
`
  return new TextEncoder().encode(html)
}

/** The stand and the day, so that sheets of several stands and fairs can be told apart. */
export function sheetName({ fair, stand }: SheetFigures, words: Pick<WordsBook, 'plain'>, language: Language): string {
  const day = words.plain({ key: 'common:value', values: { value: dayOf(fair.startsAt).day } }, language)
  // Signs that no file may have in its name.
  const employer = stand.employer
    .replace(/[^\p{L}\p{N} -]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return `${short(employer, 40)} ${day.replace(/\.$/, '')}.html`.trimStart()
}

const style = `
body{font:1rem/1.4 system-ui,"Noto Sans",sans-serif;margin:1.5rem;color:#111;background:#fff}
h1{font-size:1.4rem;margin:0 0 .5rem}
table{border-collapse:collapse;width:100%}
th,td{border:1px solid #999;padding:.35rem .5rem;text-align:left}
td:last-child{width:50%}`
