import type { Person } from '../../flows/common/person.ts'
import type { Effect } from '../../flows/kit/effects.ts'
import type { Content } from '../../flows/kit/events.ts'
import type { Frame } from '../../flows/kit/flow.ts'
import type { Paragraph, Screen } from '../../flows/kit/screen.ts'
import type { Message } from '../../flows/kit/words.ts'

/** What a person did, as the engine hears it; the engine knows nothing of Telegram. */
export type Incoming = {
  readonly chatId: number
  /** Absent for what the program itself starts (a job). */
  readonly updateId?: number
  /** What waits for an answer to a press, in the presenter's own terms. */
  readonly query?: string
  /** The client's language, used for the first greeting only. */
  readonly languageCode?: string
  /** The message a press was made on: proof of where the screen stands, even before the process that sent it has told. */
  readonly pressedOn?: LivingMessage
  /** The id of the notice's message a press was made on: a screen that stands above it is out of sight. */
  readonly pressedNotice?: number
  readonly action:
    | { readonly type: 'press'; readonly revision: number; readonly index: number; readonly check: string }
    /** A press on something that is not a living message: a notice of the dispatcher, opening a flow. */
    | { readonly type: 'open'; readonly flow: string; readonly input?: unknown }
    | { readonly type: 'text'; readonly text: string }
    | { readonly type: 'command'; readonly name: string; readonly argument: string }
    /** A photo, a document, a contact or a place, for a flow that listens to it; `what` names it to whom none does. */
    | { readonly type: 'content'; readonly event: Content; readonly what: OtherContent }
    /** Anything a dialogue cannot use: a sticker, a voice message, a press nobody can read. */
    | {
        readonly type: 'other'
        readonly what: OtherContent
        /** Words that came with it (a caption), which nothing but the look-out for danger reads. */
        readonly text?: string
      }
    /** A press that changes nothing is answered with a word. */
    | { readonly type: 'word'; readonly say: Message }
    /** Nothing new: show the current screen again. */
    | { readonly type: 'show' }
}

export const otherContents = [
  'sticker',
  'voice',
  'picture',
  'file',
  'place',
  'contact',
  'forward',
  'edited',
  'stale',
  'other',
] as const
export type OtherContent = (typeof otherContents)[number]

/** The message in the chat that carries the current screen and is edited in place. */
export type LivingMessage = {
  readonly id: number
  readonly kind: 'text' | 'picture'
  /** The name of what stays in the chat when another screen follows. */
  readonly keepsake?: string
}

/** Of a picture that only a press has told of: perhaps a keepsake, so it is left where it is. */
export const unknownKeepsake = '?'

/** Where a chat's screen stands, and the revision it is known to show there. */
export type Standing = { readonly revision: number; readonly message: LivingMessage }

/** A chat's row: where its dialogue stands. */
export type Dialogue = {
  readonly chatId: number
  /** Raised by one with every turn; 0 for a chat never seen. */
  readonly revision: number
  /** Open flows, the lowest first. */
  readonly stack: readonly Frame[]
  /** The newest update ids taken, oldest first, at most `recentLimit`. */
  readonly recent: readonly number[]
  /** The newest revision whose screen reached the chat. */
  readonly shown: number
  readonly message?: LivingMessage
}

export const recentLimit = 16

/** A stack larger than this (as JSON, in characters) is refused by the store: a dialogue that only grows is a mistake in a flow. */
export const stackLimit = 64 * 1024

export type Loaded = {
  readonly dialogue: Dialogue | undefined
  readonly person: Person | undefined
  /** Present when part of the rows could not be read; the rest stands above. */
  readonly damage?: Damage
}

/** What of a chat's rows could not be read. The next turn writes them anew and keeps what stood there. */
export type Damage = {
  readonly archived: readonly ArchivedFrame[]
  /** The person's language is a guess. */
  readonly language: boolean
}

/** Something to record together with the turn: `name` finds its writer in the store. */
export type Fact = { readonly name: string; readonly data: unknown }

