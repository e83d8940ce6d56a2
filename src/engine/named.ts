import type { EventObject } from 'xstate'
import { foldText } from '../../flows/common/letters.ts'
import { buttonsOf, type EventButton, type Screen } from '../../flows/kit/screen.ts'
import { languages } from '../../flows/kit/words.ts'
import { type Phrase, readMessage, readPhrase, says } from '../base/phrases.ts'
import { phrasesOf } from '../i18n/lists.ts'
import type { WordsBook } from '../i18n/words.ts'

/** Words of a text that may name a button; whoever writes more says more than that. */
const mostWords = 12
/** Letters from which on a word may be mistyped by one: «Назар» is a name, and not «Назад». */
const forgiven = 6

/**
 * The event of the one button that a text names: by its label in any language, or by a phrase of its list, whatever
 * letters, signs and leading words it is written with; or of what the screen hears beside its buttons. Undefined where it names none, or several that do different things.
 */
export function createNamedIn(words: WordsBook): (screen: Screen, text: string) => EventObject | undefined {
  const fillers = new Set(phrasesOf('common:said.fillers', words).flatMap(readPhrase))
  const lists = new Map<string, readonly Phrase[]>()
  const listOf = (key: string) => {
    const phrases = lists.get(key) ?? phrasesOf(key, words).map(readPhrase)
    lists.set(key, phrases)
    return phrases
  }
  const namesOf = ({ label, said }: EventButton): readonly Phrase[] => [
    ...languages.map((language) => readPhrase(foldText(words.plain(label, language)))),
    ...(said === undefined ? [] : listOf(said.key)),
  ]
  const bare = (phrase: Phrase) => phrase.filter((word) => !fillers.has(word))

  return (screen, text) => {
    const message = readMessage(text)
    if (message.join('') === '' || message.length > mostWords) return undefined
    const buttons = buttonsOf(screen).flatMap((button) =>
      'event' in button && button.readByState === undefined ? [{ event: button.event, names: namesOf(button) }] : [],
    )
    const heard = (screen.heard ?? []).map(({ said, event }) => ({ event, names: listOf(said.key) }))
    const rest = bare(message)
    const ways: readonly ((name: Phrase) => boolean)[] = [
      (name) => name.join(' ') === message.join(' '),
      (name) => says(message, name, forgiven),
      (name) => rest.length > 0 && says(rest, bare(name), forgiven),
    ]
    for (const is of ways) {
      const named = [...buttons, ...heard].filter(({ names }) => names.some(is)).map(({ event }) => event)
      if (named.length > 0) return onlyOne(named)
    }
    return undefined
  }
}

function onlyOne(events: readonly EventObject[]): EventObject | undefined {
  const [first] = events
  return events.every((event) => JSON.stringify(event) === JSON.stringify(first)) ? first : undefined
}
