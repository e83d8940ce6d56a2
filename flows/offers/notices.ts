import { z } from 'zod'
import { defineNotice } from '../kit/notice.ts'
import { button, go, screen } from '../kit/screen.ts'
import { quoted } from '../kit/words.ts'
import type { OffersInput } from './context.ts'
import { Returned, reasons } from './contract.ts'

const to = (input: OffersInput) => go.open('offers', input)

/** To mentors: an offer waits for one of them. */
export const waitingNotice = defineNotice('offers.waiting', {
  values: z.object({}),
  priority: 'announcement',
  canBeMuted: true,
  examples: [{}],
  screen: ({ t }) => screen([t('notice.waiting')], [button(t('notice.look'), to({ waiting: true }), 'primary')]),
})

/** To mentors: vacancies were held back, and nobody has looked. */
export const reviewNotice = defineNotice('offers.review', {
  values: z.object({ count: z.int() }),
  priority: 'announcement',
  canBeMuted: true,
  examples: [{ count: 1 }, { count: 12 }],
  screen: ({ values: { count }, t }) =>
    screen([t('notice.review', { number: count })], [button(t('notice.look'), to({ review: true }), 'primary')]),
})

/** To the author: what became of the offer. */
export const answeredNotice = defineNotice('offers.answered', {
  values: z.object({ id: z.string(), title: z.string(), returned: Returned.nullable() }),
  priority: 'reply',
  examples: [
    { id: 'example', title: 'Example', returned: null },
    ...reasons.map((reason) => ({ id: 'example', title: 'Example', returned: { reason, words: 'Example' } })),
  ],
  screen: ({ values: { id, title, returned }, t }) =>
    returned === null
      ? screen([t('notice.approved', { title })], [button(t('notice.open'), to({ id }))])
      : screen(
          [
            t('notice.returned', { title }),
            [t(`reason.${returned.reason}`), ...(returned.words === null ? [] : [quoted(returned.words)])],
          ],
          [button(t('notice.mend'), to({ id }), 'primary')],
        ),
})
