import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { consentVersion, newcomer, type Person } from '../../../flows/common/person.ts'
import { createFlows } from '../../../flows/index.ts'
import type { Frame } from '../../../flows/kit/flow.ts'
import { type Language, languages } from '../../../flows/kit/words.ts'
import { scoreAnswers } from '../../../flows/survey/scoring.ts'
import { section } from '../../../src/capabilities/export.ts'
import { noticesSection } from '../../../src/capabilities/notices/export.ts'
import { aboutSection, placeSection } from '../../../src/capabilities/privacy/about.ts'
import { type PageTools, pageOf } from '../../../src/capabilities/privacy/page.ts'
import { remindersSection } from '../../../src/capabilities/reminders/export.ts'
import { surveySection } from '../../../src/capabilities/survey/export.ts'
import { instrumentsIn, readInstruments } from '../../../src/capabilities/survey/instruments.ts'
import { root } from '../../../src/config.ts'
import { chatTables, type ExportedChat, exportChat } from '../../../src/store/chats.ts'
import type { Store } from '../../../src/store/open.ts'
import { createSqlite, type TestDatabase, testTime } from '../../support/databases.ts'
import { fillEveryTable } from '../../support/every-table.ts'
import { dialogue, fact, turn, world } from '../../support/turns.ts'
import { readWords } from '../../support/words.ts'

const words = await readWords()
const instruments = await readInstruments(instrumentsIn(root))
const flows = createFlows({ instruments })
const sections = [
  aboutSection(flows),
  surveySection(instruments),
  remindersSection,
  noticesSection(flows),
  placeSection(flows),
]
const hostile = `"><img src=x onerror=alert(1)><script>alert('1')</script></style>&lt;b&gt;{{name}}`
const person: Person = {
  ...newcomer('kk'),
  name: 'Сәуле',
  ageBand: '14-15',
  region: '75',
  plan: 'college',
  consent: { version: consentVersion, at: testTime, by: 'guardian' },
  muted: ['campaigns.calendar', 'gone'],
  look: 'dark',
}

let database: TestDatabase
let store: Store
let last = 0
const logged: unknown[] = []
beforeAll(async () => {
  database = await createSqlite()
  store = await database.open()
})
afterAll(() => database.drop())

/** The page of a chat; the words of every language are complete. */
const page = async (chat: ExportedChat, language: Language = 'kk', more: Partial<PageTools> = {}, told = sections) => {
  const log = { error: (...what: unknown[]) => void logged.push(what) }
  const tools = { words, log, breathe: async () => {}, ...more }
  const bytes = await pageOf(chat, told, tools, { ...world(1), person: { ...person, language } })
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
}
/** What is read of a page: its text, a line for each piece. */
const textOf = (html: string) =>
  html
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<[^>]*>/g, '\n')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replace(/\n\s*/g, '\n')
const reminder = (what: string) => ({
  id: `reminder-${++last}`,
  what,
  repeat: { type: 'weekly', days: [1, 5] },
  zone: 'Asia/Almaty',
  minute: 18 * 60 + 30,
  nextAt: Date.UTC(2026, 2, 2, 13, 30),
  state: 'active',
})
/** Somebody with a finished survey, a reminder, a notice, and an open dialogue. */
const somebody = async (what = 'құжат тапсыру', name = 'Сәуле') => {
  const chatId = ++last
  const [riasec] = instruments
  const answers = Object.fromEntries(riasec.forms.quick.map((item) => [item, item.startsWith('S') ? 5 : 2]))
  const attempt = { attempt: `attempt-${chatId}`, instrument: 'riasec', form: 'quick', answers }
  const due = { id: 'x', what, meantFor: testTime, zone: 'Asia/Almaty', late: false }
  const put = { key: `k-${chatId}`, kind: 'reminders.due', dueAt: testTime, values: due, priority: 10 }
  const facts = [
    fact('survey.finish', { ...attempt, result: scoreAnswers(riasec, answers, 'quick') }),
    fact('reminder.save', reminder(what)),
    fact('notice.put', put),
  ]
  const stack: Frame[] = ['home', 'reminders'].map((flow) => ({ flow, version: 1, value: 'x', context: { what } }))
  const commit = turn(chatId, 1, { person: { ...person, name }, facts })
  await store.dialogues.commit({ ...commit, dialogue: { ...dialogue(chatId, 1), stack } })
  return exportChat(store, chatId)
}

