import { z } from 'zod'
import type { Fields } from './columns.ts'

const text = z.string().nullish()
const Named = z.object({ id: text, name: text }).nullish()

/**
 * A vacancy in a list or on a card of HeadHunter's API (https://api.hh.ru/openapi, as recorded in 2025–26). What we do
 * not use is not looked at.
 */
export const HeadHunterItem = z.object({
  id: z.string(),
  name: z.string(),
  area: z.object({ id: z.string(), name: z.string() }),
  alternate_url: text,
  archived: z.boolean().nullish(),
  employer: Named,
  salary: z
    .object({ from: z.number().nullish(), to: z.number().nullish(), currency: text, gross: z.boolean().nullish() })
    .nullish(),
  salary_range: z
    .object({
      from: z.number().nullish(),
      to: z.number().nullish(),
      currency: text,
      gross: z.boolean().nullish(),
      mode: Named,
    })
    .nullish(),
  experience: Named,
  employment: Named,
  employment_form: Named,
  schedule: Named,
  work_format: z.array(z.object({ id: text, name: text })).nullish(),
  work_schedule_by_days: z.array(z.object({ id: text, name: text })).nullish(),
  working_hours: z.array(z.object({ id: text, name: text })).nullish(),
  fly_in_fly_out_duration: z.array(z.object({ id: text, name: text })).nullish(),
  night_shifts: z.boolean().nullish(),
  internship: z.boolean().nullish(),
  published_at: text,
})
export type HeadHunterItem = z.infer<typeof HeadHunterItem>

/** Title, figures and link: its terms allow no more, so descriptions and snippets are left where they are. */
export function fieldsOfHeadHunter(item: HeadHunterItem): Fields {
  const pay = item.salary_range ?? item.salary
  return {
    id: item.id,
    url: item.alternate_url ?? null,
    title: item.name,
    employer: item.employer?.name ?? null,
    town: item.area.name,
    salaryFrom: written(pay?.from),
    salaryTo: written(pay?.to),
    currency: pay?.currency ?? null,
    gross: written(pay?.gross),
    salaryPeriod: item.salary_range?.mode?.id ?? null,
    experience: item.experience?.id ?? null,
    employment: (item.internship && 'internship') || (item.employment_form?.id ?? item.employment?.id ?? null),
    schedule: scheduleOf(item),
    hours: item.working_hours?.map(({ name }) => name).join(', ') || null,
    format: item.work_format?.map(({ id }) => id).join(', ') || null,
    published: item.published_at ?? null,
  }
}

function written(value: number | boolean | null | undefined): string | null {
  return value === null || value === undefined ? null : String(value)
}

/** Its words are read together: nights and rotation stand in fields of their own there. */
function scheduleOf(item: HeadHunterItem): string | null {
  const days = item.work_schedule_by_days?.map(({ name }) => name) ?? []
  const parts = [
    ...days,
    item.schedule?.id,
    item.night_shifts ? 'night shifts' : undefined,
    (item.fly_in_fly_out_duration?.length ?? 0) > 0 ? 'fly_in_fly_out' : undefined,
  ]
  return parts.filter(Boolean).join(', ') || null
}
