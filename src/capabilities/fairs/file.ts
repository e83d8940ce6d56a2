import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { isValidDate, toUtc } from '../../../flows/common/calendar.ts'
import { foldText } from '../../../flows/common/letters.ts'
import { type Region, regions } from '../../../flows/common/regions.ts'
import { tidyLine, tidyText } from '../../../flows/common/tidy.ts'
import { type Fair, isWithinDay, longest, most, Stand, slotCount } from '../../../flows/fairs/fair.ts'
import { languages } from '../../../flows/kit/words.ts'

/** Finds a region by its number or its name in any language. */
export type RegionOf = (text: string) => Region | undefined

export async function readRegions(files: URL): Promise<RegionOf> {
  const byName = new Map<string, Region>(regions.map((region) => [region, region]))
  for (const language of languages) {
    const names: unknown = JSON.parse(await readFile(new URL(`locales/${language}/regions.json`, files), 'utf8'))
    const read = z.record(z.string(), z.string()).parse(names)
    for (const region of regions) byName.set(foldText(read[region] ?? ''), region)
  }
  return (text) => byName.get(foldText(text))
}

/** As what is written in the chat: without signs nobody sees, names on one line. */
const line = (length: number) => z.string().transform(tidyLine).pipe(z.string().min(1).max(length))
const lines = (length: number) => z.string().transform(tidyText).pipe(z.string().min(1).max(length))
const id = z.string().regex(/^[a-z0-9-]{1,48}$/, 'must be small Latin letters, digits and hyphens, 48 at most')

/** A day as `2026-05-20`, which YAML may have read as a date already. */
const Day = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d$/, 'must be a day such as 2026-05-20')
  .transform((text) => {
    const [year = 0, month = 0, day = 0] = text.split('-').map(Number)
    return { year, month, day }
  })
  .refine(isValidDate, 'is no day of the calendar')

const Hour = z
  .string()
  .regex(/^([01]?\d|2[0-3]):[0-5]\d$/, 'must be a time such as 10:00, in quotation marks')
  .transform((text) => {
    const [hour = 0, minute = 0] = text.split(':').map(Number)
    return { hour, minute }
  })

const StandInFile = z.strictObject({
  /** Only where one employer has two stands. */
  id: id.optional(),
  employer: line(longest.employer),
  offers: lines(longest.offers).nullable().default(null),
  minutes: Stand.shape.minutes.default(20),
  places: Stand.shape.places.default(1),
  /** Ids of vacancies that have been taken in, or their links. */
  vacancies: z.array(z.string().min(1).max(2_000)).max(most.vacancies).default([]),
})

/** A fair as a file describes it, in Kazakhstan’s time. */
export function fairFile(regionOf: RegionOf) {
  return z
    .strictObject({
      id,
      title: line(longest.title),
      region: z.union([z.string(), z.int().transform(String)]).transform((text, context) => {
        const region = regionOf(text)
        if (region === undefined) context.addIssue({ code: 'custom', message: `"${text}" is no region` })
        return region ?? z.NEVER
      }),
      place: line(longest.place),
      date: Day,
      from: Hour,
      to: Hour,
      note: lines(longest.note).nullable().default(null),
      stands: z.array(StandInFile).max(most.stands).default([]),
    })
    .transform(({ date, from, to, stands, ...rest }, context) => {
      const fault = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message })
      const times = { startsAt: toUtc({ ...date, ...from }), endsAt: toUtc({ ...date, ...to }) }
      if (!isWithinDay(times)) fault(['to'], 'must be later than "from" on the same day')
      const named = stands.map((stand) => ({ ...stand, id: stand.id ?? idOf(stand.employer) }))
      named.forEach((stand, place) => {
        if (named.findIndex((other) => other.id === stand.id) < place)
          fault(['stands', place, 'employer'], 'has a stand above already; give each of them an "id" of its own')
        if (slotCount(times, stand) === 0) fault(['stands', place, 'minutes'], 'is longer than the fair')
      })
      const fair: Fair = { ...rest, ...times, state: 'draft', reason: null }
      return { fair, stands: named }
    })
}

export type FairFile = z.output<ReturnType<typeof fairFile>>

/** The same stand is known by it when the file is taken in again. */
function idOf(employer: string): string {
  return foldText(employer).replaceAll(' ', '-').slice(0, 64) || 'stand'
}
