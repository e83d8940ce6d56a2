import { z } from 'zod'
import { zone } from '../../../flows/common/regions.ts'
import { translator } from '../../../flows/kit/words.ts'
import { states } from '../../../flows/offers/contract.ts'
import { Offer } from '../../../flows/offers/offer.ts'
import { fact, line, section, Time } from '../export.ts'

const t = translator('offers')
const Row = z.object({
  body: z.string().transform((text) => Offer.parse(JSON.parse(text))),
  state: z.enum(states),
  sentAt: Time,
})

/** What the person offered, the newest first. */
export const offersSection = section('Offer', {
  title: { key: 'offers:menu' },
  row: Row,
  tell: ({ body, state, sentAt }) => ({
    title: { key: 'common:value', values: { value: body.title } },
    order: -sentAt,
    lines: [
      line(t(`entry.${state}`, { title: body.title })),
      fact({ key: 'offers:short.description' }, body.description),
      fact({ key: 'offers:short.contact' }, body.contact),
      fact({ key: 'offers:export.sent' }, { moment: sentAt, zone, style: 'date' }),
    ],
  }),
})
