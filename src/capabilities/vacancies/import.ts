import { randomUUID } from 'node:crypto'
import { basename, extname } from 'node:path'
import { type Command, InvalidArgumentError } from 'commander'
import type { IdentityOf } from '../../../flows/vacancies/merge.ts'
import type { Doubt, Given, Normalise } from '../../../flows/vacancies/normalise/normalise.ts'
import { longest, Sighting } from '../../../flows/vacancies/vacancy.ts'
import { StoreError } from '../../engine/store-error.ts'
import { openStore } from '../../store/open.ts'
import { importInto, type Operator } from '../operator.ts'
import { createProfessionsByTitle } from '../professions/by-title.ts'
import { readCatalogue } from '../professions/seed.ts'
import { createDoubts, type Doubts } from './doubts.ts'
import { type ColumnMap, readColumnMap, WrongMap } from './files/columns.ts'
import { type FileRow, openVacancyFile, UnreadableFile } from './files/read.ts'
import { createForecast, createIngest, digestOf, type Ingest, type Outcome, type Sighted } from './ingest.ts'
import { type Knowledge, readKnowledge } from './knowledge.ts'

type Options = { readonly map?: ColumnMap; readonly source?: string; readonly dryRun?: boolean }

/** What rows are read with. */
export type ImportTools = Knowledge & Pick<Given, 'professionsFor'>

export async function readImportTools(root: URL): Promise<ImportTools> {
  const catalogue = await readCatalogue(new URL('prisma/seed/', root))
  return { ...(await readKnowledge(root)), professionsFor: createProfessionsByTitle(catalogue) }
}

/** `import vacancies`: takes a list of vacancies in, and tells what became of each. */
export function addVacancyImport(program: Command, operator: Operator, readTools = readImportTools): void {
  importInto(program)
    .command('vacancies <file>')
    .description('take in a list of vacancies: CSV, XLSX, JSON, or a page of the API of HeadHunter')
    .option('--map <pairs>', 'which column holds what: title=Position,salary_from=Pay', columnMap)
    .option(
      '--source <name>',
      'what the list is called, so that the next one from there is known; its file’s name otherwise',
      sourceName,
    )
    .option('--dry-run', 'only tell what would become of each row')
    .action(async (file: string, options: Options) => {
      try {
        await importFile(file, options, operator, await readTools(operator.root))
      } catch (error) {
        if (!(error instanceof UnreadableFile)) throw error
        operator.fail(error.message)
      }
    })
}

function columnMap(text: string): ColumnMap {
  try {
    return readColumnMap(text)
  } catch (error) {
    if (error instanceof WrongMap) throw new InvalidArgumentError(error.message)
    throw error
  }
}

function sourceName(text: string): string {
  const name = Sighting.shape.source.safeParse(text.trim())
  if (name.success) return name.data
  throw new InvalidArgumentError(
    `Give the list a name of 1 to ${longest.source} signs; this one has ${text.trim().length}.`,
  )
}

const outcomes = ['stored', 'changed', 'unchanged', 'merged', 'refused'] as const
type Counts = Record<(typeof outcomes)[number], number>

async function importFile(
  path: string,
  { map, source, dryRun = false }: Options,
  operator: Operator,
  { fieldOf, identityOf, normalise, professionsFor }: ImportTools,
): Promise<void> {
  const { clock, write } = operator
  const file = await openVacancyFile(path, { fieldOf, map })
  try {
    const now = clock.now()
    const opened = await openIngest(operator, { identityOf, now, dryRun })
    try {
      if (file.ignored.length > 0) write(`Columns left out: ${file.ignored.join(', ')}.`)
      const reader: Reader = { normalise, given: { now, source: source ?? nameOf(path), professionsFor } }
      const doubts = createDoubts()
      const counts = await takeRows(file.rows, { path, reader, ingest: opened.ingest, doubts, write })
      for (const line of doubts.told()) write(line)
      write(outcomes.map((outcome) => `${outcome} ${counts[outcome]}`).join(', '))
      if (dryRun) write('Nothing was written: it was a dry run.')
    } finally {
      await opened.close()
    }
  } finally {
    await file.close()
  }
}

type Opened = { readonly ingest: Ingest; close(): Promise<void> }

type Opening = { readonly identityOf: IdentityOf; readonly now: number; readonly dryRun: boolean }

/** A dry run makes no database: where there is none, it tells what would become of the rows in an empty one. */
async function openIngest({ config, clock, write }: Operator, { identityOf, now, dryRun }: Opening): Promise<Opened> {
  const { databaseUrl, dataKey } = config()
  try {
    const store = await openStore({ url: databaseUrl, key: dataKey, clock, exclusive: false, create: !dryRun })
    return { ingest: createIngest({ ...store, identityOf, now }, { rehearsal: dryRun }), close: store.close }
  } catch (error) {
    if (!dryRun || !(error instanceof StoreError) || error.reason !== 'missing') throw error
    write(`${error.message} Until then every vacancy counts as new.`)
    return { ingest: createForecast({ identityOf, newId: randomUUID, now }), close: async () => {} }
  }
}

/** The name of a list without what tells its day or number: the list of the next day is the same source. */
function nameOf(path: string): string {
  const stem = basename(path, extname(path))
  return (
    stem
      .replace(/[\d\s._()-]+/g, ' ')
      .trim()
      .slice(0, longest.source) || stem.slice(0, longest.source)
  )
}

type Reader = { readonly normalise: Normalise; readonly given: Given }

type Taking = {
  readonly path: string
  readonly reader: Reader
  readonly ingest: Ingest
  readonly doubts: Doubts
  readonly write: (line: string) => void
}

/** Vacancies of one transaction; with SQLite a running bot waits for it. */
const batchSize = 50

async function takeRows(
  rows: AsyncIterable<FileRow>,
  { path, reader, ingest, doubts, write }: Taking,
): Promise<Counts> {
  const counts: Counts = { stored: 0, changed: 0, unchanged: 0, merged: 0, refused: 0 }
  const count = (outcome: Outcome) => void counts[outcome]++
  let batch: Sighted[] = []
  for await (const row of rows) {
    const reading = read(row, reader)
    if (reading.type === 'refused') {
      counts.refused++
      write(`${path}${row.where}: ${reading.why}`)
      continue
    }
    doubts.add(`${path}${row.where}`, reading.doubts)
    batch.push(reading)
    if (batch.length < batchSize) continue
    for (const outcome of await ingest(batch)) count(outcome)
    batch = []
  }
  for (const outcome of await ingest(batch)) count(outcome)
  return counts
}

type Reading =
  | ({ readonly type: 'vacancy'; readonly doubts: readonly Doubt[] } & Sighted)
  | { readonly type: 'refused'; readonly why: string }

function read(row: FileRow, { normalise, given }: Reader): Reading {
  if (row.type === 'refused') return row
  const normal = normalise(row.raw, given)
  return normal.type === 'refused' ? normal : { ...normal, digest: digestOf(row.raw) }
}
