import { z } from 'zod'
import { RawVacancy } from '../../flows/vacancies/vacancy.ts'
import { createProfessionsByTitle } from '../../src/capabilities/professions/by-title.ts'
import { readCatalogue } from '../../src/capabilities/professions/seed.ts'
import { closeGone } from '../../src/capabilities/sources/close.ts'
import { digestOf, takeVacancies } from '../../src/capabilities/vacancies/ingest.ts'
import { readKnowledge } from '../../src/capabilities/vacancies/knowledge.ts'
import { root } from '../../src/config.ts'
import type { Stage } from '../support/stage.ts'

/** A vacancy in a source's own words, as far as a story says them. */
export const Published = z.strictObject({
  title: z.string(),
  employer: z.string().default('Үлгі асхана'),
  region: z.string().default('Астана'),
  town: z.string().default('Астана'),
  salary: z.string().nullable().default(null),
  schedule: z.string().nullable().default('5/2'),
  experience: z.string().nullable().default(null),
  description: z.string().default(''),
})
export type Published = z.infer<typeof Published>

const source = 'story'

/** Publishes a vacancy under a name of the story; under the same name once more it is changed. */
export async function publish(name: string, published: Published, { store, now }: Stage): Promise<void> {
  const { normalise, identityOf } = await readKnowledge(root)
  const professionsFor = createProfessionsByTitle(await readCatalogue(new URL('prisma/seed/', root)))
  const url = `https://jobs.example.org/${name}`
  const raw = RawVacancy.parse({ ...published, id: name, url })
  const read = normalise(raw, { now: now(), source, professionsFor })
  if (read.type === 'refused') throw new Error(`The vacancy ${name} is none: ${read.why}`)
  const sighted = [{ vacancy: read.vacancy, digest: digestOf(raw) }]
  await store.prisma.$transaction((transaction) =>
    takeVacancies(transaction, sighted, { ...store, identityOf, now: now() }),
  )
}

/** Takes it back, as its source does. Throws for one that was not published. */
export async function close(name: string, { store, now }: Stage): Promise<void> {
  const closed = await store.prisma.$transaction((transaction) =>
    closeGone(transaction, source, [{ id: name, url: null }], now()),
  )
  if (closed === 0) throw new Error(`No vacancy ${name} was published`)
}
