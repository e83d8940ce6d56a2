import type { Api } from 'grammy'
import { languageOf, type Message } from '../../flows/kit/words.ts'
import type { Sleep } from '../base/sleep.ts'
import { speaksOf } from '../engine/danger.ts'
import type { Incoming } from '../engine/ports.ts'
import { StoreError } from '../engine/store-error.ts'
import type { WordsBook } from '../i18n/words.ts'

export type FirstAidOptions = {
  readonly api: Api
  readonly words: WordsBook
  /** Whether a text speaks of despair or danger, in any language. */
  readonly isDanger: (text: string) => boolean
  readonly sleep: Sleep
}

export type FirstAid = {
  /** Waits for a turn to come about. Whoever wrote of danger has the numbers of help before that takes too long. */
  whileWaiting<T>(incoming: Incoming, wait: () => Promise<T>, later: (work: Promise<unknown>) => void): Promise<T>
  /** Does a turn's work. Should it fail, or take too long, whoever wrote of danger has the numbers of help by then. */
  beside<T>(incoming: Incoming, work: () => Promise<T>, later: (work: Promise<unknown>) => void): Promise<T>
}

/** Whoever asks for help waits no longer for the usual screen, in ms. */
const patience = 3_000
/** Updates answered and not taken yet, remembered at most. */
const remembered = 10_000

const helpText: readonly Message[] = ['danger.title', 'danger.text', 'lines.111', 'lines.150', 'lines.112'].map(
  (key) => ({ key: `help:${key}` }),
)
const sorry: readonly Message[] = [{ key: 'common:trouble' }]

/**
 * What can be said without a row: the numbers of help, once for each update that speaks of danger, however often it is
 * taken again while the database is away; and a word of regret where a turn is given up for good.
 */
export function createFirstAid({ api, words, isDanger, sleep }: FirstAidOptions): FirstAid {
  const answered = new Set<number>()

  const say = (incoming: Incoming, text: readonly Message[]) => {
    const language = languageOf(incoming.languageCode)
    const html = text.map((message) => words.render(message, language)).join('\n\n')
    return api.sendMessage(incoming.chatId, html, { parse_mode: 'HTML' })
  }
  const helpOnce = async (incoming: Incoming) => {
    const { updateId } = incoming
    if (updateId === undefined || answered.has(updateId)) return
    if (answered.size >= remembered) answered.clear()
    answered.add(updateId)
    await say(incoming, helpText)
  }
  const urgent = async <T>(incoming: Incoming, work: () => Promise<T>, later: (work: Promise<unknown>) => void) => {
    const over = new AbortController()
    later(sleep(patience, over.signal).then(() => (over.signal.aborted ? undefined : helpOnce(incoming))))
    try {
      return await work()
    } catch (error) {
      later(helpOnce(incoming))
      throw error
    } finally {
      over.abort()
    }
  }
  return {
    whileWaiting: (incoming, wait, later) =>
      asksForHelp(incoming.action, isDanger) ? urgent(incoming, wait, later) : wait(),
    beside: (incoming, work, later) => {
      if (asksForHelp(incoming.action, isDanger)) return urgent(incoming, work, later)
      return work().catch((error: unknown) => {
        if (!(error instanceof StoreError)) later(say(incoming, sorry))
        throw error
      })
    },
  }
}

function asksForHelp(action: Incoming['action'], isDanger: (text: string) => boolean): boolean {
  return (action.type === 'command' && action.name === 'help') || speaksOf(action, isDanger)
}
