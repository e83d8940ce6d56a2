import { z } from 'zod'
import { defineNotice } from '../kit/notice.ts'
import { button, go, type Navigation, screen } from '../kit/screen.ts'
import type { Translate } from '../kit/words.ts'

import type { Act } from './context.ts'
import { dayOf, jobLines, momentOf } from './lines.ts'

const Job = z.object({ id: z.string(), title: z.string(), employer: z.string().nullable() })
type Job = z.infer<typeof Job>
const Interview = z.object({
  ...Job.shape,
  at: z.int(),
  place: z.string().nullable(),
  when: z.enum(['evening', 'hours']),
})
type Interview = z.infer<typeof Interview>
const FirstDay = z.object({ ...Job.shape, at: z.int() })

const job: Job = { id: 'example', title: 'Example', employer: 'Example' }
const bare: Job = { ...job, employer: null }

/** An interview is near. The person set its hour, so it comes even in quiet hours. */
export const interviewSoon = defineNotice<Interview>('applications.interviewSoon', {
  values: Interview,
  priority: 'reminder',
  evenWhenQuiet: true,
  examples: [
    { ...job, at: 0, place: 'Example', when: 'evening' },
    { ...bare, at: 0, place: null, when: 'hours' },
  ],
  screen: ({ values, t }) =>
    screen(
      [
        t(`soon.${values.when}`),
        [
          ...jobLines(t, values),
          momentOf(values.at),
          ...(values.place === null ? [] : [t('place', { place: values.place })]),
        ],
        ...(values.when === 'evening' ? [t('bring')] : [t('soon.take')]),
      ],
      [button(t('open'), opening({ id: values.id }))],
      [button(t('places.rehearsal'), opening({ place: 'rehearsal', id: values.id }))],
    ),
})

/** The evening after an interview. */
export const howWasIt = defineNotice<Job>('applications.howWasIt', {
  values: Job,
  priority: 'nudge',
  canBeMuted: true,
  examples: [job, bare],
  screen: ({ values, t }) =>
    screen(
      [t('how.title'), jobLines(t, values), t('how.text')],
      [act(t, 'offer', values), act(t, 'refused', values)],
      [act(t, 'waiting', values), act(t, 'missed', values)],
    ),
})

/** A week has passed since the application. */
export const anyAnswer = defineNotice<Job>('applications.anyAnswer', {
  values: Job,
  priority: 'nudge',
  canBeMuted: true,
  examples: [job, bare],
  screen: ({ values, t }) =>
    screen(
      [t('answer.title'), jobLines(t, values), t('answer.text')],
      [act(t, 'invited', values), act(t, 'refused', values)],
      [act(t, 'silent', values)],
    ),
})

/** Tomorrow is the first day. */
export const firstDay = defineNotice<z.infer<typeof FirstDay>>('applications.firstDay', {
  values: FirstDay,
  priority: 'reminder',
  examples: [
    { ...job, at: 0 },
    { ...bare, at: 0 },
  ],
  screen: ({ values, t }) =>
    screen(
      [t('eve.title'), [...jobLines(t, values), dayOf(values.at)], t('eve.text')],
      [button(t('places.firstDay'), opening({ place: 'firstDay', id: values.id }))],
      [button(t('open'), opening({ id: values.id }))],
    ),
})

function act(t: Translate, name: Act, { id }: Job) {
  return button<Navigation>(t(`act.${name}`), opening({ id, act: name }))
}

function opening(input: unknown): Navigation {
  return go.open('applications', input)
}
