import { z } from 'zod'
import { newcomer } from '../../flows/common/person.ts'
import { createFlows } from '../../flows/index.ts'
import { compileFlows, type Flows } from '../../flows/kit/compile.ts'
import type { Log } from '../base/log.ts'
import { readDangerCheck } from '../capabilities/help/danger.ts'
import { factNames } from '../capabilities/index.ts'
import { loadCatalogue } from '../capabilities/professions/catalogue.ts'
import { readCatalogue } from '../capabilities/professions/seed.ts'
import { shelfAnswers } from '../capabilities/professions/shelves.ts'
import { suggestionAnswers } from '../capabilities/professions/suggestions.ts'
import { searchAnswers } from '../capabilities/search/find.ts'
import { readInstruments } from '../capabilities/survey/instruments.ts'
import { root } from '../config.ts'
import type { Answerer, World } from '../engine/ports.ts'
import { createWords, type WordsBook } from '../i18n/words.ts'
import type { Store } from '../store/open.ts'

export type ContentOptions = {
  readonly store: Store
  readonly log: Log
  /** A folder of instruments instead of the project's, as data (benchmarks, tests). */
  readonly instruments?: URL
  /** A folder of words instead of the project's; other instruments bring namespaces of their own. */
  readonly locales?: URL
}

/** What the bot says and knows, read from files and tied to the store. */
export type Content = {
  readonly flows: Flows
  readonly answerers: Readonly<Record<string, Answerer>>
  readonly words: WordsBook
  readonly isDanger: (text: string) => boolean
}

/** Reads words, instruments and the catalogue, and checks that the flows fit what answers them. */
export async function readContent({ store, log, ...folders }: ContentOptions): Promise<Content> {
  const locales = folders.locales ?? new URL('locales/', root)
  const instruments = await readInstruments(folders.instruments ?? new URL('flows/survey/instruments/', root))
  const words = await createWords(locales, { onMissing: (problem) => log.warn({ problem }, 'Words are missing') })
  await loadCatalogue(store, await readCatalogue(new URL('prisma/seed/', root)))
  const flows = createFlows(instruments)
  const catalogue = () => store.catalogue.get()
  const answerers = {
    ...store.asks,
    ...shelfAnswers({ catalogue, newestResult: (world) => newestResult(store, instruments[0].id, world) }),
    ...suggestionAnswers(instruments, catalogue),
    ...searchAnswers(flows, words, catalogue),
  }
  const surroundings = {
    asks: new Set(Object.keys(answerers)),
    tells: new Set([...factNames, 'person.change']), // the engine itself changes the person
    sends: new Set(['person.export']),
  }
  const compiled = compileFlows(flows, surroundings, { walks: false })
  const content = { flows: compiled, answerers, words, isDanger: await readDangerCheck(locales) }
  await readOnce(content)
  return content
}

/** Some hundred patterns are compiled when a text is first read, for either width of letters: no person waits for it. */
async function readOnce({ answerers, isDanger, words }: Content): Promise<void> {
  const world = { chatId: 0, person: newcomer('kk'), now: 0 }
  for (const language of ['kk', 'en', 'kk', 'en'] as const) {
    const text = words.plain({ key: `common:language.${language}` }, language)
    isDanger(text)
    await answerers['search.find']?.({ text }, world)
  }
}

const Finished = z.object({ result: z.object({ ranking: z.array(z.object({ scale: z.string() })) }) })

/** The newest finished result of the instrument that home suggests, passing over those this version cannot use. */
async function newestResult({ asks }: Store, instrument: string, world: World) {
  const history = z.array(z.unknown()).parse((await asks['survey.history']?.({ instrument }, world)) ?? [])
  return history.flatMap((one) => Finished.safeParse(one).data?.result ?? [])[0]
}
