import { type Language, languages } from '../../flows/kit/words.ts'
import type { WordsBook } from '../../src/i18n/words.ts'
import type { ChatMessage } from '../../src/playground/bot-api/chats.ts'
import type { Button } from '../../src/playground/bot-api/wire.ts'
import type { Person } from '../../src/playground/people/person.ts'
import { decodeCallback } from '../../src/telegram/callback.ts'

/** A button by its locale key (`riasec:rate.5`), by its label or a part of it, or by its number from 0 in reading order. */
export type ButtonName = string | number

/** A button where it stands. */
export type Place = { readonly message: ChatMessage; readonly button: Button; readonly index: number }

/** Whether it is a label, in whatever language. */
export function isLabel(name: ButtonName): name is string {
  return typeof name === 'string' && !/^[a-z]+:\S/.test(name)
}

/**
 * The button in the newest message that has it, its whole label going before a part of one. A key is read in the
 * language given, then in the others: people change theirs. Throws with a picture of the chat.
 */
export function placeOf(person: Person, name: ButtonName, words: WordsBook, language: Language): Place {
  const places = placesOf(person)
  const place = typeof name === 'number' ? places[name] : placeNamed(places, labelsOf(name, words, language))
  if (place === undefined) throw new Error(`There is no button ${name}.\n${person.picture}`)
  return place
}

/** The button that does the same as somebody else's; where none does, that in the same place of the newest message. */
export function placeLike(person: Person, { button, index }: Place): Place {
  const places = placesOf(person)
  const alike = places.filter((one) => meaningOf(one.button) === meaningOf(button))
  const place = alike.find((one) => one.index === index) ?? alike[0] ?? places[index]
  if (place === undefined) throw new Error(`There is no button like ${button.text}.\n${person.picture}`)
  return place
}

/** Presses it; the update. */
export function press(person: Person, { message, index }: Place): unknown {
  return person.presses(index, message.id)
}

/** The living message: the bot's newest with buttons. */
export function livingOf(person: Person): ChatMessage | undefined {
  return pressable(person)[0]
}

function pressable(person: Person): readonly ChatMessage[] {
  return person.messages.filter(({ by, keyboard }) => by === 'bot' && keyboard.length > 0).reverse()
}

/** All buttons there are, those of the newest message first. */
function placesOf(person: Person): readonly Place[] {
  return pressable(person).flatMap((message) =>
    message.keyboard.flat().map((button, index) => ({ message, button, index })),
  )
}

function placeNamed(places: readonly Place[], labels: readonly string[]): Place | undefined {
  const ways = [(text: string, label: string) => text === label, (text: string, label: string) => text.includes(label)]
  for (const isMeant of ways) {
    for (const label of labels) {
      const place = places.find(({ button }) => isMeant(button.text, label))
      if (place !== undefined) return place
    }
  }
  return undefined
}

/** Of a label with values, what stands before the first. */
function labelsOf(name: string, words: WordsBook, language: Language): readonly string[] {
  if (isLabel(name)) return [name]
  const labels = [language, ...languages].map((one) => words.plain({ key: name }, one).split('{{', 1)[0] ?? '')
  return labels.filter((label) => label !== '')
}

/** What a press on it says, but for the message it stands on. */
function meaningOf({ callback_data: data, url }: Button): string | undefined {
  const said = data === undefined ? undefined : decodeCallback(data)
  return said === undefined ? url : said.type === 'screen' ? said.check : String(said.index)
}
