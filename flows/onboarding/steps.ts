import { raise } from 'xstate'
import { readAge } from '../common/ages.ts'
import { personChange } from '../common/contract.ts'
import { type AgeBand, type ConsentBy, consentVersion, type PersonChange } from '../common/person.ts'
import { type Arguments, effects } from '../kit/effects.ts'
import { readCode } from './code.ts'
import type { OnboardingContext as Context, OnboardingEvent as Event, On } from './context.ts'

const { say, tell } = effects<Context, Event>()

/** What is at hand wherever the meeting stands. */
export type Situation = { readonly context: Context }

export const isAdult = ({ context }: Situation) => context.ageBand === '18+'
export const hasCode = ({ context }: Situation) => context.code !== null
export const isRefused = ({ context }: Situation) => context.refusedUntil !== null

/** A fact about the person. */
export const change = <E extends Event>(of: (given: Arguments<Context, E>) => PersonChange) => tell(personChange, of)

export const agree = (by: ConsentBy) =>
  change(({ context: { ageBand }, event }: Arguments<Context, Event>) => agreement(by, ageBand, event.turn.at))

/** Of a grown-up for themselves, in the role they are invited in. */
export const agreeInRole = change(({ context: { role }, event }: Arguments<Context, Event>) =>
  agreement(role ?? 'self', '18+', event.turn.at),
)

function agreement(by: ConsentBy, ageBand: AgeBand | null, at: number): PersonChange {
  return { ageBand, consent: { version: consentVersion, at, by }, refusedAt: null }
}

/** What is said of words that no state understands; but for a call for help, beside which whom to turn to is said. */
export const unread = (expected: string) => [
  { guard: ({ event }: On<'TEXT'>) => event.worry === true },
  { actions: say<On<'TEXT'>['event']>(expected) },
]

export const saysAge = ({ event }: On<'TEXT'>) => readAge(event.text) !== undefined

/** The press that the written age stands for. */
export const ageWritten = raise<Context, On<'TEXT'>['event'], Event, undefined, never, never>(({ event }) => {
  const age = readAge(event.text)
  const { turn } = event
  return age === undefined || age === 'younger' ? { type: 'YOUNGER', turn } : { type: 'AGE', ageBand: age, turn }
})

export const looksLikeCode = ({ event }: On<'TEXT'>) => readCode(event.text) !== undefined
export const codeWritten = ({ event }: On<'TEXT'>) => ({ code: readCode(event.text) ?? null })

/** In states that lead on with a code there is one. */
export function codeOf({ code }: Context): { code: string } {
  if (code === null) throw new Error('There is no code')
  return { code }
}
