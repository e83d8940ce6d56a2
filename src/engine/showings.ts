import type { Effect } from '../../flows/kit/effects.ts'
import type { Log } from '../log.ts'
import type { DialogueStore, LivingMessage, Presenter, Showing, World } from './ports.ts'

/** What a turn leaves to be done in the chat after its commit. */
export type ShowRequest = {
  /** Answers a press, before anything else is sent. */
  readonly answer: () => void
  readonly showing: Showing
  readonly sends: readonly Effect[]
  readonly world: World
}

export type Showings = {
  /** Settles when the screen is shown, or could not be; never rejects. */
  add(request: ShowRequest): Promise<void>
  /** Resolves when nothing is left to show. */
  idle(): Promise<void>
}

type Waiting = { readonly request: ShowRequest; superseded: boolean }
type Chat = { readonly tail: Promise<LivingMessage | undefined>; readonly newest: Waiting }
type Tools = { readonly presenter: Presenter; readonly store: DialogueStore; readonly log: Log }

/**
 * Shows screens in the order of their turns, apart from the turns themselves, so that a slow Telegram holds up no
 * commit. A screen that a newer one has overtaken is left out; what it was to send is still sent.
 */
export function createShowings(tools: Tools): Showings {
  const chats = new Map<number, Chat>()
  return {
    add(request) {
      const { chatId } = request.showing
      const before = chats.get(chatId)
      const newest: Waiting = { request, superseded: false }
      if (before !== undefined) before.newest.superseded = true
      const tail = takeTurn(before, newest, tools)
      chats.set(chatId, { tail, newest })
      return tail.then(() => {
        if (chats.get(chatId)?.tail === tail) chats.delete(chatId)
      })
    },
    async idle() {
      while (chats.size > 0) await Promise.all([...chats.values()].map(({ tail }) => tail))
    },
  }
}

/**
 * Answers, waits for the screen before, and shows; gives the message that is living afterwards. Never rejects.
 * It begins a moment later, so that whoever fetches updates asks for the next ones before Telegram is busy with these.
 */
async function takeTurn(before: Chat | undefined, waiting: Waiting, tools: Tools): Promise<LivingMessage | undefined> {
  const { request } = waiting
  await nextTurn()
  request.answer()
  const message = (await before?.tail) ?? request.showing.message
  // One that comes below what the person wrote is always sent: the newer one would else be edited above it.
  const isLeftOut = waiting.superseded && !request.showing.fresh
  const living = isLeftOut
    ? message
    : await present(waiting, message, tools).catch((error: unknown) => {
        tools.log.error({ error }, 'A screen could not be shown; it will be shown at the next turn or start')
        return message
      })
  // What was asked for is handed over even where the screen beside it could not be shown.
  for (const effect of request.sends) {
    await tools.presenter.send(effect, request.world).catch((error: unknown) => {
      tools.log.error({ error, effect: effect.name }, 'Something could not be handed over')
    })
  }
  return living
}

async function present({ request }: Waiting, message: LivingMessage | undefined, { presenter, store }: Tools) {
  const { message: _, ...showing } = request.showing
  const { chatId, revision } = showing
  const living = await presenter.show({ ...showing, ...(message === undefined ? {} : { message }) })
  const isNew = living !== undefined && living !== message
  await store.markShown(isNew ? { chatId, revision, message: living } : { chatId, revision })
  return living ?? message
}

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve))
