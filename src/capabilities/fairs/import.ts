import type { Command } from 'commander'
import type { Stand } from '../../../flows/fairs/fair.ts'
import { ContentError } from '../../../flows/kit/content-error.ts'
import { readChecked } from '../../base/content-files.ts'
import { faultyFields, type Problem, readSource } from '../../base/content-source.ts'
import { openStore, type Store } from '../../store/open.ts'
import { importInto, type Operator } from '../operator.ts'
import { type FairFile, fairFile, readRegions } from './file.ts'
import { changeFair, publish } from './making.ts'
import { fairOf, type KeptFair } from './rows.ts'

type Options = { readonly publish?: boolean; readonly dryRun?: boolean }

/** `import fair`: takes a fair in with all its stands, or the changes of one. */
export function addFairImport(program: Command, operator: Operator): void {
  importInto(program)
    .command('fair <file>')
    .description('take in a vacancy fair with its stands from a YAML file; see fair.example.yaml')
    .option('--publish', 'let people see it and sign up at once; otherwise it is a draft until somebody publishes it')
    .option('--dry-run', 'only check the file')
    .action(async (file: string, options: Options) => {
      try {
        await importFair(file, options, operator)
      } catch (error) {
        if (!(error instanceof ContentError)) throw error
        operator.fail(error.message)
      }
    })
}

async function importFair(path: string, options: Options, { root, config, clock, write }: Operator): Promise<void> {
  const file = await readChecked(path, fairFile(await readRegions(root)))
  const now = clock.now()
  if (file.fair.endsAt <= now) {
    throw faultyFields(await readSource(path), [
      { path: ['date'], message: 'is over; give a day that is still to come' },
    ])
  }
  const { databaseUrl, dataKey } = config()
  const store = await openStore({ url: databaseUrl, key: dataKey, clock, exclusive: false })
  try {
    const stands = await withVacancies(store, file, path)
    write(`${file.fair.title}: stands ${stands.length}, vacancies ${stands.flatMap((one) => one.vacancies).length}`)
    if (options.dryRun === true) write('Nothing was written: it was a dry run.')
    else write(await takeIn(store, { ...file, stands }, now, options.publish === true))
  } finally {
    await store.close()
  }
}

/** The stands with the ids of their vacancies. Throws a ContentError that names those nobody knows. */
async function withVacancies({ prisma }: Store, { stands }: FairFile, path: string): Promise<Stand[]> {
  const named = [...new Set(stands.flatMap(({ vacancies }) => vacancies))]
  const byId = await prisma.vacancy.findMany({ where: { id: { in: named } }, select: { id: true } })
  const byUrl = await prisma.vacancySighting.findMany({
    where: { url: { in: named } },
    select: { url: true, vacancyId: true },
  })
  const known = new Map([
    ...byUrl.map(({ url, vacancyId }) => [url, vacancyId] as const),
    ...byId.map(({ id }) => [id, id] as const),
  ])
  const problems: Problem[] = stands.flatMap(({ vacancies }, stand) =>
    vacancies.flatMap((name, place) =>
      known.has(name)
        ? []
        : [{ path: ['stands', stand, 'vacancies', place], message: 'is no vacancy here; import vacancies first' }],
    ),
  )
  if (problems.length > 0) throw faultyFields(await readSource(path), problems)
  return stands.map((stand) => ({
    ...stand,
    vacancies: [...new Set(stand.vacancies.flatMap((name) => known.get(name) ?? []))],
  }))
}

/** What became of it, in words. */
function takeIn(store: Store, { fair, stands }: KeptFair, now: number, isPublished: boolean): Promise<string> {
  return store.prisma.$transaction(async (transaction) => {
    const before = await fairOf(transaction, store, fair.id)
    if (before?.fair.state === 'cancelled')
      throw new ContentError(`The fair "${fair.id}" was cancelled; use another id`)
    const isChanged = await changeFair(transaction, store, fair.id, now, () => ({
      fair: { ...fair, state: before?.fair.state ?? 'draft' },
      stands,
    }))
    const isNew = isPublished && (await publish(transaction, fair.id, now))
    const state = isNew || before?.fair.state === 'published' ? 'published' : 'a draft'
    const what = before === undefined ? 'stored' : isChanged ? 'changed' : 'unchanged'
    return `${what}, ${state}`
  })
}
