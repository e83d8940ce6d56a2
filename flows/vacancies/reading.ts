import { assign } from 'xstate'
import { effects } from '../kit/effects.ts'
import type { States, Transitions } from '../kit/states.ts'
import type { Change, VacanciesContext as Context, VacanciesEvent as Event, On, Situation } from './context.ts'
import { markVacancy, reportVacancy, type VacancyCard, vacancyCard } from './contract.ts'
import { forSearch, toSearch } from './listening.ts'

const { ask, tell, say, open, leave } = effects<Context, Event>()
/** So many searches for similar ones are gone back through at most. */
const longestTrail = 5
const mostWhat = 200

const isAct =
  (act: NonNullable<Context['act']>) =>
  ({ context }: Situation) =>
    context.act === act
const isFrom =
  (from: Context['from']) =>
  ({ context }: Situation) =>
    context.from === from
const isOnlyCard = ({ context }: Situation) => context.entry === 'card' && context.trail.length === 0
const hasRoom = ({ context }: Situation) => context.card?.room === true
const hasContact = ({ context }: Situation) => context.card?.contact !== null

const mark = (name: 'saved' | 'hidden', on: boolean) =>
  tell(markVacancy, ({ context }) => ({ id: cardOf(context).id, mark: name, on }))
const shows =
  (change: Partial<VacancyCard>) =>
  ({ context }: Situation): Change => ({ act: null, card: { ...cardOf(context), ...change } })

/** Back to the list the card came from. */
const toList = [
  { guard: isFrom('given'), target: 'given' },
  { guard: isFrom('saved'), target: 'saved' },
  { target: 'listing' },
]
const listens: Transitions<Context, Event> = {
  TEXT: [...forSearch, { target: 'hearing', actions: assign(toSearch) }],
}

/** One vacancy: looked at, kept, hidden, reported, and its contact. */
export const reading: States<Context, Event> = {
  loading: {
    entry: ask(vacancyCard, ({ context }) => ({ id: context.wanted ?? '-', page: context.textPage })),
    on: {
      'found.vacancies.card': [
        { guard: ({ event }) => event.data === null, target: 'gone' },
        { target: 'doing', actions: assign(found) },
      ],
    },
  },
  /** What the button of a notice asks for is done at once. */
  doing: {
    always: [
      { guard: isAct('hide'), target: 'hidden', actions: [mark('hidden', true), assign(shows({ hidden: true }))] },
      {
        guard: (given) => isAct('save')(given) && hasRoom(given),
        target: 'card',
        actions: [mark('saved', true), assign(shows({ saved: true })), say('card.kept')],
      },
      { guard: isAct('save'), target: 'card', actions: [assign(noAct), say('card.full')] },
      { guard: isAct('report'), target: 'reporting', actions: assign(noAct) },
      {
        guard: (given) => isAct('contact')(given) && hasContact(given),
        target: 'contact',
        actions: assign(noAct),
      },
      { guard: isAct('similar'), target: 'listing', actions: [assign(similar), assign(noAct)] },
      { target: 'card', actions: assign(noAct) },
    ],
  },
  card: {
    on: {
      ...listens,
      SAVE: [
        { guard: hasRoom, actions: [mark('saved', true), assign(shows({ saved: true })), say('card.kept')] },
        { actions: say('card.full') },
      ],
      UNSAVE: { actions: [mark('saved', false), assign(shows({ saved: false, room: true })), say('card.dropped')] },
      HIDE: { target: 'hidden', actions: [mark('hidden', true), assign(shows({ hidden: true }))] },
      UNHIDE: { actions: [mark('hidden', false), assign(shows({ hidden: false })), say('card.shownAgain')] },
      SIMILAR: { target: 'listing', actions: assign(similar) },
      CONTACT: 'contact',
      REPORT: 'reporting',
      LAW: 'law',
      REMIND: { actions: open('reminders', ({ context }) => ({ what: whatOf(cardOf(context)) })) },
      TEXT_PAGE: { target: 'loading', actions: assign({ textPage: ({ event }) => event.page }) },
      RETURN: 'loading',
      BACK: [{ guard: isOnlyCard, actions: leave() }, ...toList],
    },
  },
  gone: { on: { ...listens, LIST: 'listing', BACK: [{ guard: isOnlyCard, actions: leave() }, ...toList] } },
  law: { on: { BACK: 'card' } },
  contact: { on: { BACK: 'card' } },
  hidden: {
    on: {
      ...listens,
      UNHIDE: {
        target: 'card',
        actions: [mark('hidden', false), assign(shows({ hidden: false })), say('card.shownAgain')],
      },
      LIST: toList,
      BACK: [{ guard: isOnlyCard, actions: leave() }, ...toList],
    },
  },
  reporting: {
    on: {
      REASON: {
        target: 'reported',
        actions: [
          tell(reportVacancy, ({ context, event }: On<'REASON'>) => ({
            id: cardOf(context).id,
            reason: event.reason,
          })),
          mark('hidden', true),
          assign(shows({ hidden: true })),
          assign(
            ({ context, event }: On<'REASON'>): Change => ({
              card: { ...cardOf(context), reported: event.reason },
            }),
          ),
        ],
      },
      TEXT: [{ guard: ({ event }) => event.worry === true }, { actions: say('reporting.press') }],
      BACK: 'card',
    },
  },
  reported: { on: { ...listens, LIST: toList, BACK: [{ guard: isOnlyCard, actions: leave() }, ...toList] } },
}

function found({ event: { data, turn } }: On<'found.vacancies.card'>): Change {
  return data === null ? {} : { card: data, textPage: data.text.page, now: turn.at }
}

function noAct(): Change {
  return { act: null }
}

/** The same work, or the same words where no profession is known of it, as wide as the person looks anyway. */
function similar({ context }: Situation): Change {
  const { id, title, professions } = cardOf(context)
  const { filter, isOwn, trail, list } = context
  const work = professions.map((profession) => profession.id)
  const wider = {
    ...filter,
    professions: work,
    families: [],
    words: work.length > 0 ? [] : [title.slice(0, 60).trim()],
  }
  return {
    filter: wider,
    isOwn: false,
    trail: [...trail, { id, filter, isOwn }].slice(-longestTrail),
    list: { ...list, page: 0 },
  }
}

/** A first step to be reminded of, in the vacancy's own words. */
function whatOf({ title, employer }: VacancyCard): string {
  return (employer === null ? title : `${title} — ${employer}`).slice(0, mostWhat).toWellFormed()
}

/** What is done with a card is done with one that is shown. */
function cardOf({ card }: Context): VacancyCard {
  if (card === null) throw new Error('There is no card')
  return card
}
