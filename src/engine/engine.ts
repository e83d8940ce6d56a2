import { newcomer, type Person } from '../../flows/common/person.ts'
import type { Flows } from '../../flows/kit/compile.ts'
import type { Screen } from '../../flows/kit/screen.ts'
import { viewOf } from '../../flows/kit/view.ts'
import { languageOf } from '../../flows/kit/words.ts'
import type { Clock } from '../base/clock.ts'
import { createKeyedLock } from '../base/keyed-lock.ts'
import type { Log } from '../base/log.ts'
import { nextRound } from '../base/sleep.ts'
import { createUnderWay, type UnderWay } from '../base/under-way.ts'
import { type InterpretTools, interpret, type Reaction } from './interpret.ts'
import {
  type Commit,
  type Damage,
  type Dialogue,
  type DialogueStore,
  type Engine,
  type Incoming,
  type Presenter,
  recentLimit,
  type TurnOutcome,
  type TurnReport,
} from './ports.ts'
import { createRecentScreens, type RecentScreens } from './recent-screens.ts'
import type { Replies } from './reply.ts'
import { createShowings, type Showings, type ShowRequest } from './showings.ts'
import { provenBy, standingOf } from './standing.ts'
import { StoreError } from './store-error.ts'
import { goHome, repair, type Turn, top } from './turn.ts'

/** How often a turn is tried again when another process was quicker. */
const tries = 5

export type EngineOptions = {
  readonly flows: Flows
  readonly replies: Replies
  readonly store: DialogueStore
  readonly presenter: Presenter
  readonly isDanger: InterpretTools['isDanger']
  readonly isWorry: InterpretTools['isWorry']
  readonly namedIn: InterpretTools['namedIn']
  readonly clock: Clock
  readonly newId: () => string
  readonly log: Log
  /** Hears of every committed turn (the playground's side panel, metrics). */
  readonly onTurn?: (report: TurnReport) => void
  /** Aborts when screens that still wait are to be left for the next start. */
  readonly ending?: AbortSignal
}

/** The turn: take → load → step → commit → answer → show. The only way a dialogue's state changes. */
export function createEngine(given: EngineOptions): Engine {
  const showings = createShowings(given)
  const answering = createUnderWay()
  const tools: EngineTools = { ...given, screens: createRecentScreens(), showings, answering }
  const lock = createKeyedLock()
  const take: Engine['take'] = (incoming) => lock.run(incoming.chatId, () => takeTurn(incoming, tools))
  return {
    take,
    async recover() {
      const chats = await given.store.unshown(1000)
      await Promise.all(chats.map((chatId) => showAgain(chatId, take, given)))
      return chats.length
    },
    async idle() {
      await lock.idle()
      await answering.settled()
      await showings.idle()
    },
    underWay: () => ({ turns: lock.count(), screens: showings.count() }),
  }
}

type EngineTools = EngineOptions & {
  readonly screens: RecentScreens
  readonly showings: Showings
  readonly answering: UnderWay
}

/** One chat whose row is damaged must not keep the program from starting. */
async function showAgain(chatId: number, take: Engine['take'], { log }: EngineOptions): Promise<void> {
  try {
    await take({ chatId, action: { type: 'show' } })
  } catch (error) {
    if (error instanceof StoreError) throw error
    log.error({ error }, 'What a crash left unshown cannot be shown')
  }
}

async function takeTurn(incoming: Incoming, tools: EngineTools): Promise<TurnOutcome> {
  for (let attempt = 1; ; attempt++) {
    const begun = await begin(incoming, tools)
    const committed = await commit(begun, await play(begun, tools), tools)
    if (committed !== undefined) {
      const { turn, screen } = committed.played
      tools.screens.keep(incoming.chatId, committed.dialogue.revision, screen)
      if (incoming.query !== undefined) tools.answering.add(answer(incoming.query, turn, tools))
      return { person: turn.person, shown: tools.showings.add(toShow(committed, incoming)) }
    }
    if (attempt === tries) throw new StoreError('locked', `The row of a chat changed ${tries} times during one turn`)
  }
}

/** What a turn starts from. */
type Begun = {
  readonly incoming: Incoming
  readonly action: Incoming['action']
  readonly dialogue: Dialogue | undefined
  readonly person: Person
  readonly isNew: boolean
  readonly damage: Damage | undefined
  readonly at: number
}

