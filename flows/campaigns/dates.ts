import { z } from 'zod'
import { calendarKinds } from './notices.ts'

const day = z.iso.date('must be a day such as 2027-07-13')
const words = z.string().trim().min(1).max(100)

/** A public date as flows/campaigns/calendar/README.md describes it; days are `YYYY-MM-DD` in Kazakhstan. */
export const calendarDateSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words and numbers joined by hyphens'),
    kind: z.enum(calendarKinds),
    from: day,
    until: day,
    words: z.strictObject({ kk: words, ru: words, en: words }),
    source: z.url({ protocol: /^https$/, error: 'must be an https:// address' }),
    checkedOn: day,
    validYear: z.int().min(2020).max(2100),
  })
  .refine(({ from, until }) => from <= until, { path: ['until'], error: 'must not be before `from`' })
  .refine(({ from, validYear }) => from.startsWith(`${validYear}-`), {
    path: ['from'],
    error: 'must lie in the year of `validYear`',
  })
  .refine(({ until, validYear }) => until.startsWith(`${validYear}-`), {
    path: ['until'],
    error: 'must lie in the year of `validYear`',
  })
export type CalendarDate = z.infer<typeof calendarDateSchema>
