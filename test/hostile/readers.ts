import { Readable } from 'node:stream'
import type { Update } from 'grammy/types'
import type { EventObject } from 'xstate'
import { readAge } from '../../flows/common/ages.ts'
import { readName } from '../../flows/common/names.ts'
import { consentVersion, newcomer, type Person } from '../../flows/common/person.ts'
import { isQuestion } from '../../flows/common/questions.ts'
import { zone } from '../../flows/common/regions.ts'
import { createFlows } from '../../flows/index.ts'
import { examplePeople } from '../../flows/kit/compile.ts'
import type { Flow, Frame } from '../../flows/kit/flow.ts'
import { listens, step } from '../../flows/kit/step.ts'
import { viewOf } from '../../flows/kit/view.ts'
import { stamped, walk } from '../../flows/kit/walk.ts'
import { languages } from '../../flows/kit/words.ts'
import { matchesOf } from '../../flows/reminders/phrases/found.ts'
import { understandReminder } from '../../flows/reminders/phrases/index.ts'
import type { Instrument } from '../../flows/survey/instrument.ts'
import { createNormalise } from '../../flows/vacancies/normalise/normalise.ts'
import { pagesOf } from '../../flows/vacancies/normalise/text.ts'
import { RawVacancy } from '../../flows/vacancies/vacancy.ts'
import { describeError } from '../../src/base/log.ts'
import { readTable } from '../../src/base/table.ts'
import { newsReply } from '../../src/capabilities/applications/news.ts'
import { readDangerCheck } from '../../src/capabilities/help/danger.ts'
import { createProfessionsByTitle } from '../../src/capabilities/professions/by-title.ts'
import { findProfessions } from '../../src/capabilities/professions/find.ts'
import { readCatalogue } from '../../src/capabilities/professions/seed.ts'
import { readInstruments } from '../../src/capabilities/survey/instruments.ts'
import { typedReply } from '../../src/capabilities/survey/typed.ts'
import { findVacancies, seekingWordsIn } from '../../src/capabilities/vacancies/find.ts'
import { readKnowledge } from '../../src/capabilities/vacancies/knowledge.ts'
import { createNames } from '../../src/capabilities/vacancies/names.ts'
import { createReadSought } from '../../src/capabilities/vacancies/said.ts'
import { readVacancyWords } from '../../src/capabilities/vacancies/terms.ts'
import { root } from '../../src/config.ts'
import { createNamedIn } from '../../src/engine/named.ts'
import { fillersIn, workWordsIn } from '../../src/i18n/lists.ts'
import { escapeHtml, stripHtml } from '../../src/i18n/markup.ts'
import { createWords, type WordsBook } from '../../src/i18n/words.ts'
import { parseHtml } from '../../src/playground/bot-api/html.ts'
import { plainText } from '../../src/playground/bot-api/text.ts'
import { decodeCallback } from '../../src/telegram/callback.ts'
import { cutHtml, cutText, visibleLength } from '../../src/telegram/cut.ts'
import { readUpdate } from '../../src/telegram/incoming.ts'
import { renderScreen } from '../../src/telegram/render.ts'
import { dangerWords, grammarWords, patterns, vacancyWords } from './lines.ts'

/** Something that reads what a person wrote; some look for words of their own in it. */
export type Reader = { readonly name: string; readonly words?: readonly string[]; read(text: string): unknown }

const now = Date.UTC(2026, 0, 15, 5)
const grown: Person = { ...newcomer('kk'), ageBand: '18+', consent: { version: consentVersion, at: 0, by: 'self' } }

