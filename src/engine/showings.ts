import type { Effect } from '../../flows/kit/effects.ts'
import { createBounded } from '../base/bounded.ts'
import type { Clock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import { nextRound } from '../base/sleep.ts'
import { createUnderWay } from '../base/under-way.ts'
import type { Dialogue, DialogueStore, LivingMessage, Presenter, Showing, Standing, World } from './ports.ts'
import { later, standingOf } from './standing.ts'

/** What a turn leaves to be done in the chat after its commit. */
export type ShowRequest = {
  readonly showing: Omit<Showing, 'message'>
  /** Where the screen stands as far as the row tells. */
  readonly standing: Standing | undefined
  /** The revision whose screen must stand before, as far as another process may show it; its own when it is repeated. */
  readonly after?: number | undefined
  /** Must be seen whatever comes after it: help for somebody in danger. */
  readonly urgent: boolean
  readonly sends: readonly Effect[]
  readonly world: World
}

export type Showings = {
  /** Settles when the screen (or a newer one) is shown, or could not be; never rejects. */
  add(request: ShowRequest): Promise<void>
  /** Resolves when nothing is left to show. */
  idle(): Promise<void>
  /** Chats in which something waits to be shown. */
  count(): number
}

export type ShowingTools = {
  readonly presenter: Presenter
  readonly store: Pick<DialogueStore, 'markShown' | 'whenShown'>
  readonly clock: Clock
  readonly log: Log
  /** Aborts when what still waits is to be left for the next start. */
  readonly ending?: AbortSignal
}

/** Chats whose message is remembered, and for how long, in ms: longer than any turn or mark is under way. */
const remembered = { chats: 10_000, time: 10 * 60_000 }

type Waiting = ShowRequest & {
  readonly settle: () => void
  /** The newest it has overtaken of those before `after`. */
  readonly overtook?: number | undefined
}
type Left = Standing & { readonly at: number }

/**
 * Shows screens in the order of their turns, apart from the turns themselves, so that a slow Telegram holds up no
 * commit. A screen that a newer one has overtaken is left out, so that never more than three wait for a chat however
 * much its person writes; what it was to send is sent with the newer one.
 *
 * Which message each chat was left with is remembered here: a row that was read while a screen was on its way, or its
 * mark being written, names the one before.
 */
export function createShowings(tools: ShowingTools): Showings {
  const chats = new Map<number, Waiting[]>()
  const underWay = createUnderWay()
  const left = createBounded<number, Left>(remembered.chats)
  const mine = createBounded<number, number>(remembered.chats)

  const showInTurn = async (chatId: number, queue: Waiting[]) => {
    await nextRound() // whoever fetches updates asks for the next ones before Telegram is busy with these
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      if (tools.ending?.aborted !== true) await showAndSend(next, left, tools)
      next.settle()
    }
    chats.delete(chatId)
  }
  const begin = (chatId: number, queue: Waiting[]) => {
    chats.set(chatId, queue)
    underWay.add(showInTurn(chatId, queue))
  }
  return {
    add(given) {
      const { chatId, revision } = given.showing
      // What this process shows before is in the queue already.
      const isQueued = !isRepeated(given) && mine.get(chatId) === given.after
      const request = { ...given, after: isQueued ? undefined : given.after }
      if (!isRepeated(given)) mine.set(chatId, revision)
      return new Promise((settle) => {
        const queue = chats.get(chatId)
        if (queue === undefined) begin(chatId, [{ ...request, settle }])
        else put(queue, { ...request, settle })
      })
    },
    idle: underWay.settled,
    count: () => chats.size,
  }
}

/** Puts a screen behind those that wait, in place of those it overtakes. */
function put(queue: Waiting[], next: Waiting): void {
  const overtaken = queue.filter((one) => isOvertaken(one, next))
  const kept = queue.filter((one) => !overtaken.includes(one))
  queue.splice(0, queue.length, ...kept, overtaken.length === 0 ? next : inPlaceOf(overtaken, next))
}

/** The newer screen with all that the older ones were to bring about. */
function inPlaceOf(overtaken: readonly Waiting[], next: Waiting): Waiting {
  const all = [...overtaken, next]
  const { revision } = next.showing
  const isRepeat = all.every((one) => one.showing.revision !== revision || isRepeated(one))
  const mine = overtaken.flatMap((one) => (isRepeated(one) ? one.overtook : one.showing.revision) ?? [])
  const others = all.flatMap(({ after: one = revision }) => (one < revision && !mine.includes(one) ? one : []))
  const after = isRepeat ? revision : largest(others)
  return {
    ...next,
    after,
    overtook: largest(mine.filter((one) => one < (after ?? 0))),
    sends: onceEach(all),
    settle: () => {
      for (const one of all) one.settle()
    },
  }
}

