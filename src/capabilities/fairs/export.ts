import { z } from 'zod'
import { zone } from '../../../flows/common/regions.ts'
import { fact, line, section, Time } from '../export.ts'

const Visit = z.object({ fairId: z.string(), at: Time })
const Seat = z.object({ fairId: z.string(), slot: z.int(), at: Time })

/** Fairs that somebody has signed up for, the latest first. */
export const visitsSection = section('FairVisit', {
  title: { key: 'fairs:export.visits' },
  row: Visit,
  tell: ({ fairId, at }) => ({
    title: { key: 'fairs:export.fair', values: { id: fairId } },
    order: -at,
    lines: [fact({ key: 'fairs:export.signed' }, { moment: at, zone, style: 'date' })],
  }),
})

/** Slots that somebody has booked there. */
export const seatsSection = section('FairSeat', {
  title: { key: 'fairs:export.seats' },
  row: Seat,
  tell: ({ fairId, slot, at }) => ({
    title: { key: 'fairs:export.fair', values: { id: fairId } },
    order: -at,
    lines: [
      line({ key: 'fairs:export.slot', values: { number: slot + 1 } }),
      fact({ key: 'fairs:export.signed' }, { moment: at, zone, style: 'date' }),
    ],
  }),
})
