import { isMentor } from '../common/person.ts'
import { back, home, inRows, pager, toBack, waiting } from '../kit/buttons.ts'
import type { Screens, View } from '../kit/flow.ts'
import { button, go, screen } from '../kit/screen.ts'
import { type Message, marked, type Translate, value } from '../kit/words.ts'
import { payLine } from '../vacancies/lines.ts'
import { listedButton } from '../vacancies/openings.ts'
import type { FairsContext as Context, FairsEvent as Event } from './context.ts'
import type { ListedStand, StandView } from './contract.ts'
import { isOpen, type Slot } from './fair.ts'
import { dayOf, placeLine, slotLine, time, whenLine } from './lines.ts'
import { remindersLeft } from './times.ts'

/** Slots on one page of a stand. */
const slotsShown = 12
/** Vacancies of a stand that have a button of their own. */
const jobsShown = 10
/** Signs of a name on a button. */
const shortLength = 40

export const screens: Screens<Context, Event> = {
  young: ({ t }) => screen(t('young'), [button(t('toProfessions'), go.open('professions'))], [back(go.leave), home()]),
  listing,
  seeking: waiting,
  abandoning: waiting,
  loading: waiting,
  reading,
  visiting: waiting,
  approaching: waiting,
  standing,
  booking: waiting,
  booked,
  gathering: waiting,
  mine,
  leaving: ({ t, context: { view } }) =>
    screen(
      t('leaving.title', { title: view?.fair.title ?? '' }),
      [button(t('leaving.yes'), { type: 'YES' }, 'danger')],
      [back(toBack), home()],
    ),
  left: ({ t, context: { view } }) =>
    screen(t('left', { title: view?.fair.title ?? '' }), [button(t('toList'), toBack), home()]),
}

function listing({ t, context: { list }, person }: View<Context>) {
  const { items, page, pages, total } = list
  return screen(
    [
      total === 0 ? t('listing.none') : t('listing.title', { count: total }),
      ...items.map((fair) => [
        t(fair.isMine ? 'listing.mine' : 'listing.item', { title: fair.title }),
        whenLine(fair),
        placeLine(fair),
      ]),
    ],
    ...items.map(({ id, title }) => [button(value(short(title)), { type: 'OPEN' as const, id })]),
    pager(page, pages, t('earlier'), t('later')),
    isMentor(person) ? [button(t('toMaking'), go.open('fairmaking'))] : [],
    [back(go.leave), home()],
  )
}

function reading({ t, context: { view, now } }: View<Context>) {
  if (view === null) return waiting()
  const { fair, isMine, slots, stands } = view
  const isOver = fair.state === 'published' && fair.endsAt <= now
  const open = isOpen(fair, now)
  return screen(
    [
      t('title', { title: fair.title }),
      ...(fair.state === 'cancelled' ? [[t('isCancelled'), ...reasonOf(t, fair.reason)]] : []),
      ...(isOver ? [t('isOver')] : []),
      [whenLine(fair), placeLine(fair)],
      ...(fair.note === null ? [] : [t('note', { note: fair.note })]),
      ...(open && isMine ? [mineLine(t, slots.length)] : []),
      ...(isOver && slots.length > 0 ? [[t('mine.slots'), ...slots.map(slotLine)]] : []),
      ...(isOver && stands.total > 0 ? [t('reading.over')] : []),
      ...(open ? [stands.total === 0 ? t('reading.noStands') : t('reading.how', { count: stands.total })] : []),
    ],
    open && !isMine ? [button(t('reading.visit'), { type: 'VISIT' as const }, 'success')] : [],
    open && isMine ? [button(t('reading.mySlots'), { type: 'MINE' as const }, 'primary')] : [],
    ...(open ? stands.items.map((stand) => [standButton(t, stand)]) : []),
    ...(isOver ? metFirst(stands.items).map((stand) => [nameButton(stand)]) : []),
    open || isOver ? pager(stands.page, stands.pages, t('earlier'), t('later')) : [],
    open && isMine ? [button(t('reading.leave'), { type: 'LEAVE' as const })] : [],
    [button(t('toList'), toBack), home()],
  )
}

function mineLine(t: Translate, count: number): Message {
  return count === 0 ? t('reading.mineOnly') : t('reading.mine', { count })
}

/** Whom one has met stands first. */
function metFirst(stands: readonly ListedStand[]): readonly ListedStand[] {
  return [...stands.filter(({ mine }) => mine !== null), ...stands.filter(({ mine }) => mine === null)]
}

function nameButton({ id, employer, mine }: ListedStand) {
  return button(marked(value(short(employer)), mine !== null), { type: 'STAND' as const, id })
}

function standButton(t: Translate, { id, employer, free, mine }: ListedStand) {
  if (mine !== null) return nameButton({ id, employer, free, mine })
  return button(t('reading.stand', { employer: short(employer), free }), { type: 'STAND' as const, id })
}