/** Every reader of free text there is; a new state of a flow that hears text is among them by itself. */
export async function createReaders(): Promise<Reader[]> {
  const words = await createWords(new URL('locales/', root))
  const content = { instruments: await readInstruments(new URL('flows/survey/instruments/', root)) }
  const flows = createFlows(content)
  const catalogue = await readCatalogue(new URL('prisma/seed/', root))
  const find = findProfessions(async () => catalogue)
  return [
    ...languages.map((language) => ({
      name: `a reminder by a person who speaks ${language}`,
      words: grammarWords(),
      read: (text: string) => understandReminder(text, { now, zone, language }),
    })),
    { name: 'the search', words: grammarWords(), read: (text) => find(text, { chatId: 1, person: grown, now }) },
    { name: 'the check for danger', words: dangerWords(), read: (await readDangerCheck(root)).rulesIn },
    { name: 'a name', read: readName },
    { name: 'an age', read: readAge },
    { name: 'a question', read: isQuestion },
    ...examplePeople().flatMap((person) => namingReaders(flows, person, createNamedIn(words))),
    { name: 'an update with a text', read: (text) => readUpdate(message({ text }), 'serik_bot') },
    { name: 'an update with a caption', read: (caption) => readUpdate(message({ caption }), 'serik_bot') },
    { name: 'the name of a file', read: (name) => readUpdate(document({ file_name: name }), 'serik_bot') },
    { name: 'the kind of a file', read: (kind) => readUpdate(document({ mime_type: kind }), 'serik_bot') },
    { name: 'a telephone number', read: (phone) => readUpdate(contact(phone), 'serik_bot') },
    { name: 'a command', read: (text) => readUpdate(message({ text: `/start ${text}` }), 'serik_bot') },
    { name: 'a command of another bot', read: (text) => readUpdate(message({ text: `/start@${text}` }), 'serik_bot') },
    { name: 'callback data', read: decodeCallback },
    { name: 'markup', read: (text) => stripHtml(escapeHtml(text)) },
    { name: 'a message that is cut', read: (text) => cutHtml(`<b>${escapeHtml(text)}</b>`, 1_000) },
    { name: 'the length of a message', read: (text) => visibleLength(escapeHtml(text)) },
    { name: 'a label', read: (text) => cutText(text, 64) },
    { name: 'an error that quotes a text', read: (text) => describeError(new Error(`${text} [${text}]`)) },
    { name: 'the header of a table', read: (text) => readRows([text]) },
    { name: 'a row of a table', read: (text) => readRows(['R1,I1', text]) },
    { name: 'a cell of a table', read: (text) => readRows(['R1,I1', ...`1,"${text}"`.split('\n')]) },
    { name: 'the local Bot API, a text', read: plainText },
    { name: 'the local Bot API, markup', read: (text) => parseHtml(escapeHtml(text)) },
    {
      name: 'news of an application',
      read: (text) => newsReply(words).look({ text }, { chatId: 1, person: grown, now }),
    },
    { name: 'an answer of a survey', read: answerReader(content.instruments, words) },
    ...(await vacancyReaders()),
    await soughtReader(words),
    ...flows.flatMap((flow) => listeners(flow, words)),
  ]
}

/** Fields that are read, each in its own way. */
const vacancyFields = [
  ...(['title', 'employer', 'bin', 'town', 'salary', 'salaryFrom', 'experience', 'education'] as const),
  ...(['schedule', 'description', 'contact', 'published'] as const),
]

/** Fields of a vacancy as a source may write it, and its pages. */
export async function vacancyReaders(): Promise<Reader[]> {
  const normalise = createNormalise(await readVacancyWords(root))
  const given = { now, source: 'file', professionsFor: () => [] }
  const field = (name: keyof RawVacancy) => ({
    name: `${name} of a vacancy`,
    ...(name === 'description' ? { words: vacancyWords() } : {}),
    read: (text: string) => normalise(RawVacancy.parse({ title: 'x', [name]: text }), given),
  })
  const pages = { name: 'pages of a vacancy', read: (text: string) => pagesOf(text, 1_000) }
  return [...vacancyFields.map(field), pages]
}