async function begin(incoming: Incoming, { store, clock }: EngineOptions): Promise<Begun> {
  const at = clock.now()
  const { dialogue: stored, person, damage } = await store.load(incoming.chatId)
  const dialogue = stored && provenBy(incoming, stored)
  const seen = incoming.updateId !== undefined && dialogue?.recent.includes(incoming.updateId) === true
  return {
    incoming,
    action: seen ? { type: 'show' } : incoming.action,
    dialogue,
    person: readerOf(person, damage, incoming.languageCode),
    isNew: person === undefined,
    damage,
    at,
  }
}

function readerOf(person: Person | undefined, damage: Damage | undefined, code: string | undefined): Person {
  if (person === undefined) return newcomer(languageOf(code))
  return damage?.language === true ? { ...person, language: languageOf(code) } : person
}

type Played = {
  readonly turn: Turn
  readonly screen: Screen
  readonly reaction: Reaction
  readonly unchanged: boolean
  readonly isRegret: boolean
}

/** What stands in the store, written by this turn or, where nothing has changed, before it. */
type Committed = { readonly dialogue: Dialogue; readonly played: Played; readonly isWritten: boolean }

/** Commits what has changed; undefined when the row had moved on. Facts the store refuses become a word of regret. */
async function commit(begun: Begun, played: Played, options: EngineTools): Promise<Committed | undefined> {
  if (begun.dialogue !== undefined && needsNoCommit(played, options)) {
    return { dialogue: begun.dialogue, played, isWritten: false }
  }
  const next = toCommit(played.turn, begun)
  try {
    if (!(await options.store.commit(next))) return undefined
  } catch (error) {
    if (error instanceof StoreError || played.isRegret) throw error
    logFailure(error, begun, options)
    return commit(begun, await regret(begun, options), options)
  }
  report(next, played.turn, begun, options)
  return { dialogue: next.dialogue, played, isWritten: true }
}

/** Beside other processes a new message is a turn of its own: the commit puts it in order with what they show. */
function needsNoCommit({ unchanged, reaction }: Played, { store }: EngineOptions): boolean {
  return unchanged && !(reaction.fresh && store.whenShown !== undefined)
}

/** Runs the dialogue in memory. A flow that fails leaves everything as it was, with a word of regret. */
async function play(begun: Begun, options: EngineTools): Promise<Played> {
  const { action, dialogue } = begun
  const turn = beginTurn(begun, options)
  try {
    const usable = await repair(turn, options)
    const before = turn.stack.at(-1)
    // A press on a screen that had to be put away cannot mean anything any more.
    const meant = !usable && action.type === 'press' ? ({ type: 'show' } as const) : action
    const reaction = isOfEarlierLife(begun) ? { fresh: true } : await interpret(turn, meant, dialogue, options)
    const untouched = usable && turn.stack.at(-1) === before && turn.effects.length === 0
    const unchanged = untouched && !turn.personChanged && begun.damage === undefined
    return {
      turn,
      screen: screenOf(turn, options),
      reaction: withSay(turn, reaction, action),
      unchanged,
      isRegret: false,
    }
  } catch (error) {
    if (error instanceof StoreError) throw error
    logFailure(error, begun, options)
    return regret(begun, options)
  }
}

/** A button from before the person was forgotten, perhaps the one to begin again: what it stands on is read, not written over. */
function isOfEarlierLife({ action, dialogue, damage }: Begun): boolean {
  return action.type === 'press' && dialogue === undefined && damage === undefined
}

async function regret(begun: Begun, options: EngineOptions): Promise<Played> {
  const turn = beginTurn(begun, options)
  turn.say = { key: 'common:trouble' }
  const usable = await repair(turn, options).catch(() => false)
  if (!usable || !canBeSeen(turn, options)) await goHome(turn, options)
  const reaction = { fresh: false, remark: { key: 'common:trouble' } }
  return { turn, screen: screenOf(turn, options), reaction, unchanged: false, isRegret: true }
}

function logFailure(error: unknown, { action, dialogue }: Begun, { log }: EngineOptions): void {
  const flow = dialogue?.stack.at(-1)?.flow
  log.error({ error, flow, action: action.type }, 'A turn failed; nothing of it was kept')
}

function screenOf(turn: Turn, options: EngineOptions): Screen {
  const { flow, frame } = top(turn, options)
  return viewOf(flow, frame, turn.person)
}

