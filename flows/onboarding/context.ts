import { z } from 'zod'
import type { AgeChosen, LanguageChosen, PlanChosen } from '../common/choices.ts'
import { type AgeBand, ageBands, consentsBy, invitedRoles } from '../common/person.ts'
import type { Arguments, EventOf } from '../kit/effects.ts'
import type { Found, Stamp, Wrote } from '../kit/events.ts'
import type { checkCode } from './contract.ts'

export const OnboardingContext = z.object({
  /** Known before consent, kept only with it. */
  ageBand: z.enum(ageBands).nullable(),
  /** Code of an institution or a guardian, from the deep link or typed. */
  code: z.string().nullable(),
  codeIsValid: z.boolean(),
  /** The code leads into a group. */
  intoGroup: z.boolean(),
  /** What they are invited as, or were. */
  role: z.enum(invitedRoles).nullable(),
  /** Somebody who agreed to earlier terms and has answered the rest already. */
  renewing: z.boolean(),
  /** The present terms stood agreed to when it began. */
  hasAgreed: z.boolean(),
  /** Who has agreed, "self" only for adults; in a refusal, who had. */
  agreedBy: z.enum(consentsBy).nullable(),
  /** Whoever said to be under 12 goes on by a code only until then (epoch ms). */
  refusedUntil: z.int().nullable(),
  /** Where it begins: at the first meeting, after a code's work is done, in a refusal, with an adult growing younger; whoever agreed to earlier terms in a role. */
  begin: z.enum(['meeting', 'invited', 'answering', 'answered', 'refused', 'younger']),
})
export type OnboardingContext = z.infer<typeof OnboardingContext>

export type OnboardingEvent =
  | (Stamp & (LanguageChosen | AgeChosen | PlanChosen))
  | (Stamp & { readonly type: 'NEXT' | 'BACK' | 'WHOM' | 'YOUNGER' | 'MISTAKEN' | 'AGREE' | 'SKIP' | 'WITHDRAW' })
  | Found<typeof checkCode>
  | Wrote

/** What is at hand where an event of the type leads. */
export type On<Type extends OnboardingEvent['type']> = Arguments<OnboardingContext, EventOf<OnboardingEvent, Type>>

/** `ageBand`: an adult's own consent stands, and they say to be of that age. */
export type OnboardingInput = { readonly code?: string; readonly ageBand?: AgeBand } | undefined
