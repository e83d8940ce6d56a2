import { z } from 'zod'
import { defineNotice } from '../kit/notice.ts'
import { button, go, screen } from '../kit/screen.ts'
import type { Message, Translate } from '../kit/words.ts'
import { MySlot } from './contract.ts'
import { exampleFair, Fair } from './fair.ts'
import { dayOf, placeLine, slotLine, time, whenLine } from './lines.ts'

const About = Fair.pick({ id: true, title: true, region: true, place: true, startsAt: true, endsAt: true })
const Mine = z.object({ ...About.shape, slots: z.array(MySlot.pick({ employer: true, from: true, to: true })) })
const about = About.parse(exampleFair())
const slot = { employer: 'Example', from: about.startsAt, to: about.endsAt }

const SoonValues = z.object({ ...Mine.shape, when: z.enum(['eve', 'soon']) })
/** The evening before, and two hours ahead: they signed up for it, and a fair at eight is over once quiet hours are. */
export const soon = defineNotice<z.infer<typeof SoonValues>>('fairs.soon', {
  values: SoonValues,
  priority: 'reminder',
  evenWhenQuiet: true,
  examples: [
    { ...about, when: 'eve', slots: [slot] },
    { ...about, when: 'soon', slots: [] },
  ],
  screen: ({ values, t }) =>
    screen(
      [
        t(`soon.${values.when}`, { title: values.title }),
        [whenLine(values), placeLine(values)],
        values.slots.length === 0 ? [] : [t('mine.slots'), ...values.slots.map(slotLine)],
        t('bring.short'),
      ],
      [opening(t, values.id)],
    ),
})

/** What of a fair may be otherwise than visitors know it. */
export const changedParts = ['name', 'when', 'place', 'note'] as const
const Span = MySlot.pick({ employer: true, from: true, to: true })

const ChangedValues = z.object({
  ...Mine.shape,
  note: Fair.shape.note.default(null),
  /** Whether a slot of theirs is gone, which those are, and whether another is free for them. */
  lost: z.boolean(),
  gone: z.array(Span).default([]),
  isFree: z.boolean().default(true),
  changes: z.array(z.enum(changedParts)).default([]),
  /** When it was to be, where that is another time now. */
  was: Fair.pick({ startsAt: true, endsAt: true }).nullable().default(null),
})
/** What about it is otherwise than when they signed up, and which slots of theirs are gone. */
export const changed = defineNotice<z.infer<typeof ChangedValues>>('fairs.changed', {
  values: ChangedValues,
  priority: 'alert',
  examples: [
    {
      ...{ ...about, note: 'Example', lost: false, gone: [], isFree: true, slots: [slot] },
      ...{ changes: [...changedParts], was: { startsAt: about.startsAt, endsAt: about.endsAt } },
    },
    { ...about, note: null, lost: true, gone: [slot], isFree: true, slots: [], changes: ['note'], was: null },
    { ...about, note: null, lost: true, gone: [slot], isFree: false, slots: [], changes: [], was: null },
  ],
  screen: ({ values, t }) =>
    screen(
      [
        t('changed.title', { title: values.title }),
        [whenLine(values), placeLine(values)],
        values.changes.flatMap((part) => changeLines(t, part, values)),
        values.gone.map(({ employer, from, to }) => t('changed.gone', { employer, from: time(from), to: time(to) })),
        values.slots.length === 0 ? [] : [t('mine.slots'), ...values.slots.map(slotLine)],
        ...(values.lost ? [t(values.isFree ? 'changed.choose' : 'changed.noneFree')] : []),
      ],
      [opening(t, values.id)],
    ),
})

function changeLines(
  t: Translate,
  part: (typeof changedParts)[number],
  { was, note }: Pick<z.infer<typeof ChangedValues>, 'was' | 'note'>,
): Message[] {
  if (part === 'note' && note !== null) return [t('note', { note })]
  if (part !== 'when') return [t(`changed.${part}`)]
  return was === null
    ? []
    : [t('changed.when', { ...dayOf(was.startsAt), from: time(was.startsAt), to: time(was.endsAt) })]
}

const CancelledValues = z.object({ ...About.shape, reason: z.string().nullable() })
export const cancelled = defineNotice<z.infer<typeof CancelledValues>>('fairs.cancelled', {
  values: CancelledValues,
  priority: 'alert',
  examples: [
    { ...about, reason: 'Example' },
    { ...about, reason: null },
  ],
  screen: ({ values, t }) =>
    screen(
      [
        t('cancelled.title', { title: values.title }),
        whenLine(values),
        ...(values.reason === null ? [] : [t('reason', { reason: values.reason })]),
      ],
      [button(t('others'), go.open('fairs'))],
    ),
})

const AfterValues = About.pick({ id: true, title: true })
/** The evening after. */
export const after = defineNotice<z.infer<typeof AfterValues>>('fairs.after', {
  values: AfterValues,
  priority: 'nudge',
  canBeMuted: true,
  examples: [{ id: about.id, title: about.title }],
  screen: ({ values: { id, title }, t }) =>
    screen(
      [t('after.title', { title }), t('after.how')],
      [button(t('after.applied'), go.open('fairs', { id }))],
      [button(t('after.remember'), go.open('reminders'))],
    ),
})

const NewValues = z.object({ ...About.shape, stands: z.int() })
/** There will be a fair in one's region, or next to it. */
export const announced = defineNotice<z.infer<typeof NewValues>>('fairs.new', {
  values: NewValues,
  priority: 'announcement',
  canBeMuted: true,
  examples: [
    { ...about, stands: 3 },
    { ...about, stands: 0 },
  ],
  screen: ({ values, t }) =>
    screen(
      [
        t('new.title', { title: values.title }),
        [whenLine(values), placeLine(values)],
        ...(values.stands === 0 ? [] : [t('standCount', { count: values.stands })]),
      ],
      [opening(t, values.id)],
    ),
})

/** What the keys of all notices of one fair begin with. */
export function noticePrefix(fairId: string): string {
  return `fair:${fairId}:`
}

function opening(t: Translate, id: string) {
  return button(t('open'), go.open('fairs', { id }))
}
