import { dayLength } from '../common/calendar.ts'
import { regionRows } from '../common/choices.ts'
import { zone } from '../common/regions.ts'
import { longest, placeCounts, slotLengths } from '../fairs/fair.ts'
import { fairLines, placeLine, time, whenLine } from '../fairs/lines.ts'
import { short } from '../fairs/screens.ts'
import { back, home, inRows, pager, skip, toBack, waiting } from '../kit/buttons.ts'
import type { Screens, View } from '../kit/flow.ts'
import { button, go, screen } from '../kit/screen.ts'
import { type Message, marked, type Translate, translator, value } from '../kit/words.ts'
import { calendarRows } from '../reminders/picker.ts'
import { type FairmakingContext as Context, type FairmakingEvent as Event, fields, standFields } from './context.ts'
import { fairIn, firstHour, lastHour } from './draft.ts'

/** Slots with people in them that are written out; the sheet has all. */
const slotsShown = 24
const calendarWords = translator('reminders')

export const screens: Screens<Context, Event> = {
  listing,
  loading: waiting,
  reading,
  publishing: ({ t, context }) =>
    screen(
      [t('publishing.title'), ...previewOf(context), t('publishing.how')],
      [button(t('publishing.yes'), { type: 'YES' }, 'success')],
      [back(toBack), home()],
    ),
  reasoning: (view) => question(view, 'reasoning', longest.reason),
  counting: waiting,
  callingOff: waiting,
  cancelling: ({ t, context: { reason, made } }) =>
    screen(
      [t('cancelling.title', { reason: reason ?? '' }), t('cancelling.how', { count: made?.visitors ?? 0 })],
      [button(t('cancelling.yes'), { type: 'YES' }, 'danger')],
      [back(toBack), home()],
    ),
  dropping: ({ t }) =>
    screen(t('dropping.title'), [button(t('dropping.yes'), { type: 'YES' }, 'danger')], [back(toBack), home()]),
  dropped: ({ t }) => screen(t('dropped'), [button(t('toList'), toBack), home()]),
  naming: (view) => question(view, 'naming', longest.title),
  placing: ({ t, context: { draft } }) =>
    screen(t('placing'), ...regionRows(draft.region ?? undefined), [back(toBack), home()]),
  addressing: (view) => question(view, 'addressing', longest.place),
  picking: ({ t, context }) =>
    screen(
      [
        ...problemOf(t, context),
        t('picking.title'),
        calendarWords(`month.${context.month.month}`, { year: context.month.year }),
      ],
      // Today is too late for a fair.
      ...calendarRows(calendarWords, { ...context, now: context.now + dayLength, draft: { zone } }),
      [back(toBack), home()],
    ),
  starting: (view) => hours(view, 'starting', firstHour),
  ending: (view) => hours(view, 'ending', Math.floor((view.context.draft.from ?? firstHour * 60) / 60) + 1),
  noting: ({ t, context }) =>
    screen(
      [...problemOf(t, context), t('noting', { count: longest.note })],
      [skip({ type: 'SKIP' })],
      [back(toBack), home()],
    ),
  confirming: ({ t, context }) =>
    screen(
      [
        t('confirming.title'),
        ...draftLines(context),
        ...lossOf(t, context),
        ...(isPublished(context) ? [t('confirming.told')] : []),
      ],
      [button(t('confirming.save'), { type: 'SAVE' }, 'success')],
      [button(t('edit'), { type: 'EDIT' }), button(t('cancel'), { type: 'CANCEL' })],
    ),
  choosing: ({ t }) =>
    screen(
      t('choosing'),
      ...inRows(
        fields.map((field) => button(t(`field.${field}`), { type: 'FIELD' as const, field })),
        2,
      ),
      [back(toBack), home()],
    ),
  approaching: waiting,
  standing,
  droppingStand: waiting,
  savingStand: waiting,
  saving: waiting,
  standDropping: ({ t, context }) =>
    screen(
      [t('standDropping.title', { employer: context.stand?.stand.employer ?? '' }), ...lossOf(t, context)],
      [button(t('standDropping.yes'), { type: 'YES' }, 'danger')],
      [back(toBack), home()],
    ),
  employing: (view) => question(view, 'employing', longest.employer),
  offering: ({ t, context }) =>
    screen(
      [...problemOf(t, context), t('offering', { count: longest.offers })],
      [skip({ type: 'SKIP' })],
      [back(toBack), home()],
    ),
  measuring: ({ t, context }) =>
    screen(
      [...problemOf(t, context), t('measuring')],
      ...inRows(
        slotLengths.map((count) =>
          button(marked(t('minutes', { count }), context.standDraft.minutes === count), {
            type: 'LENGTH' as const,
            count,
          }),
        ),
        2,
      ),
      [back(toBack), home()],
    ),
  seating: ({ t, context }) =>
    screen(
      [...problemOf(t, context), t('seating')],
      ...inRows(
        placeCounts.map((count) =>
          button(marked(value(count), context.standDraft.places === count), { type: 'PLACES' as const, count }),
        ),
        3,
      ),
      [back(toBack), home()],
    ),
  gathering: ({ t, context: { stand, standDraft } }) =>
    screen(
      t('gathering'),
      ...(stand?.openings ?? []).map(({ id, title }) => [
        button(marked(value(short(title)), standDraft.vacancies.includes(id)), { type: 'TOGGLE' as const, id }),
      ]),
      [button(t('done'), { type: 'SAVE' }, 'primary')],
      [back(toBack), home()],
    ),
  standConfirming: ({ t, context }) =>
    screen(
      [t('confirming.title'), standLines(t, context.standDraft), ...lossOf(t, context)],
      [button(t('confirming.save'), { type: 'SAVE' }, 'success')],
      [back(toBack), button(t('cancel'), { type: 'CANCEL' })],
    ),
}

