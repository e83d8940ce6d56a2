import Database from 'better-sqlite3'
import { z } from 'zod'
import { newcomer } from '../../flows/common/person.ts'
import { createFlows } from '../../flows/index.ts'
import { viewOf } from '../../flows/kit/view.ts'
import { SurveyContext } from '../../flows/survey/context.ts'
import { openSurvey } from '../../flows/survey/contract.ts'
import { readInstruments } from '../../src/capabilities/survey/instruments.ts'
import { root } from '../../src/config.ts'
import type { Dialogue } from '../../src/engine/ports.ts'
import { createWords } from '../../src/i18n/words.ts'
import type { BotApi } from '../../src/playground/bot-api/create-bot-api.ts'
import type { Store } from '../../src/store/open.ts'
import { renderScreen } from '../../src/telegram/render.ts'
import { ask } from '../support/ask.ts'
import { type Answerer, revisionOf } from './people.ts'

/** Presses that Telegram thinks received (their id is below the offset) and the database does not know. */
export function confirmedButMissing(url: string, answerers: readonly Answerer[], offset: number): string[] {
  const database = new Database(url.slice('file:'.length), { readonly: true })
  const revision = database.prepare<[number], number>('SELECT "revision" FROM "Dialogue" WHERE "chatId" = ?').pluck()
  try {
    return answerers.flatMap(({ person, presses }) => {
      const last = presses.findLast((press) => press.updateId < offset)
      const stored = revision.get(person.id) ?? 0
      return last === undefined || stored > last.revision
        ? []
        : [`chat ${person.id}: press ${last.updateId} was confirmed, but revision ${stored} is still the one before it`]
    })
  } finally {
    database.close()
  }
}

/** After a graceful stop: what was taken but not confirmed, and what was committed but not noted as shown. */
export function halfDone(url: string, answerers: readonly Answerer[], offset: number): string[] {
  const database = new Database(url.slice('file:'.length), { readonly: true })
  const row = database.prepare<[number], { revision: number; shown: number }>(
    'SELECT "revision", "shown" FROM "Dialogue" WHERE "chatId" = ?',
  )
  try {
    return answerers.flatMap(({ person, presses }) => {
      const { revision = 0, shown = 0 } = row.get(person.id) ?? {}
      const taken = presses.filter((press) => press.revision < revision).at(-1)
      return [
        ...(shown === revision ? [] : [`chat ${person.id}: revision ${revision} was left with ${shown} shown`]),
        ...(taken === undefined || taken.updateId < offset
          ? []
          : [`chat ${person.id}: press ${taken.updateId} is committed and was not confirmed`]),
      ]
    })
  } finally {
    database.close()
  }
}

/** What of the database and the chats differs from what the people pressed. */
export async function problemsAtTheEnd(api: BotApi, store: Store, answerers: readonly Answerer[]): Promise<string[]> {
  const screenOf = await renderer()
  const lists = await Promise.all(
    answerers.map(async (one) => {
      const { dialogue } = await store.dialogues.load(one.person.id)
      if (dialogue === undefined) return ['has no dialogue']
      const answers = [...wrongAnswers(one, dialogue), ...(await wrongAttempts(store, one))]
      return [...answers, ...wrongScreen(api, one, dialogue, await screenOf(store, one, dialogue))].map(
        (problem) => `chat ${one.person.id}: ${problem}`,
      )
    }),
  )
  return lists.flat()
}

function wrongAnswers(one: Answerer, dialogue: Dialogue): string[] {
  const [first, last] = [one.presses[0], one.presses.at(-1)]
  if (first === undefined || last === undefined) return []
  const context = SurveyContext.parse(dialogue.stack.at(-1)?.context)
  const stored = { given: context.answers, position: context.position }
  const pressed = { given: givenAnswers(one), position: one.position }
  const expected = first.revision + one.presses.length
  return [
    ...(dialogue.revision === expected ? [] : [`revision ${dialogue.revision} after presses that make ${expected}`]),
    ...differences('the dialogue', pressed, stored),
  ]
}

const Attempt = z.object({ answers: z.record(z.string(), z.int()) })

async function wrongAttempts(store: Store, one: Answerer): Promise<string[]> {
  const world = { chatId: one.person.id, person: newcomer('kk'), now: 0 }
  const open = Attempt.parse(await ask(openSurvey, { instrument: 'riasec' }, world, store))
  const count = await store.prisma.surveyAttempt.count({ where: { chatId: BigInt(one.person.id) } })
  return [
    ...(count === 1 ? [] : [`${count} attempts instead of one`]),
    ...differences('the attempt', givenAnswers(one), open.answers),
  ]
}

function wrongScreen(api: BotApi, one: Answerer, dialogue: Dialogue, expected: { html: string; keyboard: string }) {
  const messages = [...(api.chats.get(one.person.id)?.messages.values() ?? [])]
  const alive = messages.filter((message) => message.by === 'bot' && message.keyboard.length > 0)
  const [living] = alive
  if (living === undefined || alive.length > 1) return [`${alive.length} messages with buttons instead of one`]
  return [
    ...(dialogue.shown === dialogue.revision ? [] : [`revision ${dialogue.revision}, shown ${dialogue.shown}`]),
    ...(living.id === dialogue.message?.id ? [] : ['the living message is another one than stored']),
    ...(revisionOf(living) === dialogue.revision ? [] : [`its buttons carry revision ${revisionOf(living)}`]),
    ...(living.html === expected.html ? [] : [`shows "${living.html}" instead of "${expected.html}"`]),
    ...differences('the keyboard', expected.keyboard, JSON.stringify(living.keyboard)),
  ]
}

/** The stored state rendered once more, by the same pure functions as in the bot. */
async function renderer() {
  const instruments = await readInstruments(new URL('flows/survey/instruments/', root))
  const flows = new Map(createFlows({ instruments }).map((flow) => [flow.id, flow]))
  const words = await createWords(new URL('locales/', root))
  return async (store: Store, one: Answerer, { stack, revision, chatId }: Dialogue) => {
    const frame = stack.at(-1)
    const flow = frame && flows.get(frame.flow)
    const { person } = await store.dialogues.load(chatId)
    if (frame === undefined || flow === undefined || person === undefined)
      throw new Error(`Chat ${one.person.id} has nothing to show`)
    const { html, keyboard } = renderScreen({ screen: viewOf(flow, frame, person), revision }, words, 'kk')
    return { html, keyboard: JSON.stringify(keyboard) }
  }
}

function givenAnswers(one: Answerer): Record<string, number> {
  return Object.fromEntries([...one.answers].map(([place, value]) => [one.items[place] ?? '', value]))
}

function differences(what: string, expected: unknown, found: unknown): string[] {
  const [one, other] = [sorted(expected), sorted(found)]
  return one === other ? [] : [`${what} holds ${other} instead of ${one}`]
}

/** JSON with the keys of every object in order. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}
