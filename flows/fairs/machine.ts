import { assign, setup } from 'xstate'
import { compareDates, toLocal } from '../common/calendar.ts'
import { effects } from '../kit/effects.ts'
import { beginWith, type Start } from '../kit/events.ts'
import { withdrawNotices } from '../kit/notice.ts'
import { oncePerEvent } from '../kit/once.ts'
import type { Transitions } from '../kit/states.ts'
import {
  type FairsContext as Context,
  type FairsEvent as Event,
  emptyContext,
  type FairsInput,
  type On,
  type Situation,
} from './context.ts'
import { bookSlot, comingFairs, getFair, getStand, leaveFair, leaveStand, ownFairs, visitFair } from './contract.ts'
import { isOpen, type Slot } from './fair.ts'
import { readHour } from './hours.ts'
import { noticePrefix } from './notices.ts'
import { remindersLeft } from './times.ts'

type Change = Partial<Context>

const { ask, tell, say } = effects<Context, Event>()

const isYoung = ({ context }: Situation) => context.isYoung
const isAimed = ({ context }: Situation) => context.wanted !== null
const isOfOwn = ({ context }: Situation) => context.own !== null
const isPlan = ({ context }: Situation) => context.own === 'plan'
const isNone = ({ event }: On<'found.fairs.own'>) => event.data.length === 0
const isSeveral = ({ event }: On<'found.fairs.own'>) => event.data.length > 1
const isShut = ({ event }: On<'found.fairs.fair'>) => event.data === null || !isOpen(event.data.fair, event.turn.at)
const isNoStand = ({ event }: On<'found.fairs.stand'>) => event.data === null
/** No reminder of it is to come any more. */
const isLate = ({ event: { data, turn } }: On<'found.fairs.fair'>) =>
  data !== null && remindersLeft(data.fair, data.slots[0]?.from ?? null, turn.at) === 'none'
const wished = ({ context, event }: On<'found.fairs.stand'>) => slotIn(event.data, context.slot)
const isFree = (given: On<'found.fairs.stand'>) => given.event.data?.room === true && wished(given)?.state === 'free'
const isClash = (given: On<'found.fairs.stand'>) => wished(given)?.state === 'clash'
const isPast = (given: On<'found.fairs.stand'>) => wished(given)?.state === 'past'
const isMine = (given: On<'found.fairs.stand'>) => wished(given)?.state === 'mine'
const isEnough = (given: On<'found.fairs.stand'>) => given.event.data?.room === false

const askFair = ask(getFair, ({ context }) => ({ id: fairIdIn(context), page: context.page }))
const visit = tell(visitFair, ({ context }) => ({ fair: fairIdIn(context) }))
const askStand = ask(getStand, ({ context }) => ({ fair: fairIdIn(context), stand: context.standId ?? '' }))

/** A time that is written is taken as if it were pressed; all else is for the search. */
const writtenTime: Transitions<Context, Event> = {
  TEXT: [
    { guard: namesSlot, target: 'booking', actions: assign(slotSaid) },
    { guard: namesHour, target: 'standing', actions: say('noSuchTime') },
  ],
}