describe('the page of all that is kept', () => {
  test('tells a person everything in words, in their language', async () => {
    const text = textOf(await page(await somebody()))
    for (const said of [
      'Сіз туралы сақталғанның бәрі',
      'Сәуле',
      '14–15 жас',
      'Алматы қаласы',
      'Колледжде оқу',
      'Ересек адам: келісім берілгенін өзіңіз растадыңыз',
      '22:00–08:00',
      'Маңызды күндер, gone',
      'қысқа бөлім',
      'Жауаптарыңыз: 18',
      'Қарттарға күнделікті тұрмысында көмектесу\n😍 өте ұнайды',
      'құжат тапсыру',
      'дүйсенбі, 2026 ж. 2 наурыз, 18:30',
      'Апта сайын: дүйсенбі, жұма',
      '⏰ құжат тапсыру',
      'Уақытын күтіп тұр',
      '⏰ Еске салғыштар',
    ])
      expect(text).toContain(said)
  })

  test.each(languages)('has words for all of it in %s, and names the language', async (language) => {
    expect(await page(await somebody(), language)).toContain(`<html lang="${language}">`)
    expect(logged).toEqual([])
  })

  test('leaves nothing out that stands in the file for programs, whatever tables there are', async () => {
    const chatId = ++last
    await fillEveryTable(store, chatId, 'құпия')
    for (const chat of [await exportChat(store, chatId), await somebody()]) {
      const text = textOf(await page(chat)).replaceAll(/\s/g, '')
      const rows = Object.entries(chat).flatMap(([table, all]) => all.map((row) => ({ table, row })))
      for (const { table, row } of rows) {
        for (const [column, value] of Object.entries(row)) {
          const plain = typeof value === 'object' ? JSON.stringify(value) : String(value)
          const written = value === null ? `${column}–` : `${column}${plain.replaceAll(/\s/g, '')}`
          expect(text, `${table}.${column}`).toContain(written)
        }
      }
    }
  })

  test('lists a table that nobody tells, by the names of its columns', async () => {
    const chatId = ++last
    await fillEveryTable(store, chatId, 'құпия')
    const chat = await exportChat(store, chatId)
    const text = textOf(await page(chat, 'kk', {}, []))
    for (const table of chatTables) expect(text).toContain(`\n${table}\n`)
    expect(text).toContain('frame\nқұпия')
  })

  test('shows what people wrote as they wrote it, and never as markup', async () => {
    const chat = await somebody(hostile, hostile.slice(0, 64))
    const html = await page(chat)
    expect(textOf(html)).toContain(hostile)
    const tags = new Set([...html.matchAll(/<(\/?[\w!]+)/g)].map(([, tag]) => tag?.replace('/', '')))
    const own = ['html', 'head', 'meta', 'title', 'style', 'body', 'main', 'h1', 'h2', 'h3', 'p', 'article', 'div']
    expect(
      [...tags].filter(
        (tag) => ![...own, '!doctype', 'span', 'b', 'i', 'details', 'summary', 'code'].includes(tag ?? ''),
      ),
    ).toEqual([])
    expect(html).not.toMatch(/<[^>]+\son\w+=/)
  })

  test('asks for nothing from outside and runs nothing', async () => {
    const html = await page(await somebody())
    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`)
    expect(html).not.toMatch(/<script|<link|<iframe|\b(src|href|action|srcset)=|url\(|@import|https?:/)
  })

  test('lists a row as it stands where its words cannot be made, and the rest comes', async () => {
    const broken = section('Reminder', {
      title: { key: 'reminders:menu' },
      row: z.object({}),
      tell: () => {
        throw new Error('a section with a fault')
      },
    })
    const text = textOf(await page(await somebody(), 'kk', {}, [broken, placeSection(flows)]))
    expect(text).toContain('\nReminder\n')
    expect(text).toContain('what\nқұжат тапсыру')
    expect(text).toContain('⏰ Еске салғыштар')
    expect(JSON.stringify(logged.splice(0))).not.toContain('құжат')
  })

  test('of an instrument or a notice that is no more is listed as it stands', async () => {
    const chat = await somebody()
    const gone = (rows: ExportedChat[string] = [], change: object) => rows.map((row) => ({ ...row, ...change }))
    const changed = {
      ...chat,
      SurveyAttempt: gone(chat.SurveyAttempt, { instrument: 'gone' }),
      Notice: gone(chat.Notice, { values: { word: 'of an earlier version' } }),
    }
    const text = textOf(await page(changed))
    expect(text).toContain('\nSurveyAttempt\n')
    expect(text).toContain('\nNotice\n')
    expect(logged).toEqual([])
  })

  test('of five thousand reminders lets others have their turn, and is complete', async () => {
    const chat = await somebody()
    const [row = {}] = chat.Reminder ?? []
    const many = { ...chat, Reminder: Array.from({ length: 5_000 }, (_, n) => ({ ...row, what: `${n}-іс` })) }
    let breaths = 0
    const breathe = async () => void breaths++
    const html = await page(many, 'kk', { breathe })
    expect(breaths).toBeGreaterThanOrEqual(200)
    expect(html).toContain('<h3>4999-іс</h3>')
    expect(html).not.toContain('serik.json')
  })

  test('beyond its limit ends well formed, and says where the rest is', async () => {
    const chat = await somebody()
    const html = await page(chat, 'kk', { limit: 2_000 })
    expect(html).toContain('Толық нұсқасы serik.json файлында.')
    expect(html.endsWith('</p></main></body></html>\n')).toBe(true)
    for (const tag of ['article', 'details', 'div'])
      expect(html.split(`<${tag}`).length, tag).toBe(html.split(`</${tag}>`).length)
  })
})
