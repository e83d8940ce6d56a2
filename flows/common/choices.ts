import type { EventObject } from 'xstate'
import { inRows } from '../kit/buttons.ts'
import { button, type EventButton, orSaid } from '../kit/screen.ts'
import { type Language, languages, marked } from '../kit/words.ts'
import { type AgeBand, ageBands, type Plan, plans } from './person.ts'
import { type Region, regions } from './regions.ts'

/** The choices about oneself, the same in onboarding and in settings. The present value is marked. */
export type LanguageChosen = { readonly type: 'LANGUAGE'; readonly language: Language }
export type AgeChosen = { readonly type: 'AGE'; readonly ageBand: AgeBand }
export type RegionChosen = { readonly type: 'REGION'; readonly region: Region }
export type PlanChosen = { readonly type: 'PLAN'; readonly plan: Plan }

export function languageButtons(present: Language): EventButton<LanguageChosen>[] {
  return languages.map((language) =>
    orSaid(choice({ type: 'LANGUAGE', language }, `common:language.${language}`, language === present), {
      key: `common:said.language.${language}`,
    }),
  )
}

export function ageButtons(present: AgeBand | undefined): EventButton<AgeChosen>[] {
  return ageBands.map((ageBand) => choice({ type: 'AGE', ageBand }, `common:age.${ageBand}`, ageBand === present))
}

export function regionRows(present: string | undefined): EventButton<RegionChosen>[][] {
  const buttons = regions.map((region) =>
    choice<RegionChosen>({ type: 'REGION', region }, `regions:${region}`, region === present),
  )
  return inRows(buttons, 2)
}

export function planButtons(present: Plan | undefined): EventButton<PlanChosen>[] {
  return plans.map((plan) =>
    orSaid(choice({ type: 'PLAN', plan }, `common:plan.${plan}`, plan === present), {
      key: `common:said.plan.${plan}`,
    }),
  )
}

function choice<E extends EventObject>(event: E, key: string, isPresent: boolean): EventButton<E> {
  return button(marked({ key }, isPresent), event)
}
