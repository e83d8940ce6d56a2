import { z } from 'zod'
import { defineNotice } from '../kit/notice.ts'
import { button, go, screen } from '../kit/screen.ts'
import type { Translate } from '../kit/words.ts'
import { MySlot } from './contract.ts'
import { exampleFair, Fair } from './fair.ts'
import { placeLine, slotLine, whenLine } from './lines.ts'

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

const ChangedValues = z.object({ ...Mine.shape, lost: z.boolean() })
/** Something about it is otherwise than when they signed up, or a slot of theirs is gone. */
export const changed = defineNotice<z.infer<typeof ChangedValues>>('fairs.changed', {
  values: ChangedValues,
  priority: 'alert',
  examples: [
    { ...about, lost: false, slots: [slot] },
    { ...about, lost: true, slots: [] },
  ],
  screen: ({ values, t }) =>
    screen(
      [
        t('changed.title', { title: values.title }),
        [whenLine(values), placeLine(values)],
        values.slots.length === 0 ? [] : [t('mine.slots'), ...values.slots.map(slotLine)],
        ...(values.lost ? [t('changed.lost')] : []),
      ],
      [opening(t, values.id)],
    ),
})

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
  screen: ({ values: { title }, t }) =>
    screen(
      [t('after.title', { title }), t('after.how')],
      [button(t('after.applied'), go.open('applications'))],
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
