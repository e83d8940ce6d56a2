import type { Language } from '../../../flows/kit/words.ts'
import type { WordsBook } from '../../../src/i18n/words.ts'
import type { ChatMessage } from '../../../src/playground/bot-api/chats.ts'
import type { BotApi } from '../../../src/playground/bot-api/create-bot-api.ts'
import type { Person } from '../../../src/playground/people/person.ts'
import { type ButtonName, livingOf, placeOf, press } from '../../support/buttons.ts'

/** How long an answer may take before a test gives up; slow machines and retries included. */
const patience = 15_000

/** Somebody at the other end of the wire, who waits for each answer as people do. */
export type Walker = {
  readonly person: Person
  readonly language: Language
  /** The words of a key in their language, without markup. */
  says(key: string): string
  starts(payload?: string): Promise<void>
  /** Presses the button, and waits for a newer screen. */
  presses(button: ButtonName): Promise<void>
  /** Writes, and waits for a new message of the bot. */
  writes(text: string): Promise<void>
  /** Does something else in the chat, and waits for a new message of the bot. */
  after(act: () => unknown): Promise<void>
  /** Does something, and waits for the answer to a press; gives its words. */
  toasted(act: () => unknown): Promise<string>
  /** The living message: the bot's newest with buttons. */
  screen(): ChatMessage
  /** Waits until the living message fits. */
  sees(pattern: string | RegExp): Promise<ChatMessage>
}

export function createWalker(api: BotApi, words: WordsBook, language: Language): Walker {
  const person = api.person(undefined, { first_name: 'test', language_code: language })
  const says = (key: string) => words.plain({ key }, language)
  const screen = () => {
    const message = livingOf(person)
    if (message === undefined) throw new Error(`The bot has shown nothing.\n${person.picture}`)
    return message
  }
  const after = async (act: () => unknown) => {
    const before = newestId(person)
    await act()
    await person.waitFor(() => {
      const living = livingOf(person)
      return living !== undefined && living.id > before
    }, patience)
  }
  return {
    person,
    language,
    says,
    screen,
    after,
    starts: (payload) => after(() => person.starts(payload)),
    writes: (text) => after(() => person.writes(text)),
    async presses(button) {
      const before = revisionOf(screen())
      press(person, placeOf(person, button, words, language))
      await person.waitFor(() => revisionOf(livingOf(person)) > before, patience)
    },
    async toasted(act) {
      const before = person.toasts.length
      await act()
      await person.waitFor(() => person.toasts.length > before, patience)
      return person.toasts.at(-1)?.text ?? ''
    },
    sees: (pattern) =>
      person.waitFor(() => {
        const living = livingOf(person)
        const fits = typeof pattern === 'string' ? living?.text.includes(pattern) : pattern.test(living?.text ?? '')
        return fits === true ? living : undefined
      }, patience),
  }
}

/** The revision a screen was rendered from, as its buttons carry it; -1 without buttons. */
export function revisionOf(message: ChatMessage | undefined): number {
  const data = message?.keyboard.flat().find((button) => button.callback_data !== undefined)?.callback_data
  return data === undefined ? -1 : Number(String(data).split('.', 1)[0])
}

function newestId(person: Person): number {
  return Math.max(0, ...person.messages.filter(({ by }) => by === 'bot').map(({ id }) => id))
}