/** A frame that could not be read any more, kept for whoever looks into it. */
export type ArchivedFrame = { readonly frame: unknown; readonly reason: string }

/** All that a turn writes, in one transaction. `dialogue.revision` is one above the revision that was loaded. */
export type Commit = {
  readonly dialogue: Dialogue
  /** Present when the turn changed the person (or met them first). */
  readonly person?: Person
  readonly facts: readonly Fact[]
  readonly archived: readonly ArchivedFrame[]
  /** Epoch milliseconds of the turn. */
  readonly at: number
}

/** With a message when it is a new one; without, the living message, if any, stays what it was. */
export type Shown = { readonly chatId: number; readonly revision: number; readonly message?: LivingMessage }

/** Where dialogues are kept. Errors of the medium are thrown as `StoreError` and leave nothing half-written. */
export type DialogueStore = {
  load(chatId: number): Promise<Loaded>
  /** True when written; false when the row's revision, or what its facts stand on, had moved on (load again, step again). */
  commit(commit: Commit): Promise<boolean>
  /**
   * Known to `load` at once, written with the next turn or a little later; a new message is written first. Resolves
   * with what was on record before it, where another process may have put it there.
   */
  markShown(shown: Shown): Promise<Standing | undefined>
  /**
   * Only where other processes may serve the same chats: the dialogue when one of them has shown the revision, or
   * after two seconds in which none has.
   */
  whenShown?(chatId: number, revision: number): Promise<Dialogue | undefined>
  /** Chats whose newest screen was never shown, oldest first; with `before` (epoch ms) those of turns before it. */
  unshown(limit: number, before?: number): Promise<readonly number[]>
}

/** What a look-up may know of the turn. */
export type World = { readonly chatId: number; readonly person: Person; readonly now: number }

/** What stands in the chat after a turn. */
export type Showing = {
  readonly chatId: number
  readonly revision: number
  readonly screen: Screen
  readonly person: Person
  /** A line above the screen that stays with it: why it is shown again, what has happened. */
  readonly remark?: Paragraph
  readonly message?: LivingMessage
  /** The message that was pressed: it stands in the chat, which nobody knows of others. */
  readonly pressedOn?: LivingMessage
  /** Send a new message below instead of editing (the person wrote in between). */
  readonly fresh: boolean
  /** The screen of before comes down to where people look: it must not stand twice. */
  readonly comesDown?: boolean
}

/** Puts screens, documents and answers to presses before a person. */
export type Presenter = {
  /** Ends the waiting for an answer to a press, with words if there are any. Too late is no harm. Never rejects. */
  answer(query: string, say: Message | undefined, person: Person): Promise<void>
  /** Undefined when the chat cannot be reached. */
  show(showing: Showing): Promise<LivingMessage | undefined>
  /** Performs a `send` effect after the commit. */
  send(effect: Effect, world: World): Promise<void>
  /** Takes a message out of use: without its buttons, or altogether. Never rejects. */
  retire(chatId: number, message: LivingMessage, how: 'bare' | 'deleted'): Promise<void>
}

/** What came of an update. */
export type TurnOutcome = {
  readonly person: Person
  /** Settles when the screen has been shown (or could not be); never rejects. */
  readonly shown: Promise<void>
}

export type TurnReport = {
  readonly chatId: number
  readonly updateId: number | null
  readonly revision: number
  readonly stack: readonly Frame[]
  readonly effects: readonly Effect[]
  /** In which the bot speaks to the person now. */
  readonly language: string
  readonly milliseconds: number
}

export type Engine = {
  /** Runs one turn. Resolves after the commit; rejects with StoreError only, when nothing was written. */
  take(incoming: Incoming): Promise<TurnOutcome>
  /** Shows what a crash left unshown. */
  recover(): Promise<number>
  /** Resolves when no turn is under way, not even its showing. */
  idle(): Promise<void>
  /** Chats with a turn that is not committed, and with a screen that is not shown. */
  underWay(): { readonly turns: number; readonly screens: number }
}