function canBeSeen(turn: Turn, options: EngineOptions): boolean {
  try {
    screenOf(turn, options)
    return true
  } catch {
    return false
  }
}

function beginTurn({ incoming, dialogue, person, damage }: Begun, { clock, newId }: EngineOptions): Turn {
  return {
    chatId: incoming.chatId,
    stamp: { turn: { at: clock.now(), id: newId() } },
    person,
    personChanged: false,
    stack: [...(dialogue?.stack ?? [])],
    steps: 0,
    facts: [],
    effects: [],
    sends: [],
    archived: [...(damage?.archived ?? [])],
  }
}

/** What is said to a press that leaves the screen in its place is the callback's answer; else it stands above the screen. */
function withSay(turn: Turn, reaction: Reaction, action: Incoming['action']): Reaction {
  const isAnswer = action.type === 'press' || action.type === 'word' || (action.type === 'open' && !reaction.fresh)
  if (turn.say === undefined || isAnswer || reaction.remark !== undefined) return reaction
  return { ...reaction, remark: turn.say }
}

function toCommit(turn: Turn, begun: Begun): Commit {
  const { incoming, dialogue, isNew, damage, at } = begun
  const message = isOfEarlierLife(begun) ? incoming.pressedOn : dialogue?.message
  const recent = [...(dialogue?.recent ?? []), ...(incoming.updateId === undefined ? [] : [incoming.updateId])]
  const row: Dialogue = {
    chatId: incoming.chatId,
    revision: (dialogue?.revision ?? 0) + 1,
    stack: turn.stack,
    recent: recent.slice(-recentLimit),
    shown: dialogue?.shown ?? 0,
    ...(message === undefined ? {} : { message }),
  }
  const { facts, archived, person } = turn
  // What was lost is written over when the person is there to be asked anew, not when a job shows a screen again.
  const isMended = damage !== undefined && incoming.updateId !== undefined
  return {
    dialogue: row,
    facts,
    archived,
    at,
    ...(turn.personChanged || isNew || isMended ? { person } : {}),
  }
}

/** Put off by a round, as the screen is, and given before it. */
async function answer(query: string, { say, person }: Turn, { presenter }: EngineOptions): Promise<void> {
  await nextRound()
  await presenter.answer(query, say, person)
}

function toShow({ dialogue, played, isWritten }: Committed, incoming: Incoming): ShowRequest {
  const { chatId, revision } = dialogue
  const { turn, screen, reaction } = played
  const { pressedOn, action } = incoming
  const comesDown = reaction.passing === true && isOutOfSight(incoming, dialogue)
  const showing = {
    chatId,
    revision,
    screen,
    person: turn.person,
    fresh: reaction.fresh || comesDown,
    ...(comesDown && { comesDown }),
    ...(reaction.remark === undefined ? {} : { remark: reaction.remark }),
    // A revision not reached yet is of a life before the person was forgotten.
    ...(pressedOn !== undefined && action.type === 'press' && action.revision <= revision ? { pressedOn } : {}),
  }
  return {
    showing,
    standing: standingOf(dialogue),
    after: screenBefore(dialogue, isWritten, incoming),
    urgent: reaction.urgent === true,
    sends: turn.sends,
    world: { chatId, person: turn.person, now: turn.stamp.turn.at },
  }
}

/** The revision whose screen must stand first, where another process may show it. What a start shows waits for none. */
function screenBefore({ revision, shown }: Dialogue, isWritten: boolean, { updateId }: Incoming): number | undefined {
  if (updateId === undefined) return undefined
  if (!isWritten) return revision
  return revision - 1 > shown ? revision - 1 : undefined
}

function report(next: Commit, turn: Turn, { incoming, at }: Begun, { onTurn, clock }: EngineOptions): void {
  onTurn?.({
    chatId: incoming.chatId,
    updateId: incoming.updateId ?? null,
    revision: next.dialogue.revision,
    stack: turn.stack,
    effects: turn.effects,
    language: turn.person.language,
    milliseconds: clock.now() - at,
  })
}

/** A notice has come below the screen since it was shown there. */
function isOutOfSight({ pressedNotice }: Incoming, { message }: Dialogue): boolean {
  return pressedNotice !== undefined && message !== undefined && message.id < pressedNotice
}