function largest(numbers: readonly number[]): number | undefined {
  return numbers.length === 0 ? undefined : Math.max(...numbers)
}

/** Whether it only shows once more what another turn, perhaps of another process, has committed. */
function isRepeated({ showing, after }: Pick<Waiting, 'showing' | 'after'>): boolean {
  return after === showing.revision
}

/** One that comes below what the person wrote is overtaken only by another such: it would else be edited above that. */
function isOvertaken(one: Waiting, by: Waiting): boolean {
  if (one.urgent && !by.urgent) return false
  return by.showing.fresh || !one.showing.fresh
}

/** The same document asked for ten times at once is sent once. */
function onceEach(waiting: readonly Waiting[]): readonly Effect[] {
  const sends = waiting.flatMap((one) => one.sends)
  return [...new Map(sends.map((effect) => [JSON.stringify([effect.name, effect.data]), effect])).values()]
}

type Memory = ReturnType<typeof createBounded<number, Left>>

/** Never rejects. Nothing is made or sent for a chat that has just turned out to be unreachable. */
async function showAndSend(waiting: Waiting, left: Memory, tools: ShowingTools): Promise<void> {
  const isReached = await show(waiting, left, tools).catch((error: unknown) => {
    tools.log.error({ error }, 'A screen could not be shown; it will be shown at the next turn or start')
    return true // what was asked for is handed over even where the screen beside it could not be shown
  })
  for (const effect of isReached ? waiting.sends : []) {
    await tools.presenter.send(effect, waiting.world).catch((error: unknown) => {
      tools.log.error({ error, effect: effect.name }, 'Something could not be handed over')
    })
  }
}

/** Whether the chat could be reached. */
async function show(waiting: Waiting, left: Memory, { presenter, store, clock }: ShowingTools): Promise<boolean> {
  const { showing, after, overtook } = waiting
  const { chatId, revision } = showing
  // Another process may wait for what will never be shown.
  if (after !== undefined && overtook !== undefined) await store.markShown({ chatId, revision: overtook })
  const told = after === undefined ? undefined : await store.whenShown?.(chatId, after)
  if (told !== undefined && isShown(waiting, told)) return true
  const standing = later(waiting.standing, told && standingOf(told))
  const known = later(standing, recall(left.get(chatId), revision, clock.now()))
  const previous = lowest(known?.message, showing.pressedOn)
  const message = await presenter.show(previous === undefined ? showing : { ...showing, message: previous })
  if (message !== undefined) left.set(chatId, { revision, message, at: clock.now() })
  if (known !== undefined && known.message !== previous) await presenter.retire(chatId, known.message, 'bare')
  const isOnRecord = message === undefined || message.id === standing?.message.id
  const before = await store.markShown(isOnRecord ? { chatId, revision } : { chatId, revision, message })
  if (before !== undefined && message !== undefined)
    await clear(chatId, { revision, message }, known, before, presenter)
  return message !== undefined
}

/** A press proves a message: one below the message that is known was sent by another process, and is where people look. */
function lowest(known: LivingMessage | undefined, pressedOn: LivingMessage | undefined): LivingMessage | undefined {
  return known !== undefined && (pressedOn?.id ?? 0) > known.id ? pressedOn : known
}

/** Whether a screen that is only repeated is one that another process has shown where it was pressed, or goes beyond. */
function isShown(waiting: Waiting, told: Dialogue): boolean {
  const { fresh, revision, pressedOn } = waiting.showing
  if (fresh || !isRepeated(waiting)) return false
  return told.revision > revision || (told.shown >= revision && told.message?.id === pressedOn?.id)
}

/** Two processes may send a chat a new message at the same moment, neither knowing the other's: one goes. */
async function clear(
  chatId: number,
  mine: Standing,
  retired: Standing | undefined,
  before: Standing,
  presenter: Presenter,
): Promise<void> {
  if (before.message.id === mine.message.id || later(retired, before) === retired) return
  if (later(mine, before) === mine) await presenter.retire(chatId, before.message, 'bare')
  else await presenter.retire(chatId, mine.message, 'deleted')
}

/** What is remembered of a later revision is of a life before the person was forgotten. */
function recall(left: Left | undefined, revision: number, now: number): Standing | undefined {
  return left !== undefined && left.revision <= revision && now - left.at < remembered.time ? left : undefined
}
