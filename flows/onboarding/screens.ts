import { ageButtons, languageButtons, planButtons } from '../common/choices.ts'
import { kept, keptIn } from '../common/kept.ts'
import { copiesKept, hasConsent, hasSaid, nameWhy } from '../common/person.ts'
import { zone } from '../common/regions.ts'
import { back, help, home, inRows, skip, toBack, waiting } from '../kit/buttons.ts'
import type { Screens, View } from '../kit/flow.ts'
import { button, go, orSaid, screen } from '../kit/screen.ts'
import type { Message, Translate } from '../kit/words.ts'
import type { OnboardingContext, OnboardingEvent } from './context.ts'

export const screens: Screens<OnboardingContext, OnboardingEvent> = {
  welcome: ({ t, person }) =>
    screen([t('welcome.title'), t('welcome.what'), t('welcome.kept')], languageButtons(person.language), [
      orSaid(button(t('welcome.next'), { type: 'NEXT' }, 'primary'), t('said.next')),
      // Somebody who has agreed may have followed a link with a code once more.
      ...(hasConsent(person) ? [home()] : []),
    ]),

  age: (view) => (view.context.refusedUntil === null ? age(view) : ageAgain(view)),

  tooYoung: ({ t, context }) =>
    screen(
      [
        t('tooYoung.title'),
        t('tooYoung.text'),
        t('tooYoung.kept'),
        ...(context.agreedBy === null ? [] : [t('tooYoung.gone', { days: copiesKept })]),
        [t('tooYoung.slip'), ...again(t, context)],
        lines(t),
      ],
      [orSaid(button(t('tooYoung.mistaken'), { type: 'MISTAKEN' }), t('said.mistaken'))],
      [help()],
    ),

  losing: ({ t }) =>
    screen(
      [t('losing.title'), t('losing.text'), t('losing.copies', { days: copiesKept }), t('losing.mistaken')],
      [button(t('losing.yes'), { type: 'WITHDRAW' }, 'danger')],
      [back(toBack)],
    ),

  agreeing: (view) => consent(view, 'self'),
  asGuardian: (view) => (view.context.refusedUntil === null ? consent(view, 'guardian') : onlyByCode(view)),
  withCode: (view) => consent(view, 'code'),
  whom,
  invited: ({ t, context: { role }, person }) =>
    screen(
      [
        t('welcome.title'),
        t(`invited.${role ?? 'mentor'}`),
        t('invited.text', { kept: keptIn[role ?? 'mentor'] }),
        t('consent.revocable'),
      ],
      languageButtons(person.language),
      [agree(t, 'consent.self.agree', 'self')],
      [privacy(t)],
    ),
  usingInvitation: waiting,
  recognising: waiting,
  checkingCode: waiting,
  usingCode: waiting,

  plan: ({ t, person }) =>
    screen([t('plan.title'), t('plan.why')], ...inRows(planButtons(person.plan), 1), [back(toBack)]),

  name: ({ t, context: { agreedBy } }) =>
    screen([t('name.title'), t(nameWhy(agreedBy))], [back(toBack), skip({ type: 'SKIP' })]),
}

type Seen = View<OnboardingContext>

/** Whoever has something to lose by an answer reads so before. */
function age({ t, context, person }: Seen) {
  return screen(
    [
      t('age.title'),
      t('age.why'),
      ...(hasSaid(person) ? [t(context.agreedBy === 'self' ? 'age.losingSelf' : 'age.losing')] : []),
    ],
    ...inRows(ageButtons(context.ageBand ?? undefined), 2),
    [button(t('age.younger'), { type: 'YOUNGER' as const })],
    [back(toBack)],
  )
}

/** After a refusal nobody becomes an adult by a step back. */
function ageAgain({ t, context }: Seen) {
  return screen(
    [t('mistaken.title'), t('mistaken.text'), again(t, context)],
    ...inRows(
      ageButtons(context.ageBand ?? undefined).filter(({ event }) => event.ageBand !== '18+'),
      2,
    ),
    [back(toBack)],
  )
}

function onlyByCode({ t, context }: Seen) {
  return screen(
    [t('consent.onlyCode.title'), t('consent.onlyCode.text'), again(t, context)],
    [back(toBack), privacy(t)],
  )
}

/** When the age may be said anew. */
function again(t: Translate, { refusedUntil }: OnboardingContext): Message[] {
  if (refusedUntil === null) return []
  return [t('tooYoung.again', { time: { moment: refusedUntil, zone, style: 'datetime' } })]
}

function lines(t: Translate): Message[] {
  return [t('tooYoung.talk'), ...['111', '150', '112'].map((number) => t(`help:lines.${number}`))]
}

/** The law has one word for whoever answers for a child under 14, and another from 14 on. */
function consent({ t, context }: Seen, by: 'self' | 'guardian' | 'code') {
  return screen(
    [
      t(`consent.${by}.title`),
      ...(by === 'guardian' ? [t(`consent.guardian.${context.ageBand === '12-13' ? 'under14' : 'from14'}`)] : []),
      t(`consent.${by}.text`, { kept }),
      t('consent.revocable'),
    ],
    [agree(t, `consent.${by}.agree`, by)],
    by === 'guardian' ? [orSaid(button(t('consent.guardian.whom'), { type: 'WHOM' as const }), t('said.whom'))] : [],
    [back(toBack), privacy(t)],
  )
}

function whom({ t }: Seen) {
  return screen(
    [
      t('whom.title'),
      t('whom.way'),
      ['home', 'guardian', 'parents', 'nobody'].map((where) => t(`whom.${where}`)),
      t('whom.then'),
    ],
    [agree(t, 'whom.agree', 'guardian')],
    [back(toBack), help()],
  )
}

function agree(t: Translate, label: string, by: 'self' | 'guardian' | 'code') {
  return orSaid(button(t(label), { type: 'AGREE' as const }, 'success'), t(`said.agree.${by}`))
}

function privacy(t: Translate) {
  return button(t('consent.privacy'), go.open('privacy'))
}