function listing({ t, context: { list, now } }: View<Context>) {
  const { items, page, pages, total } = list
  return screen(
    [
      total === 0 ? t('listing.none') : t('listing.title', { count: total }),
      ...items.map((fair) => [
        { key: 'fairs:listing.item', values: { title: fair.title } },
        whenLine(fair),
        placeLine(fair),
        t(`state.${stateOf(fair, now)}`),
      ]),
    ],
    ...items.map(({ id, title }) => [button(value(short(title)), { type: 'OPEN' as const, id })]),
    pager(page, pages, t('fairs:earlier'), t('fairs:later')),
    [button(t('listing.add'), { type: 'ADD' }, 'primary')],
    [back(go.leave), home()],
  )
}

/** What it is called; that it is over is told by the clock. */
function stateOf({ state, endsAt }: { readonly state: string; readonly endsAt: number }, now: number): string {
  return state === 'published' && endsAt <= now ? 'over' : state
}

function reading({ t, context }: View<Context>) {
  const { made, now } = context
  if (made === null) return waiting()
  const { fair, visitors, seats, stands } = made
  const state = stateOf(fair, now)
  const isDraft = state === 'draft'
  const isAlive = isDraft || state === 'published'
  return screen(
    [
      ...previewOf(context),
      [t(`state.${state}`), ...(fair.reason === null ? [] : [t('fairs:reason', { reason: fair.reason })])],
      ...(isDraft ? [] : [[t('reading.visitors', { count: visitors }), t('reading.seats', { count: seats })]]),
      stands.total === 0 ? t('reading.noStands') : t('reading.stands', { count: stands.total }),
    ],
    isDraft ? [button(t('reading.publish'), { type: 'PUBLISH' as const }, 'success')] : [],
    ...stands.items.map(({ stand, taken, all }) => [
      button(t('reading.stand', { employer: short(stand.employer, 32), taken, all }), {
        type: 'STAND' as const,
        id: stand.id,
      }),
    ]),
    pager(stands.page, stands.pages, t('fairs:earlier'), t('fairs:later')),
    isAlive
      ? [button(t('reading.add'), { type: 'ADD_STAND' as const }), button(t('edit'), { type: 'EDIT' as const })]
      : [],
    isDraft ? [button(t('reading.drop'), { type: 'DROP' as const }, 'danger')] : [],
    state === 'published' ? [button(t('reading.callOff'), { type: 'CALL_OFF' as const }, 'danger')] : [],
    [button(t('toList'), toBack), home()],
  )
}

