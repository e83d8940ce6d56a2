import type { ChatMessage } from '../../src/playground/bot-api/chats.ts'
import { describeMessage } from '../support/stage.ts'

/** What somebody did, as it is told (`[Бастау]`), and what they see of it. */
export type Sight = {
  readonly act: string
  /** Answers to a press. */
  readonly toasts: readonly string[]
  /** The messages it has brought about, or the one that stands as it stood. */
  readonly messages: readonly ChatMessage[]
}

/** A story as it is told in one language; what has been told once is not told again at length. */
export type Telling = {
  /** Something happens to everybody. */
  happens(what: string): void
  /** Somebody does one thing after another, with `before` before them. */
  does(who: string, before: ChatMessage | undefined, sights: readonly Sight[]): void
  /** A message comes that nobody had to ask for at that moment. */
  receives(who: string, what: string, message: ChatMessage): void
  text(): string
}

export function createTelling(about: string): Telling {
  const parts: string[] = [about]
  const shorten = createShortening()
  const tell = (who: string, message: ChatMessage) => parts.push(shorten(who, withoutCodes(describeMessage(message))))
  return {
    happens: (what) => parts.push(`— ${what} —`),
    does(who, before, sights) {
      for (const { alike, last } of runsOf(before, sights)) {
        if (alike.length > 0) parts.push(doing(who, alike), timesMore(alike.length))
        if (last === undefined) continue
        parts.push(doing(who, [last]), ...last.toasts.map((text) => `(${text})`))
        for (const message of last.messages) tell(who, message)
      }
    },
    receives(who, what, message) {
      parts.push(`« ${who}: ${what}`)
      tell(who, message)
    },
    text: () => `${parts.join('\n\n')}\n`,
  }
}

/** Codes are made by chance. */
function withoutCodes(text: string): string {
  return text.replace(/kod-[\w-]{24}/g, 'kod-…')
}

function doing(who: string, sights: readonly Sight[]): string {
  return `» ${who} ${sights.map(({ act }) => act).join(' ')}`
}

function timesMore(count: number): string {
  return `… ${count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`} more`
}

/** Lines of a screen that is told again, however often. */
const shortScreen = 4

/** A screen that somebody has seen before is named by its first line, what stands above it now is told. */
function createShortening() {
  const seen = new Map<string, readonly string[]>()
  return (who: string, text: string): string => {
    const before = seen.get(who) ?? []
    const again = before.find((one) => text === one || text.endsWith(`\n\n${one}`))
    if (again === undefined) {
      if (text.split('\n').length > shortScreen) seen.set(who, [...before, text])
      return text
    }
    return `${text.slice(0, text.length - again.length)}${again.split('\n', 1)[0]} … (as before)`
  }
}

/** Sights that show nearly what stood before them, and the next one that does not. */
type Run = { readonly alike: readonly Sight[]; readonly last: Sight | undefined }

/** A single act is told whatever it shows. */
function runsOf(before: ChatMessage | undefined, sights: readonly Sight[]): readonly Run[] {
  const runs: Run[] = []
  let alike: Sight[] = []
  let standing = sights.length > 1 ? before : undefined
  for (const sight of sights) {
    if (standing !== undefined && showsAlike(sight, standing)) {
      alike.push(sight)
    } else {
      runs.push({ alike, last: sight })
      alike = []
    }
    standing = sight.messages.at(-1)
  }
  return alike.length > 0 ? [...runs, { alike, last: undefined }] : runs
}

/** The same buttons under other words, as one question of a survey follows another. */
function showsAlike({ toasts, messages }: Sight, standing: ChatMessage): boolean {
  const [shown, ...others] = messages
  if (shown === undefined || others.length > 0 || toasts.length > 0) return false
  return buttonsOf(shown) === buttonsOf(standing) && (shown.photo === undefined) === (standing.photo === undefined)
}

function buttonsOf({ keyboard }: ChatMessage): string {
  return JSON.stringify(keyboard.map((row) => row.map(({ text }) => text)))
}
