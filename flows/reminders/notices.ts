import { z } from 'zod'
import { zone } from '../common/regions.ts'
import { defineNotice } from '../kit/notice.ts'
import { button, go, screen } from '../kit/screen.ts'
import type { Message } from '../kit/words.ts'

/** A reminder that has come: `meantFor` is epoch ms, said where it comes late. */
export const DueValues = z.object({
  id: z.string(),
  what: z.string(),
  meantFor: z.int(),
  zone: z.string(),
  late: z.boolean(),
})
export type DueValues = z.infer<typeof DueValues>

/** The person chose the minute themselves, so it comes even in quiet hours. */
export const due = defineNotice<DueValues>('reminders.due', {
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
      [act(t('done.label'), { id, act: 'done' }), act(t('open'), { id, told: true })],
      [
        act(t('snooze.minutes'), { id, act: 'snooze', minutes: 10 }),
        act(t('snooze.hour'), { id, act: 'snooze', minutes: 60 }),
        act(t('snooze.tomorrow'), { id, act: 'tomorrow' }),
      ],
    ),
})

function act(label: Message, input: unknown) {
  return button(label, go.open('reminders', input))
}

/** What the keys of all notices of one reminder begin with. */
export function noticePrefix(id: string): string {
  return `reminder:${id}:`
}
