import type { Person } from '../common/person.ts'
import { isNarrowing } from '../common/plans.ts'
import { back, home, toBack, waiting } from '../kit/buttons.ts'
import type { Screens } from '../kit/flow.ts'
import { button, go, orSaid, screen } from '../kit/screen.ts'
import { type Message, type Translate, value } from '../kit/words.ts'
import { openingsButton } from '../vacancies/openings.ts'
import type { ProfessionsContext, ProfessionsEvent } from './context.ts'
import type { ProfessionCard } from './contract.ts'
import { scaleName } from './scales.ts'

export const screens: Screens<ProfessionsContext, ProfessionsEvent> = {
  families: ({ t, context, person }) =>
    screen(
      [t('families.title'), ...filterLine(t, context, person)],
      ...context.families.map(({ id, name, count }) => [
        button(t('families.shelf', { name, number: count }), { type: 'FAMILY', id }),
      ]),
      context.saved.length === 0 ? [] : [button(t('saved.shelf', { number: context.saved.length }), { type: 'SAVED' })],
      filterButton(t, context, person),
      [back(go.leave), home()],
    ),

  saved: ({ t, context: { saved } }) =>
    screen(
      [t('saved.title'), t(saved.length === 0 ? 'saved.none' : 'saved.what')],
      ...saved.map(({ id, name }) => [button(value(name), { type: 'CARD', id })]),
      [back(toBack), home()],
    ),

  family: ({ t, context, person }) =>
    context.family === null
      ? waiting()
      : screen(
          [
            t('family.title', { name: context.family.name, about: context.family.about }),
            ...(context.family.professions.length === 0 ? [t('family.none')] : []),
            ...filterLine(t, context, person),
          ],
          ...context.family.professions.map(({ id, name }) => [button(value(name), { type: 'CARD', id })]),
          filterButton(t, context, person),
          [back(toBack), home()],
        ),

  card: ({ t, context: { card, openings } }) => {
    if (card === null) return waiting()
    const shown = screen(
      [
        t('card.title', { name: card.name }),
        value(card.about),
        t('card.day', { day: card.day }),
        t('card.entry', { entry: card.entry }),
        t('card.ways', { ways: card.ways.map((way) => t(`way.${way}`)) }),
        interests(t, card),
        t('card.unknown'),
        ...(card.similar.length === 0 ? [] : [t('card.similar')]),
      ],
      [
        card.saved
          ? button(t('card.unsave'), { type: 'UNSAVE' })
          : orSaid(button(t('card.save'), { type: 'SAVE' }), t('spoken.save')),
        ...(card.task === '' ? [] : [orSaid(button(t('card.remind'), { type: 'REMIND' }), t('spoken.remind'))]),
      ],
      openings === 0 ? [] : [openingsButton([card.id], openings)],
      ...card.similar.map(({ id, name }) => [button(value(name), { type: 'SIMILAR', id })]),
      [back(toBack), home()],
    )
    if (card.similar.length === 0) return shown
    return { ...shown, heard: [{ said: t('spoken.similar'), event: { type: 'SIMILARS' } }] }
  },
}

function filterLine(t: Translate, { all }: ProfessionsContext, { plan }: Person): Message[] {
  if (!isNarrowing(plan)) return []
  return [all ? t('filter.off') : t('filter.on', { plan: { key: `common:plan.${plan}` } })]
}

function filterButton(t: Translate, { all }: ProfessionsContext, { plan }: Person) {
  if (!isNarrowing(plan)) return []
  return [button(all ? t('filter.onlyMine') : t('filter.showAll'), { type: 'ALL' })]
}

function interests(t: Translate, { strongest, shared }: ProfessionCard): Message {
  if (shared !== null && shared.length > 0) return t('card.shared', { scales: shared.map(scaleName) })
  return t('card.strongest', { scales: strongest.map(scaleName) })
}
