import { ageButtons, languageButtons, planButtons, regionRows } from '../choices.ts'
import type { Screens, View } from '../kit/flow.ts'
import { back, home, inRows, waiting } from '../kit/rows.ts'
import { button, go, screen } from '../kit/screen.ts'
import type { Translate } from '../kit/words.ts'
import { hasConsent } from '../person.ts'
import type { OnboardingContext, OnboardingEvent } from './index.ts'

export const screens: Screens<OnboardingContext, OnboardingEvent> = {
  welcome: ({ t, person }) =>
    screen([t('welcome.title'), t('welcome.what'), t('welcome.kept')], languageButtons(person.language), [
      button(t('welcome.next'), { type: 'NEXT' }, 'primary'),
      // Somebody who has agreed may have followed a link with a code once more.
      ...(hasConsent(person) ? [home()] : []),
    ]),

  age: ({ t, context }) =>
    screen(
      [t('age.title'), t('age.why')],
      ...inRows(ageButtons(context.ageBand ?? undefined), 2),
      [button(t('age.younger'), { type: 'YOUNGER' })],
      [back({ type: 'BACK' })],
    ),

  tooYoung: ({ t }) => screen([t('tooYoung.title'), t('tooYoung.text')], [back({ type: 'BACK' })]),

  agreeing: (view) => consent(view, 'self'),
  asGuardian: (view) => consent(view, 'guardian'),
  withCode: (view) => consent(view, 'code'),
  checkingCode: waiting,
  usingCode: waiting,

  region: ({ t, person }) =>
    screen([t('region.title'), t('region.why')], ...regionRows(person.region), [
      back({ type: 'BACK' }),
      button(t('common:skip'), { type: 'SKIP' }),
    ]),

  plan: ({ t, person }) =>
    screen([t('plan.title'), t('plan.why')], ...inRows(planButtons(person.plan), 1), [back({ type: 'BACK' })]),

  name: ({ t }) =>
    screen([t('name.title'), t('name.why')], [back({ type: 'BACK' }), button(t('common:skip'), { type: 'SKIP' })]),
}

function consent({ t }: View<OnboardingContext>, by: 'self' | 'guardian' | 'code') {
  return screen(
    [t(`consent.${by}.title`), t(`consent.${by}.text`), t('consent.revocable')],
    [button(t(`consent.${by}.agree`), { type: 'AGREE' as const }, 'success')],
    [back({ type: 'BACK' as const }), privacy(t)],
  )
}

function privacy(t: Translate) {
  return button(t('consent.privacy'), go.open('privacy'))
}
