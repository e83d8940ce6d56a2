import { zone } from '../../../flows/common/regions.ts'
import type { Language, Message, Value } from '../../../flows/kit/words.ts'
import type { Log } from '../../base/log.ts'
import type { World } from '../../engine/ports.ts'
import { escapeHtml } from '../../i18n/markup.ts'
import type { WordsBook } from '../../i18n/words.ts'
import type { ExportedChat, ExportedRow } from '../../store/chats.ts'
import type { Core } from '../../store/core.ts'
import type { Line, Section, Told } from '../export.ts'
import { pageStyle } from './page-style.ts'

/** Bytes of a page at most: far below what Telegram takes (50 MB), about what a phone can open. */
const pageLimit = 10 * 1024 * 1024
/** Rows told or joined at a stretch. */
const slice = 50

export type PageTools = {
  readonly words: Pick<WordsBook, 'plain'>
  readonly log: Pick<Log, 'error'>
  readonly breathe: Core['breathe']
  readonly limit?: number
}

/**
 * All that is kept of a chat as one page for a phone, in the person's language: rows in words where a section tells
 * them, else by their columns. Nothing is left out; of a page beyond the limit, the last says where the rest is.
 */
export async function pageOf(
  chat: ExportedChat,
  sections: readonly Section[],
  tools: PageTools,
  world: World,
): Promise<Uint8Array> {
  const { limit = pageLimit } = tools
  const write = writerIn(world.person.language, tools.words)
  const pieces = [Buffer.from(headOf(write, world))]
  let size = 0
  for await (const html of bodyOf(chat, sections, write, tools, world)) {
    const piece = Buffer.from(html)
    size += piece.length
    if (size > limit) {
      pieces.push(Buffer.from(paragraph(write.text({ key: 'privacy:page.cut' }))))
      break
    }
    pieces.push(piece)
    if (pieces.length % slice === 0) await tools.breathe()
  }
  return Buffer.concat([...pieces, Buffer.from('</main></body></html>\n')])
}

/** Writes words as HTML that holds no markup but this file's. */
type Writer = { readonly language: Language; text(message: Message): string; value(value: Value): string }

function writerIn(language: Language, words: PageTools['words']): Writer {
  const text = (message: Message) => escapeHtml(words.plain(message, language))
  return { language, text, value: (value) => text({ key: 'common:value', values: { value } }) }
}

function headOf({ language, text }: Writer, { now }: World): string {
  const title = text({ key: 'privacy:page.title' })
  const day = text({ key: 'privacy:page.day', values: { date: { moment: now, zone, style: 'date' } } })
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title><style>${pageStyle}</style></head><body><main>
<h1>${title}</h1><p class="day">${day}</p>${paragraph(text({ key: 'privacy:page.intro' }))}
`
}

/** Piece by piece, each complete in itself. */
async function* bodyOf(
  chat: ExportedChat,
  sections: readonly Section[],
  write: Writer,
  tools: PageTools,
  world: World,
): AsyncGenerator<string> {
  const others: { table: string; row: ExportedRow }[] = []
  for (const section of sections) {
    const { told, untold } = await tellRows(section, chat[section.table] ?? [], write, tools, world)
    others.push(...untold.map((row) => ({ table: section.table, row })))
    yield heading(write.text(section.title))
    if (told.length === 0) yield paragraph(write.text({ key: 'privacy:page.none' }))
    for (const html of told) yield html
  }
  const tables = new Set(sections.map(({ table }) => table))
  for (const [table, rows] of Object.entries(chat))
    if (!tables.has(table)) others.push(...rows.map((row) => ({ table, row })))
  if (others.length === 0) return
  yield heading(write.text({ key: 'privacy:page.others.title' }))
  yield paragraph(write.text({ key: 'privacy:page.others.text' }))
  for (const { table, row } of others) yield article(escapeHtml(table), columnsOf(row))
}

type Telling = { readonly told: readonly string[]; readonly untold: readonly ExportedRow[] }

async function tellRows(
  section: Section,
  rows: readonly ExportedRow[],
  write: Writer,
  tools: PageTools,
  world: World,
): Promise<Telling> {
  const told: { order: number; html: string }[] = []
  const untold: ExportedRow[] = []
  for (const [index, row] of rows.entries()) {
    const one = await tellRow(section, row, write, tools, world)
    if (one === undefined) untold.push(row)
    else told.push(one)
    if ((index + 1) % slice === 0) await tools.breathe()
  }
  return { told: told.sort((a, b) => a.order - b.order).map(({ html }) => html), untold }
}

/** A section that fails takes nothing away: the row is listed as it stands. */
async function tellRow(section: Section, row: ExportedRow, write: Writer, { log }: PageTools, world: World) {
  try {
    const told = await section.tell(row, world)
    return told && { order: told.order, html: toldArticle(told, row, write) }
  } catch (error) {
    log.error({ error, table: section.table }, 'A row could not be put into words; it is listed as it stands')
    return undefined
  }
}

function toldArticle({ title, lines, folded }: Told, row: ExportedRow, write: Writer): string {
  const more = folded === undefined ? '' : fold(write.text(folded.title), linesOf(folded.lines, write))
  const whole = fold(write.text({ key: 'privacy:page.whole' }), columnsOf(row))
  return article(write.text(title), linesOf(lines, write) + more + whole)
}

function linesOf(lines: readonly Line[], write: Writer): string {
  return lines.map((line) => lineOf(line, write)).join('')
}

function lineOf(line: Line, write: Writer): string {
  switch (line.type) {
    case 'text':
      return paragraph(write.text(line.text))
    case 'fact':
      return pair(write.text(line.name), write.value(line.value))
    case 'bar':
      return barOf(write.text(line.name), Math.round(Math.min(1, Math.max(0, line.strength)) * 100))
  }
}

function barOf(name: string, percent: number): string {
  const meter = `role="meter" aria-label="${name}" aria-valuemin="0" aria-valuemax="100" aria-valuenow="${percent}"`
  return `<div class="pair"><span>${name}</span><div class="bar" ${meter}><i style="width:${percent}%"></i></div></div>`
}

/** Every column by its own name. */
function columnsOf(row: ExportedRow): string {
  return Object.entries(row)
    .map(([name, value]) => pair(escapeHtml(name), plainValue(value)))
    .join('')
}

function plainValue(value: unknown): string {
  if (value === null || value === undefined) return '–'
  if (typeof value === 'object') return `<code>${escapeHtml(JSON.stringify(value, null, 2))}</code>`
  return escapeHtml(String(value))
}

function heading(title: string): string {
  return `<h2>${title}</h2>\n`
}

function article(title: string, body: string): string {
  return `<article><h3>${title}</h3>${body}</article>\n`
}

function paragraph(text: string): string {
  return `<p>${text}</p>`
}

function pair(name: string, value: string): string {
  return `<div class="pair"><span>${name}</span><b>${value}</b></div>`
}

function fold(title: string, body: string): string {
  return `<details><summary>${title}</summary>${body}</details>`
}
