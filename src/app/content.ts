import type { Metric } from 'prom-client'
import { personChange } from '../../flows/common/contract.ts'
import { newcomer } from '../../flows/common/person.ts'
import { createFlows } from '../../flows/index.ts'
import { compileFlows, type Flows } from '../../flows/kit/compile.ts'
import { find } from '../../flows/search/contract.ts'
import type { Log } from '../base/log.ts'
import { createReadOnce, type ReadOnce } from '../base/read-once.ts'
import type { Capability } from '../capabilities/capability.ts'
import { readDangerCheck } from '../capabilities/help/danger.ts'
import { capabilities as all } from '../capabilities/index.ts'
import { openCapabilities, surroundingsOf } from '../capabilities/open.ts'
import { nothingOutside, type Outside } from '../capabilities/outside.ts'
import { ownInstruments, readInstruments } from '../capabilities/survey/instruments.ts'
import { root } from '../config.ts'
import type { InterpretTools } from '../engine/interpret.ts'
import { createNamedIn } from '../engine/named.ts'
import type { Replies } from '../engine/reply.ts'
import { loadLocales, ownLocales } from '../i18n/load.ts'
import { type WordsBook, wordsOf } from '../i18n/words.ts'
import type { Job } from '../schedule/schedule.ts'
import type { Store } from '../store/open.ts'
import type { DocumentMaker } from '../telegram/ports.ts'

export type ContentOptions = {
  readonly store: Store
  readonly log: Log
  /** Those of the project, unless given; the store must have been opened with the same. */
  readonly capabilities?: readonly Capability[]
  /** A folder of instruments instead of the project's, as data (benchmarks, tests). */
  readonly instruments?: URL
  /** A folder of words instead of the project's; other instruments bring namespaces of their own. */
  readonly locales?: URL
  /** Nothing is asked of the net without it. */
  readonly outside?: Outside
  /** User name of the bot; links into it are made with it. */
  readonly botName?: string
  /** What was read of the project's files already, by the check before the start. */
  readonly read?: ReadOnce
}

/** What the bot says and knows, read from files and tied to the store. */
export type Content = {
  readonly flows: Flows
  readonly replies: Replies
  readonly documents: readonly DocumentMaker[]
  /** What capabilities do on their own. */
  readonly jobs: readonly Job[]
  /** Figures of capabilities for `/metrics`. */
  readonly metrics: readonly Metric[]
  readonly words: WordsBook
  readonly isDanger: (text: string) => boolean
  readonly isWorry: (text: string) => boolean
  readonly namedIn: InterpretTools['namedIn']
}

/** Reads words and content, opens every capability, and checks that the flows fit what answers them. */
export async function readContent({
  store,
  log,
  capabilities = all,
  outside = nothingOutside,
  read = createReadOnce(root),
  botName = '',
  ...folders
}: ContentOptions): Promise<Content> {
  const instruments = await (folders.instruments ? readInstruments(folders.instruments) : read(ownInstruments))
  const content = { instruments }
  const locales = await (folders.locales ? loadLocales(folders.locales) : read(ownLocales))
  const words = wordsOf(locales, { onMissing: (problem) => log.warn({ problem }, 'Words are missing') })
  const flows = createFlows(content)
  const given = { core: store, log, files: root, read, content, flows, words, botName, outside }
  const opened = await openCapabilities(capabilities, given)
  // The engine itself changes the person.
  const surroundings = surroundingsOf(capabilities, opened, [personChange.name])
  const { replies, documents, jobs, metrics } = opened
  const { isDanger, isWorry } = await read(readDangerCheck)
  const whole = {
    flows: compileFlows(flows, { surroundings, walks: false }),
    replies,
    documents,
    jobs,
    metrics,
    words,
    isDanger,
    isWorry,
    namedIn: createNamedIn(words),
  }
  await readSomeText(whole)
  return whole
}

/** Some hundred patterns are compiled when a text is first read, for either width of letters: no person waits for it. */
async function readSomeText({ replies, isDanger, isWorry, words }: Content): Promise<void> {
  const world = { chatId: 0, person: newcomer('kk'), now: 0 }
  for (const language of ['kk', 'en', 'kk', 'en'] as const) {
    const text = words.plain({ key: `common:language.${language}` }, language)
    isDanger(text)
    isWorry(text)
    await replies[find.name]?.look({ text }, world)
  }
}