function standing({ t, context: { stand: seen, made, now } }: View<Context>) {
  if (seen === null || made === null) return waiting()
  const { stand, slots, openings } = seen
  const busy = slots.filter(({ taken }) => taken > 0)
  const isAlive = made.fair.state !== 'cancelled' && made.fair.endsAt > now
  return screen(
    [
      standLines(t, stand),
      busy.length === 0 ? t('standing.nobody') : t('standing.people'),
      busy
        .slice(0, slotsShown)
        .map(({ from, to, taken }) =>
          t('standing.slot', { from: time(from), to: time(to), taken, places: stand.places }),
        ),
      ...(isAlive ? [t('choosing')] : []),
    ],
    ...(isAlive
      ? inRows(
          standFields.map((field) => button(t(`standField.${field}`), { type: 'STAND_FIELD' as const, field })),
          2,
        )
      : []),
    isAlive && openings.length > 0 ? [button(t('standing.vacancies'), { type: 'VACANCIES' as const })] : [],
    [button(t('standing.sheet'), { type: 'SHEET' })],
    isAlive ? [button(t('standing.drop'), { type: 'DROP' as const }, 'danger')] : [],
    [button(t('fairs:toFair'), toBack), home()],
  )
}

type StandShown = {
  readonly employer: string | null
  readonly offers: string | null
  readonly minutes: number | null
  readonly places: number | null
  readonly vacancies: readonly string[]
}

function standLines(t: Translate, { employer, offers, minutes, places, vacancies }: StandShown): Message[] {
  return [
    t('fairs:title', { title: employer ?? '' }),
    ...(offers === null ? [] : [value(offers)]),
    t('stand.slots', { length: t('minutes', { count: minutes ?? 0 }), places: places ?? 0 }),
    ...(vacancies.length === 0 ? [] : [t('stand.vacancies', { count: vacancies.length })]),
  ]
}

function previewOf({ made }: Context) {
  return made === null ? [] : fairLines(made.fair)
}

function draftLines(context: Context) {
  const fair = fairIn(context, 'new')
  return fair === null ? [] : fairLines(fair)
}

/** How many lose a time, where anybody does. */
function lossOf(t: Translate, { losers }: Context): Message[] {
  return losers === 0 ? [] : [t('losers', { count: losers })]
}

function isPublished({ made }: Context): boolean {
  return made?.fair.state === 'published'
}

/** A question that is answered in writing; `count` is how long an answer may be. */
function question({ t, context }: View<Context>, key: string, count: number) {
  return screen([...problemOf(t, context), t(key, { count })], [back(toBack), home()])
}

function hours({ t, context }: View<Context>, key: 'starting' | 'ending', first: number) {
  const all = Array.from({ length: Math.max(0, lastHour - first + 1) }, (_, place) => first + place)
  const label = (hour: number): Message => ({
    key: 'common:hour',
    values: { hour: `${String(hour).padStart(2, '0')}:00` },
  })
  return screen(
    [...problemOf(t, context), t(key)],
    ...inRows(
      all.map((hour) => button(label(hour), { type: 'AT' as const, count: hour * 60 })),
      4,
    ),
    [back(toBack), home()],
  )
}

function problemOf(t: Translate, { problem }: Context): Message[] {
  return problem === null ? [] : [t(`problem.${problem}`)]
}
