import type { RegionChosen } from '../common/choices.ts'
import { neighboursOf } from '../common/neighbours.ts'
import { type Region, regions } from '../common/regions.ts'
import { back, home, inRows, toBack, waiting } from '../kit/buttons.ts'
import type { Screens, View } from '../kit/flow.ts'
import { button, type EventButton, readByState, screen } from '../kit/screen.ts'
import { type Message, marked, type Translate, value } from '../kit/words.ts'
import type { VacanciesContext as Context, VacanciesEvent as Event, Toggled } from './context.ts'
import { filterLines } from './filter-lines.ts'
import { employments, formats, schedules } from './vacancy.ts'

/** Least pay as it is proposed, ₸ a month. */
const pays = [100_000, 150_000, 200_000, 250_000, 300_000, 400_000] as const

type ToToggle = { readonly type: 'TOGGLE'; readonly part: Toggled; readonly value: string }

/** Screens of choosing what is looked for; every one says how many fit as it is now. */
export const choosingScreens: Screens<Context, Event> = {
  hearing: waiting,
  editing: ({ t, context }) => {
    const { filter, names, entry } = context
    return screen(
      [t('editing.title'), filterLines(t, filter, names).map(value), count(t, context), t('editing.how')],
      [
        button(
          t(entry === 'editing' ? 'editing.take' : 'editing.show', { number: context.total }),
          { type: 'DONE' },
          'primary',
        ),
      ],
      [button(t('editing.place'), { type: 'PLACE' }), button(t('editing.work'), { type: 'WORK' })],
      [button(t('editing.pay'), { type: 'PAY' }), button(t('editing.terms'), { type: 'TERMS' })],
      [
        button(t('editing.words'), { type: 'WORDS', wording: 'words' }),
        button(t('editing.avoid'), { type: 'WORDS', wording: 'avoid' }),
      ],
      [button(marked(t('editing.noExperience'), filter.noExperience), { type: 'SWITCH', part: 'noExperience' })],
      [button(marked(t('editing.housing'), filter.housing), { type: 'SWITCH', part: 'housing' })],
      [button(t('editing.clear'), { type: 'CLEAR' })],
      [back(toBack), home()],
    )
  },
  placing: ({ t, context }) => {
    const { regions: chosen, remoteAnywhere } = context.filter
    const hasMore = chosen.some((one) => neighboursOf(one).some((next) => !chosen.includes(next)))
    return screen(
      [t('placing.title'), t('placing.how'), count(t, context)],
      hasMore ? [button(t('placing.neighbours'), { type: 'NEIGHBOURS' as const })] : [],
      [button(marked(t('placing.anywhere'), chosen.length + context.filter.towns.length === 0), { type: 'ANYWHERE' })],
      [button(marked(t('placing.remote'), remoteAnywhere), { type: 'REMOTE' })],
      ...inRows(
        regions.map((region) => regionButton(region, chosen)),
        2,
      ),
      done(t),
    )
  },
  working: ({ t, context }) => {
    const { own, names, filter } = context
    const others = [...own, ...names.professions.filter(({ id }) => own.every((one) => one.id !== id))]
    return screen(
      [t('working.title'), t(own.length > 0 ? 'working.own' : 'working.how'), count(t, context)],
      ...others.map(({ id, name }) => [toggle(t, value(name), 'professions', id, filter.professions)]),
      ...names.families.map(({ id, name }) => [toggle(t, value(name), 'families', id, filter.families)]),
      ...wordRows(t, filter, 'words'),
      [button(t('working.families'), { type: 'FAMILIES' })],
      [
        button(marked(t('working.any'), filter.professions.length + filter.families.length === 0), {
          type: 'ANYWHERE',
        }),
      ],
      done(t),
    )
  },
  families: ({ t, context }) =>
    screen(
      [t('families.title'), count(t, context)],
      ...context.families.map(({ id, name }) => [toggle(t, value(name), 'families', id, context.filter.families)]),
      done(t),
    ),
  paying: ({ t, context }) => {
    const { leastPay, payMayBeUnknown } = context.filter
    return screen(
      [
        t('paying.title'),
        ...(leastPay === null ? [] : [t('paying.present', { sum: leastPay })]),
        t('paying.how'),
        count(t, context),
      ],
      ...inRows(
        pays.map((pay) =>
          readByState(
            button(marked(t('paying.least', { sum: pay }), leastPay === pay), {
              type: 'LEAST' as const,
              pay: pay as number,
            }),
          ),
        ),
        2,
      ),
      [button(marked(t('paying.any'), leastPay === null), { type: 'LEAST', pay: null })],
      [button(marked(t('paying.unknown'), payMayBeUnknown), { type: 'SWITCH', part: 'payMayBeUnknown' })],
      done(t),
    )
  },
  terms: ({ t, context }) => {
    const { filter } = context
    const row = <V extends string>(values: readonly V[], part: Toggled, group: string, chosen: readonly string[]) =>
      inRows(
        values.map((one) => toggle(t, t(`${group}.${one}`), part, one, chosen)),
        2,
      )
    return screen(
      [t('terms.title'), t('terms.how'), count(t, context)],
      ...row(schedules, 'schedules', 'schedule', filter.schedules),
      ...row(employments, 'employments', 'employment', filter.employments),
      ...row(formats, 'formats', 'format', filter.formats),
      done(t),
    )
  },
  wording,
}

function wording({ t, context }: View<Context>) {
  const { wording: part, filter } = context
  return screen([t(`wording.${part}`), t('wording.how'), count(t, context)], ...wordRows(t, filter, part), done(t))
}

/** The words that are chosen, each to be dropped with a press. */
function wordRows(t: Translate, filter: Context['filter'], part: Context['wording']) {
  return filter[part].map((word) => [
    button(t('wording.remove', { word }), { type: 'TOGGLE' as const, part, value: word }),
  ])
}

function count(t: Translate, { total }: Context): Message {
  return t('editing.count', { count: total })
}

function regionButton(region: Region, chosen: readonly Region[]): EventButton<RegionChosen> {
  return button(marked({ key: `regions:${region}` }, chosen.includes(region)), { type: 'REGION', region })
}

function toggle(
  _: Translate,
  label: Message,
  part: Toggled,
  one: string,
  chosen: readonly string[],
): EventButton<ToToggle> {
  return button(marked(label, chosen.includes(one)), { type: 'TOGGLE', part, value: one })
}

function done(t: Translate) {
  return [button(t('choosing.done'), toBack, 'primary'), home()]
}
