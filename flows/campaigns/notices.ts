import { z } from 'zod'
import { zone } from '../common/regions.ts'
import { defineNotice } from '../kit/notice.ts'
import { button, go, link, screen } from '../kit/screen.ts'
import { exampleWords, Words } from '../kit/words.ts'
import type { SurveyInput } from '../survey/context.ts'

const nudge = { priority: 'nudge', joins: true, canBeMuted: true } as const

/** What the calendar of public dates knows: the national test, applications for grants, admission to colleges. */
export const calendarKinds = ['test', 'grants', 'college'] as const
export type CalendarKind = (typeof calendarKinds)[number]

const Survey = z.object({ instrument: z.string() })

/** A survey was begun and left. */
export const paused = defineNotice<z.infer<typeof Survey>>('campaigns.paused', {
  ...nudge,
  values: Survey,
  examples: [{ instrument: 'riasec' }],
  screen: ({ values, t }) =>
    screen(t('paused.text'), [
      button(t('paused.goOn'), go.open('survey', { ...values, goOn: true } satisfies SurveyInput)),
    ]),
})

const Result = z.object({ instrument: z.string(), finishedAt: z.int() })

/** A result is half a year old. */
export const repeat = defineNotice<z.infer<typeof Result>>('campaigns.repeat', {
  ...nudge,
  values: Result,
  examples: [{ instrument: 'riasec', finishedAt: 0 }],
  screen: ({ values: { instrument, finishedAt }, t }) =>
    screen(t('repeat.text', { date: { moment: finishedAt, zone, style: 'date' } }), [
      button(t('repeat.open'), go.open('survey', { instrument })),
    ]),
})

const Nothing = z.object({})

/** Whether the age band still is right. */
export const age = defineNotice<z.infer<typeof Nothing>>('campaigns.age', {
  ...nudge,
  joins: false,
  values: Nothing,
  examples: [{}],
  screen: ({ t }) => screen(t('age.text'), [button(t('age.open'), go.open('campaigns', { about: 'age' }))]),
})

/** Somebody of age whose consent is another's. */
export const consent = defineNotice<z.infer<typeof Nothing>>('campaigns.consent', {
  ...nudge,
  joins: false,
  values: Nothing,
  examples: [{}],
  screen: ({ t }) => screen(t('consent.text'), [button(t('consent.open'), go.open('campaigns', { about: 'consent' }))]),
})

const PublicDate = z.object({
  stage: z.enum(['soon', 'open']),
  name: Words,
  /** Epoch ms within the first and the last day. */
  from: z.int(),
  until: z.int(),
  source: z.url(),
  checkedOn: z.int(),
})
export type PublicDate = z.infer<typeof PublicDate>

/** A public date that is near or has come, with where it was read and when. */
export const calendar = defineNotice<PublicDate>('campaigns.calendar', {
  ...nudge,
  priority: 'announcement',
  values: PublicDate,
  examples: (['soon', 'open'] as const).map((stage, until) => {
    return { stage, name: exampleWords, from: 0, until, source: 'https://example.org/', checkedOn: 0 }
  }),
  screen: ({ values: { stage, name, from, until, source, checkedOn }, t }) => {
    const date = (moment: number) => ({ moment, zone, style: 'date' as const })
    return screen(
      [
        t(`calendar.${stage}`, { name }),
        from === until
          ? t('calendar.day', { date: date(from) })
          : t('calendar.dates', { from: date(from), until: date(until) }),
        t('calendar.checked', { date: date(checkedOn) }),
      ],
      [link(t('calendar.source'), source)],
    )
  },
})
