import { z } from 'zod'
import { zone } from '../common/regions.ts'
import { defineNotice } from '../kit/notice.ts'
import { button, go, screen } from '../kit/screen.ts'
import type { Message, Translate } from '../kit/words.ts'
import type { Reminder } from './contract.ts'
import { whenLine } from './screens.ts'

/** A reminder that has come: `meantFor` is epoch ms, said where it comes late. */
export const DueValues = z.object({
  id: z.string(),
  what: z.string(),
  meantFor: z.int(),
  zone: z.string(),
  late: z.boolean(),
})
export type DueValues = z.infer<typeof DueValues>

/** What the person has done with it; `at` is when it comes again, epoch ms. */
export const DueAnswer = z.discriminatedUnion('act', [
  z.object({ act: z.literal('done') }),
  z.object({ act: z.literal('later'), at: z.int(), zone: z.string() }),
])
export type DueAnswer = z.infer<typeof DueAnswer>

/** The person chose the minute themselves, so it comes even in quiet hours. */
export const due = defineNotice<DueValues, DueAnswer>('reminders.due', {
  values: DueValues,
  priority: 'reminder',
  evenWhenQuiet: true,
  examples: [false, true].map((late) => ({ id: 'example', what: 'Example', meantFor: 0, zone, late })),
  screen: ({ values: { id, what, meantFor, zone, late }, t }) =>
    screen(
      [
        t('due.title', { what }),
        ...(late ? [t('due.late', { time: { moment: meantFor, zone, style: 'datetime' } })] : []),
      ],
      [act(t('done.label'), { id, act: 'done' }), opening(id, t)],
      [
        act(t('snooze.minutes'), { id, act: 'snooze', minutes: 10 }),
        act(t('snooze.hour'), { id, act: 'snooze', minutes: 60 }),
      ],
      [act(t('snooze.tomorrow'), { id, act: 'tomorrow' })],
    ),
  answering: {
    answer: DueAnswer,
    screen: ({ values: { id, what }, answer, t }) =>
      answer.act === 'done'
        ? screen(t('due.done', { what }), [opening(id, t)])
        : screen([t('due.title', { what }), [t('due.again'), whenLine(t, answer.at, answer.zone)]], [opening(id, t)]),
    already: ({ answer, t }) => t(`already.${answer.act}`),
    examples: [{ act: 'done' }, { act: 'later', at: 0, zone }],
  },
})

function opening(id: string, t: Translate) {
  return act(t('open'), { id, told: true })
}

function act(label: Message, input: unknown) {
  return button(label, go.open('reminders', input))
}

/** What the keys of all notices of one reminder begin with. */
export function noticePrefix(id: string): string {
  return `reminder:${id}:`
}

/** What `notice.answer` tells of a reminder: done, or to come again at its next time. */
export function answeredAs({ id, nextAt, zone }: Reminder, act: DueAnswer['act']) {
  const answer: DueAnswer = act === 'done' || nextAt === null ? { act: 'done' } : { act, at: nextAt, zone }
  return { keyPrefix: noticePrefix(id), answer }
}