/** Fairs that are coming, one of them, its stands, and one’s own slots. */
export const machine = setup({
  types: { context: {} as Context, events: {} as Event, input: {} as Start<FairsInput> },
}).createMachine({
  id: 'fairs',
  context: beginWith(emptyContext),
  initial: 'beginning',
  states: {
    beginning: {
      always: [
        { guard: isYoung, target: 'young' },
        { guard: isAimed, target: 'loading' },
        { guard: isOfOwn, target: 'seeking' },
        { target: 'listing' },
      ],
    },
    /** The one fair that somebody has signed up for; of several they choose. */
    seeking: {
      entry: ask(ownFairs, () => null),
      on: {
        'found.fairs.own': [
          { guard: isNone, target: 'listing', actions: say('noneOwn') },
          { guard: isSeveral, target: 'listing', actions: say('whichOwn') },
          { guard: isPlan, target: 'gathering', actions: assign(aimAtOwn) },
          { target: 'abandoning', actions: assign(aimAtOwn) },
        ],
      },
    },
    abandoning: {
      entry: askFair,
      on: {
        'found.fairs.fair': [
          { guard: ({ event }) => event.data === null, target: 'listing', actions: say('gone') },
          { target: 'leaving', actions: assign(seen) },
        ],
      },
    },
    young: {},
    listing: {
      entry: ask(comingFairs, ({ context }) => ({ page: context.list.page })),
      on: {
        'found.fairs.coming': { actions: assign({ list: ({ event }) => event.data }) },
        OPEN: { target: 'loading', actions: assign(({ event }) => ({ wanted: event.id, page: 0 })) },
        PAGE: {
          target: 'listing',
          reenter: true,
          actions: assign({ list: ({ context, event }) => ({ ...context.list, page: event.page }) }),
        },
      },
    },
    loading: {
      entry: askFair,
      on: {
        'found.fairs.fair': [
          { guard: ({ event }) => event.data === null, target: 'listing', actions: say('gone') },
          { target: 'reading', actions: assign(seen) },
        ],
      },
    },
    reading: {
      on: {
        VISIT: 'visiting',
        PAGE: { target: 'loading', actions: assign({ page: ({ event }) => event.page }) },
        STAND: { target: 'approaching', actions: assign(aim) },
        MINE: 'mine',
        LEAVE: 'leaving',
        BACK: 'listing',
      },
    },
    /** Looked up once more: it may have been called off meanwhile. */
    visiting: {
      entry: askFair,
      on: {
        'found.fairs.fair': [
          { guard: isShut, target: 'loading', actions: say('shut') },
          { guard: isLate, target: 'reading', actions: [assign(visited), visit, say('visitedLate')] },
          { target: 'reading', actions: [assign(visited), visit, say('visited')] },
        ],
      },
    },
    approaching: {
      entry: askStand,
      on: {
        'found.fairs.stand': [
          { guard: isNoStand, target: 'loading', actions: say('standGone') },
          { target: 'standing', actions: assign(found) },
        ],
      },
    },
    standing: {
      on: {
        SLOT: { target: 'booking', actions: assign({ slot: ({ event }) => event.slot }) },
        PAGE: { actions: assign({ slotPage: ({ event }) => event.page }) },
        DROP: { actions: [tell(leaveStand, leftStand), assign(dropped), say('dropped')] },
        BACK: 'loading',
        ...writtenTime,
      },
    },
    /** Looked up once more: the place may have gone meanwhile. */
    booking: {
      entry: askStand,
      on: {
        'found.fairs.stand': [
          { guard: isNoStand, target: 'loading', actions: say('standGone') },
          {
            guard: isFree,
            target: 'booked',
            actions: [
              assign(found),
              tell(bookSlot, ({ context }) => ({
                fair: fairIdIn(context),
                stand: context.standId ?? '',
                slot: context.slot ?? 0,
              })),
            ],
          },
          { guard: isMine, target: 'standing', actions: [assign(found), say('alreadyMine')] },
          { guard: isEnough, target: 'standing', actions: [assign(found), say('enough')] },
          { guard: isClash, target: 'standing', actions: [assign(found), say('clash')] },
          { guard: isPast, target: 'standing', actions: [assign(found), say('past')] },
          { target: 'standing', actions: [assign(found), say('taken')] },
        ],
      },
    },
    /** Says what was taken; the store knows of it when the turn is over. */
    booked: { on: { MINE: 'gathering', BACK: 'loading', ...writtenTime } },
    gathering: {
      entry: askFair,
      on: {
        'found.fairs.fair': [
          { guard: ({ event }) => event.data === null, target: 'listing', actions: say('gone') },
          { target: 'mine', actions: assign(seen) },
        ],
      },
    },
    mine: {
      on: {
        STAND: { target: 'approaching', actions: assign(aim) },
        DROP: { actions: [tell(leaveStand, leftStand), assign(dropped), say('dropped')] },
        LEAVE: 'leaving',
        BACK: 'loading',
      },
    },
    leaving: {
      on: {
        YES: {
          target: 'left',
          actions: [
            tell(leaveFair, ({ context }) => ({ fair: fairIdIn(context) })),
            tell(withdrawNotices, ({ context }) => ({ keyPrefix: noticePrefix(fairIdIn(context)) })),
          ],
        },
        BACK: 'loading',
      },
    },
    left: { on: { BACK: 'listing' } },
  },
})

function fairIdIn({ wanted }: Context): string {
  if (wanted === null) throw new Error('No fair is meant')
  return wanted
}

/** The hour that was written, where it may be one of the day of the fair; in minutes after midnight. */
const hourIn = oncePerEvent(({ text, turn }: On<'TEXT'>['event'], { view, language }: Sight): number | undefined => {
  const read = readHour(text, { now: turn.at, language })
  if (view === null || read === undefined) return undefined
  const isThatDay = read.day === null || compareDates(read.day, toLocal(view.fair.startsAt)) === 0
  return isThatDay ? read.minutes : undefined
})

type Sight = Pick<Context, 'view' | 'language'>

function slotNamed({ context, event }: On<'TEXT'>): number | undefined {
  const minutes = hourIn(event, { view: context.view, language: context.language })
  return context.stand?.slots.find(({ from }) => minutesOf(from) === minutes)?.slot
}

function minutesOf(at: number): number {
  const { hour, minute } = toLocal(at)
  return hour * 60 + minute
}

function namesSlot(given: On<'TEXT'>): boolean {
  return slotNamed(given) !== undefined
}

function namesHour({ context, event }: On<'TEXT'>): boolean {
  return hourIn(event, { view: context.view, language: context.language }) !== undefined
}

function slotSaid(given: On<'TEXT'>): Change {
  return { slot: slotNamed(given) ?? null }
}

function aimAtOwn({ event }: On<'found.fairs.own'>): Change {
  return { wanted: event.data[0] ?? null, page: 0 }
}

function slotIn(data: On<'found.fairs.stand'>['event']['data'], wanted: number | null): Slot | undefined {
  return data?.slots.find(({ slot }) => slot === wanted)
}

function seen({ event }: On<'found.fairs.fair'>): Change {
  return { view: event.data, page: event.data?.stands.page ?? 0, now: event.turn.at }
}

/** The slots of another stand begin with those that are not over. */
function aim({ event }: On<'STAND'>): Change {
  return { standId: event.id, slotPage: 0 }
}

function found({ event }: On<'found.fairs.stand'>): Change {
  return { stand: event.data, now: event.turn.at }
}

function visited(given: On<'found.fairs.fair'>): Change {
  const { data } = given.event
  return { ...seen(given), view: data && { ...data, isMine: true } }
}

function leftStand({ context, event }: On<'DROP'>) {
  return { fair: fairIdIn(context), stand: event.stand }
}

/** As it stands when the turn is over: the slot has a free place again. */
function dropped({ context: { view, stand }, event }: On<'DROP'>): Change {
  return {
    view: view && { ...view, slots: view.slots.filter((slot) => slot.stand !== event.stand) },
    stand: stand && {
      ...stand,
      slots: stand.slots.map((slot) => (slot.state === 'mine' ? { ...slot, state: 'free' as const } : slot)),
    },
  }
}
