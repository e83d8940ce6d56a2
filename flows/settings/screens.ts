import { ageButtons, languageButtons, planButtons, regionRows } from '../common/choices.ts'
import { nameWhy, type Person, roleOf } from '../common/person.ts'
import { back, home, inRows, toBack } from '../kit/buttons.ts'
import type { Screens } from '../kit/flow.ts'
import { button, go, screen } from '../kit/screen.ts'
import type { Message, Translate } from '../kit/words.ts'
import { type SettingsContext, type SettingsEvent, type Topic, topics } from './context.ts'

export const screens: Screens<SettingsContext, SettingsEvent> = {
  menu: ({ t, person }) =>
    screen(
      [
        t('menu.title'),
        topicsOf(person).map((topic) =>
          t('menu.line', { topic: t(`topic.${topic}`), value: presentValue(person, topic, t) }),
        ),
      ],
      ...inRows(
        topicsOf(person).map((topic) => button(t(`topic.${topic}`), { type: 'CHANGE', topic })),
        2,
      ),
      person.muted.length === 0 ? [] : [button(t('menu.unmute', { count: person.muted.length }), { type: 'UNMUTE' })],
      [button(t('menu.privacy'), go.open('privacy'))],
      [back(go.leave), home()],
    ),

  language: ({ t, person }) =>
    screen(t('language.title'), ...inRows(languageButtons(person.language), 1), [back(toBack)]),

  age: ({ t, person }) =>
    screen([t('age.title'), t('age.why')], ...inRows(ageButtons(person.ageBand), 2), [back(toBack)]),

  region: ({ t, person }) =>
    screen([t('region.title'), t('region.why')], ...regionRows(person.region), [
      back(toBack),
      button(t('forget'), { type: 'FORGET' }),
    ]),

  plan: ({ t, person }) =>
    screen([t('plan.title'), t('plan.why')], ...inRows(planButtons(person.plan), 1), [back(toBack)]),

  name: ({ t, person }) =>
    screen([t('name.title'), t(nameWhy(person.consent?.by))], [back(toBack), button(t('forget'), { type: 'FORGET' })]),

  quiet: ({ t }) => screen([t('quiet.title'), t('quiet.from')], hours([20, 21, 22, 23]), [back(toBack)]),
  quietUntil: ({ t }) => screen([t('quiet.title'), t('quiet.until')], hours([6, 7, 8, 9, 10]), [back(toBack)]),
}

/** Whoever was invited has not been asked for the rest. */
function topicsOf(person: Person): readonly Topic[] {
  return roleOf(person.consent?.by) !== undefined ? ['language', 'name', 'quiet'] : topics
}

function hours(choice: readonly number[]) {
  return choice.map((hour) => button({ key: 'common:hour', values: { hour: clock(hour) } }, { type: 'HOUR', hour }))
}

function presentValue(person: Person, topic: (typeof topics)[number], t: Translate): Message {
  const present = {
    language: `common:language.${person.language}`,
    age: person.ageBand && `common:age.${person.ageBand}`,
    region: person.region && `regions:${person.region}`,
    plan: person.plan && `common:plan.${person.plan}`,
    name: person.name && t('value.name', { name: person.name }),
    quiet: t('value.quiet', { from: clock(person.quiet.from), to: clock(person.quiet.to) }),
  }[topic]
  if (present === undefined) return t('value.none')
  return typeof present === 'string' ? t(present) : present
}

function clock(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`
}
