import type { EventObject } from 'xstate'
import { hasConsent, isMentor, refusalLasts } from '../../flows/common/person.ts'
import { mayUse } from '../../flows/kit/access.ts'
import type { Content, Offer, WroteOfDanger } from '../../flows/kit/events.ts'
import { buttonsOf, type Paragraph, type Screen } from '../../flows/kit/screen.ts'
import { viewOf } from '../../flows/kit/view.ts'
import { checkOf } from './check.ts'
import { speaksOf } from './danger.ts'
import type { Dialogue, Incoming, OtherContent } from './ports.ts'
import type { RecentScreens } from './recent-screens.ts'
import { give, goHome, hears, openFlow, type Turn, type TurnTools, top } from './turn.ts'

export type InterpretTools = TurnTools & {
  /** Whether a text speaks of despair or danger, in any language. */
  readonly isDanger: (text: string) => boolean
  /** Whether it speaks of sadness, fear or loss, or may speak of danger. */
  readonly isWorry: (text: string) => boolean
  /** The event of the button of a screen that a text names. */
  readonly namedIn: (screen: Screen, text: string) => EventObject | undefined
  /** Screens made lately. */
  readonly screens: RecentScreens
}

/** How the newest screen is to be shown: edited in place or anew, perhaps with a line above it. */
export type Reaction = {
  readonly fresh: boolean
  readonly remark?: Paragraph
  /** Something was done beside the dialogue, and a word has been said of it. */
  readonly passing?: boolean
  /** Must be seen whatever comes after it. */
  readonly urgent?: boolean
}

const inPlace: Reaction = { fresh: false }
const passing: Reaction = { fresh: false, passing: true }
const below: Reaction = { fresh: true }

/** Does what the person did; words of danger come before all else, a warm line beside it. The stack has been repaired before. */
export async function interpret(
  turn: Turn,
  action: Incoming['action'],
  dialogue: Dialogue | undefined,
  tools: InterpretTools,
): Promise<Reaction> {
  if (speaksOf(action, tools.isDanger)) return inDanger(turn, action, tools)
  const worry = speaksOf(action, tools.isWorry)
  const reaction = await answer(turn, action, dialogue, worry, tools)
  return worry ? warmed(reaction, turn) : reaction
}

/** Whom to turn to stands first, and before it anything else that is to be said. */
function warmed(reaction: Reaction, { say }: Turn): Reaction {
  const said = reaction.remark ?? say
  const lines = said === undefined ? [] : 'key' in said ? [said] : said
  return { ...reaction, remark: [{ key: 'help:warm' }, ...lines] }
}

async function answer(
  turn: Turn,
  action: Incoming['action'],
  dialogue: Dialogue | undefined,
  worry: boolean,
  tools: InterpretTools,
): Promise<Reaction> {
  switch (action.type) {
    case 'press':
      return press(turn, action, dialogue, tools)
    case 'text':
      return text(turn, action.text, worry, tools)
    case 'command':
      return command(turn, action.name, action.argument, tools)
    case 'open':
      return (await openFlow(turn, action.flow, action.input, tools)) === 'passed' ? passing : below
    case 'content':
      return content(turn, action, tools)
    case 'other':
      return action.what === 'forward' ? forwarded(turn, action.text, tools) : remarkOn(action.what)
    case 'word':
      turn.say = action.say
      return inPlace
    case 'show':
      return inPlace
  }
}

/**
 * What somebody writes to a person is kept for them, and they see whom to turn to all the same; only whoever answers
 * others stays where they are.
 */
async function inDanger(turn: Turn, action: Incoming['action'], tools: InterpretTools): Promise<Reaction> {
  const event = writtenIn(action)
  if (event === undefined || !hears(turn, event, tools)) return offerHelp(turn, tools)
  await give(turn, event, tools)
  return isMentor(turn.person) ? below : offerHelp(turn, tools, true)
}

function writtenIn(action: Incoming['action']): Offer<WroteOfDanger> | undefined {
  if (action.type === 'text') return { type: 'DANGER', text: action.text, sent: null }
  if (action.type !== 'content') return undefined
  const { event } = action
  return { type: 'DANGER', text: ('caption' in event ? event.caption : null) ?? '', sent: event }
}

/**
 * Help on top of everything. The way back leads to where the person was even if help stood open further down, but never
 * to what was found for words written just before, which were of the same kind.
 */