/** A search for work in words, as the general search reads it, and the list. */
async function soughtReader(words: WordsBook): Promise<Reader> {
  const knowledge = await readKnowledge(root)
  const catalogue = await readCatalogue(new URL('prisma/seed/', root))
  const idle = new Set([...fillersIn(words), ...workWordsIn(words)])
  const readSought = createReadSought(
    knowledge.words,
    createProfessionsByTitle(catalogue),
    idle,
    seekingWordsIn(words).beside,
  )
  const find = findVacancies(readSought, createNames(knowledge, catalogue).of, seekingWordsIn(words), async () => 1)
  return {
    name: 'a search for work',
    words: vacancyWords(),
    read: (text) => [readSought(text), find(`jobs ${text}`.slice(0, 120), { chatId: 1, person: grown, now })],
  }
}

/** Buttons that may be written, on the first screen of each flow. */
function namingReaders(flows: readonly Flow[], person: Person, namedIn: ReturnType<typeof createNamedIn>): Reader[] {
  return flows.flatMap((flow) =>
    walk(flow, person, 1).map(({ screen }) => ({
      name: `a button of ${flow.id}, ${person.language}`,
      read: (text: string) => namedIn(screen, text),
    })),
  )
}

/** Our own patterns one by one, over lines that are longer than any they are given. */
export const patternReaders: readonly Reader[] = patterns.map((pattern) => ({
  name: `the pattern ${pattern.source}`,
  read: (text) => matchesOf(pattern, text),
}))

/** A step by text, or by what is sent with text in it, in each state that hears it, and the screen that comes of it in all languages. */
function listeners(flow: Flow, words: WordsBook): Reader[] {
  const places = examplePeople().flatMap((person) => walk(flow, person, 200))
  const frames = new Map(places.map(({ state, frame }) => [state, frame]))
  return [...frames].flatMap(([state, frame]) =>
    Object.entries(said)
      .filter(([, say]) => listens(flow, frame, stamped(say('x'))))
      .map(([how, say]) => ({
        name: `${flow.id}, ${state}${how}`,
        read: (text: string) => hear(flow, frame, words, stamped(say(text))),
      })),
  )
}

const sent = { fileId: 'f', uniqueId: 'u', size: null, album: null }
/** The events that have words of a person in them. */
const said: Readonly<Record<string, (text: string) => EventObject>> = {
  '': (text) => ({ type: 'TEXT', text }),
  ', a photo': (caption) => ({ type: 'PHOTO', ...sent, caption }),
  ', a document': (text) => ({ type: 'DOCUMENT', ...sent, caption: text, name: text, mimeType: null }),
}

function hear(flow: Flow, frame: Frame, words: WordsBook, event: EventObject): void {
  const heard = step(flow, frame, event)
  if (heard.done) return
  const screen = viewOf(flow, heard.frame, grown)
  for (const language of languages) renderScreen({ screen, revision: 1 }, words, language)
}

/** What is typed for an answer, read by the words of the survey. */
function answerReader([instrument]: readonly [Instrument, ...Instrument[]], words: WordsBook) {
  const { look } = typedReply([instrument], words, async () => [])
  const asked = { instrument: instrument.id, item: instrument.forms.quick[0] ?? '', worry: false }
  return (text: string) => look({ ...asked, text }, { chatId: 1, person: grown, now })
}

async function readRows(lines: readonly string[]): Promise<void> {
  const table = await readTable(Readable.from(lines), (name) => name === 'R1' || name === 'I1')
  for await (const _ of table?.rows ?? []);
}

function document(facts: object): Update {
  return message({ document: { file_id: 'f', file_unique_id: 'u', ...facts } })
}

function contact(phone: string): Update {
  return message({ contact: { phone_number: phone, first_name: 'T' } })
}

function message(content: object): Update {
  const from = { id: 1, is_bot: false, first_name: 'T' }
  const chat = { id: 1, type: 'private', first_name: 'T' } as const
  // Telegram's own has more fields, which nobody reads.
  return { update_id: 1, message: { message_id: 1, date: 1, chat, from, ...content } } as Update
}