function standing(given: View<Context>) {
  const { t, context } = given
  const { view, stand: seen, slotPage, now } = context
  if (view === null || seen === null) return waiting()
  if (view.fair.endsAt <= now) return met(given, seen)
  const { stand, slots, jobs } = seen
  const mine = slots.find(({ state }) => state === 'mine')
  const free = slots.filter(({ state }) => state === 'free')
  const clashes = slots.filter(({ state }) => state === 'clash').length
  const pages = Math.max(1, Math.ceil(free.length / slotsShown))
  const page = Math.min(slotPage, pages - 1)
  return screen(
    [
      t('title', { title: stand.employer }),
      ...(stand.offers === null ? [] : [value(stand.offers)]),
      jobs.length === 0 ? [] : [t('standing.jobs'), ...jobs.flatMap(jobLines)],
      ...(mine === undefined ? [] : [t('standing.mine', { from: time(mine.from), to: time(mine.to) })]),
      free.length > 0 ? t('standing.how', { count: stand.minutes }) : t(emptyKey(slots)),
      ...(free.length > 0 && clashes > 0 ? [t('standing.clashes', { count: clashes })] : []),
    ],
    jobs.length === 0
      ? []
      : [
          listedButton(
            jobs.map(({ id }) => id),
            stand.employer,
          ),
        ],
    ...inRows(
      free
        .slice(page * slotsShown, (page + 1) * slotsShown)
        .map(({ slot, from }) => button(value(time(from)), { type: 'SLOT' as const, slot })),
      4,
    ),
    pager(page, pages, t('earlier'), t('later')),
    mine === undefined ? [] : [button(t('standing.drop'), { type: 'DROP' as const, stand: stand.id })],
    [button(t('toFair'), toBack), home()],
  )
}

/** A stand of a fair that is over: what one has asked for there is noted with one press. */
function met({ t }: View<Context>, { stand, slots, jobs }: StandView) {
  const mine = slots.find(({ state }) => state === 'mine')
  const others = jobs.slice(0, jobsShown)
  return screen(
    [
      t('title', { title: stand.employer }),
      ...(stand.offers === null ? [] : [value(stand.offers)]),
      ...(mine === undefined ? [] : [t('met.mine', { from: time(mine.from), to: time(mine.to) })]),
      t(jobs.length === 0 ? 'met.noJobs' : 'met.jobs'),
    ],
    ...others.map(({ id, title }) => [
      button(value(short(title)), go.open('applications', { vacancy: { id, title, employer: stand.employer } })),
    ]),
    [button(t('met.other'), go.open('applications'))],
    [button(t('toFair'), toBack), home()],
  )
}

function jobLines({ title, pay }: StandView['jobs'][number]): Message[] {
  return [{ key: 'common:bullet', values: { text: short(title, 80) } }, payLine(pay)]
}

/** Why there is nothing to choose. */
function emptyKey(slots: readonly Slot[]): string {
  return slots.some(({ state }) => state === 'clash') ? 'standing.clash' : 'standing.full'
}

function booked({ t, context: { view, stand: seen, slot: wanted, now } }: View<Context>) {
  const slot = seen?.slots.find(({ slot }) => slot === wanted)
  if (view === null || seen === null || slot === undefined) return waiting()
  const others = view.slots.filter(({ stand }) => stand !== seen.stand.id)
  const left = remindersLeft(view.fair, Math.min(slot.from, ...others.map(({ from }) => from)), now)
  return screen(
    [
      t('booked.title'),
      [t('booked.day', dayOf(slot.from)), slotLine({ ...slot, employer: seen.stand.employer }), placeLine(view.fair)],
      ...(left === 'none' ? [] : [t(`booked.remind.${left}`)]),
      t('booked.how'),
    ],
    [button(t('booked.more'), toBack)],
    [button(t('reading.mySlots'), { type: 'MINE' }), home()],
  )
}

function mine({ t, context: { view } }: View<Context>) {
  if (view === null) return waiting()
  const { fair, slots } = view
  return screen(
    [
      t('mine.title', { title: fair.title }),
      [whenLine(fair), placeLine(fair)],
      slots.length === 0 ? [t('mine.none')] : [t('mine.slots'), ...slots.map(slotLine)],
      [t('bring.title'), ...['paper', 'cv', 'pen', 'questions'].map((thing) => t(`bring.${thing}`))],
    ],
    ...slots.map(({ stand, employer }) => [button(value(short(employer)), { type: 'STAND' as const, id: stand })]),
    [button(t('reading.leave'), { type: 'LEAVE' })],
    [button(t('toFair'), toBack), home()],
  )
}

function reasonOf(t: Translate, reason: string | null): Message[] {
  return reason === null ? [] : [t('reason', { reason })]
}

/** The beginning of a name, whole letters only. */
export function short(text: string, length = shortLength): string {
  const letters = [...text]
  return letters.length <= length
    ? text
    : `${letters
        .slice(0, length - 1)
        .join('')
        .trimEnd()}…`
}