async function offerHelp(turn: Turn, tools: InterpretTools, kept = false): Promise<Reaction> {
  turn.stack = turn.stack.filter(({ flow }) => flow !== 'help' && flow !== 'search')
  await openFlow(turn, 'help', kept ? { danger: true, kept } : { danger: true }, tools)
  return { ...below, urgent: true }
}

async function press(
  turn: Turn,
  action: { revision: number; index: number; check: string },
  dialogue: Dialogue | undefined,
  tools: InterpretTools,
): Promise<Reaction> {
  const isNewest = dialogue?.revision === action.revision
  const event = isNewest ? pressed(turn, action, tools) : undefined
  if (event === undefined) {
    turn.say = { key: 'common:stale' }
    return inPlace
  }
  await give(turn, event, tools)
  return inPlace
}

/** The event of the button at that place of the current screen, if it is still the button that was pressed. */
function pressed(
  turn: Turn,
  action: { revision: number; index: number; check: string },
  tools: InterpretTools,
): EventObject | undefined {
  const { flow, frame } = top(turn, tools)
  const screen = tools.screens.find(turn.chatId, action.revision) ?? viewOf(flow, frame, turn.person)
  const button = buttonsOf(screen)[action.index]
  if (button === undefined || !('event' in button)) return undefined
  return checkOf(button.event) === action.check ? button.event : undefined
}

async function text(turn: Turn, written: string, worry: boolean, tools: InterpretTools): Promise<Reaction> {
  const named = namedIn(turn, written, worry, tools)
  const event = { type: 'TEXT', text: written, worry }
  if (named !== undefined) await give(turn, named, tools)
  else if (hears(turn, event, tools)) await give(turn, event, tools)
  else await openFlow(turn, 'search', { text: written, worry }, tools)
  return below
}

/** A button that is written instead of pressed. What deletes is pressed by nobody who is sad. */
function namedIn(turn: Turn, written: string, worry: boolean, tools: InterpretTools): EventObject | undefined {
  const { flow, frame } = top(turn, tools)
  const screen = viewOf(flow, frame, turn.person)
  const rows = screen.rows.map((row) => row.filter((one) => !worry || !('event' in one) || one.style !== 'danger'))
  return tools.namedIn({ ...screen, rows }, written)
}

/** What somebody else wrote: it is read for what one must be warned of, and nothing of it is kept otherwise. */
async function forwarded(turn: Turn, written: string | undefined, tools: InterpretTools): Promise<Reaction> {
  if (written === undefined || !hasConsent(turn.person)) return remarkOn('forward')
  await openFlow(turn, 'search', { text: written, forwarded: true }, tools)
  return below
}

/** Whole signs only. */
function firstSigns(text: string): string {
  return [...text].slice(0, 200).join('')
}

async function command(turn: Turn, name: string, argument: string, tools: InterpretTools): Promise<Reaction> {
  const known = tools.flows.byCommand.get(name)
  if (known === undefined) return unknownCommand(turn, `${name.replaceAll('_', ' ')} ${argument}`, tools)
  const input = known.command.input?.(argument)
  const isOpen = mayUse(known.flow.access ?? 'self', turn.person)
  // A link may carry anything (a poster's name); only what the flow can use begins it anew.
  if (name === 'start' && (argument === '' || input === undefined)) await goHome(turn, tools)
  else await openFlow(turn, known.flow.id, input, tools)
  return isOpen || isRefused(turn) ? below : { ...below, remark: { key: 'common:notYet' } }
}

/** Whoever is too young for the bot reads so on their screen. */
function isRefused({ person: { refusedAt }, stamp }: Turn): boolean {
  return refusedAt !== undefined && stamp.turn.at < refusedAt + refusalLasts
}

/** It may be a word that is understood elsewhere: /stop, /home. */
async function unknownCommand(turn: Turn, words: string, tools: InterpretTools): Promise<Reaction> {
  if (!hasConsent(turn.person)) {
    await goHome(turn, tools)
    return { ...below, remark: { key: 'common:unknownCommand' } }
  }
  await openFlow(turn, 'search', { text: firstSigns(words.trim()), command: true }, tools)
  return below
}

/** For the flow on top, if it listens; of all else nothing is kept. */
async function content(
  turn: Turn,
  { event, what }: { event: Content; what: OtherContent },
  tools: InterpretTools,
): Promise<Reaction> {
  if (!hears(turn, event, tools)) return remarkOn(what)
  await give(turn, event, tools)
  return below
}

function remarkOn(what: OtherContent): Reaction {
  return { fresh: what !== 'stale', remark: { key: `telegram:other.${what}` } }
}
