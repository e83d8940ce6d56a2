import { z } from 'zod'
import type { AgeChosen, LanguageChosen, PlanChosen, RegionChosen } from '../common/choices.ts'
import type { Arguments, EventOf } from '../kit/effects.ts'
import type { Stamp, Wrote } from '../kit/events.ts'

export const topics = ['language', 'age', 'region', 'plan', 'name', 'quiet'] as const
export type Topic = (typeof topics)[number]

export const SettingsContext = z.object({
  /** Whether the present consent is the person's own, which only adults may give. */
  byOneself: z.boolean(),
  /** Hour from which quiet is being set; null while it is not chosen. */
  quietFrom: z.int().nullable(),
  /** What it was opened for; null for the menu. */
  topic: z.enum(topics).nullable(),
})
export type SettingsContext = z.infer<typeof SettingsContext>

export type SettingsInput = { readonly topic: Topic } | undefined

export type SettingsEvent =
  | (Stamp & (LanguageChosen | AgeChosen | RegionChosen | PlanChosen))
  | (Stamp & { readonly type: 'CHANGE'; readonly topic: Topic })
  | (Stamp & { readonly type: 'HOUR'; readonly hour: number })
  | (Stamp & { readonly type: 'UNMUTE' })
  | (Stamp & { readonly type: 'BACK' | 'FORGET' })
  | Wrote

/** What is at hand where an event of the type leads. */
export type On<Type extends SettingsEvent['type']> = Arguments<SettingsContext, EventOf<SettingsEvent, Type>>
