import { setTimeout as wait } from 'node:timers/promises'
import type { ChatMessage } from '../../src/playground/bot-api/chats.ts'
import type { BotApi } from '../../src/playground/bot-api/create-bot-api.ts'
import type { Person } from '../../src/playground/people/person.ts'
import { decodeCallback } from '../../src/telegram/callback.ts'

/** A press, or two when the finger was too quick: only the first can count. */
type Press = { readonly updateId: number; readonly revision: number }

/** Somebody who answers, and the answers they know they gave. */
export type Answerer = {
  readonly person: Person
  /** Ids of the questions in the order of asking. */
  readonly items: readonly string[]
  /** Answers by the place of their question. */
  readonly answers: Map<number, number>
  readonly presses: Press[]
  /** Place of the question on the screen. */
  position: number
}

/** Questions people go to and fro between: never before the first, never past the last of the short form. */
const lastPosition = 16

/** Opens the survey and stands at its first question. */
export async function beginSurvey(api: BotApi, id: number, items: readonly string[]): Promise<Answerer> {
  const person = api.person(id)
  person.starts()
  for (const place of [0, 0]) {
    const before = await newestWithButtons(person, -1)
    person.presses(place)
    await newestWithButtons(person, revisionOf(before))
  }
  return { person, items, answers: new Map(), presses: [], position: 0 }
}

/** Holds everybody up between two presses while something is looked at. */
export type Gate = {
  /** Resolves when everybody stands before it. */
  shut(): Promise<void>
  open(): void
  /** Resolves at once while it is open. */
  pass(): Promise<void>
}

export function createGate(people: number): Gate {
  let standing: { count: number; all: () => void; opened: Promise<void>; open: () => void } | undefined
  return {
    shut: () =>
      new Promise((all) => {
        let open = () => {}
        const opened = new Promise<void>((resolve) => {
          open = resolve
        })
        standing = { count: 0, all, opened, open }
      }),
    open() {
      standing?.open()
      standing = undefined
    },
    async pass() {
      if (standing === undefined) return
      if (++standing.count === people) standing.all()
      await standing.opened
    },
  }
}

/** Answers and goes back at random until told to stop, each time only when the screen of the last press is there. */
export async function keepAnswering(one: Answerer, gate: Gate, random: () => number, isOver: () => boolean) {
  let seen = revisionOf(await newestWithButtons(one.person, -1))
  for (;;) {
    // As quick as people are: faster, and answers would use up all that Telegram lets through.
    await wait(400 + random() * 800)
    await gate.pass()
    if (isOver()) return
    pressSomething(one, random)
    seen = revisionOf(await newestWithButtons(one.person, seen))
  }
}

function pressSomething(one: Answerer, random: () => number): void {
  const { person, position } = one
  const message = person.lastFromBot
  const [ratings = [], ...others] = message?.keyboard ?? []
  // The way on past an answered question stands above the way back.
  const [back] = others.find((row) => row.length > 1) ?? []
  if (message === undefined || ratings.length !== 5) throw new Error(`No question is before ${person.picture}`)
  const isBack = position > 0 && (position >= lastPosition || random() < 0.2)
  const value = Math.floor(random() * 5)
  const data = (isBack ? back : ratings[value])?.callback_data ?? ''
  const update = person.pressesData(message.id, data)
  if (random() < 0.1) person.pressesData(message.id, data)
  one.presses.push({ updateId: Number(update?.update_id), revision: revisionOf(message) })
  if (!isBack) one.answers.set(position, value + 1)
  one.position += isBack ? -1 : 1
}

function newestWithButtons(person: Person, after: number): Promise<ChatMessage> {
  return person.waitFor(({ lastFromBot: message }) => message && revisionOf(message) > after && message, 120_000)
}

/** The revision that the buttons of a message carry; -1 without any. */
export function revisionOf({ keyboard }: ChatMessage): number {
  const data = keyboard.flat().find((button) => button.callback_data !== undefined)?.callback_data
  const read = decodeCallback(data ?? '')
  return read?.type === 'screen' ? read.revision : -1
}
