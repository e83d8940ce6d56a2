import { basename, extname } from 'node:path'
import { type Command, InvalidArgumentError } from 'commander'
import type { Normalise } from '../../../flows/vacancies/normalise/normalise.ts'
import { openStore } from '../../store/open.ts'
import { importInto, type Operator } from '../operator.ts'
import { createProfessionsByTitle } from '../professions/by-title.ts'
import { readCatalogue } from '../professions/seed.ts'
import { type ColumnMap, readColumnMap, WrongMap } from './files/columns.ts'
import { type FileRow, openVacancyFile, UnreadableFile } from './files/read.ts'
import { createIngest, digestOf, type Ingest, type Outcome, type Sighted } from './ingest.ts'
import { readKnowledge } from './knowledge.ts'

type Options = { readonly map?: ColumnMap; readonly source?: string; readonly dryRun?: boolean }

/** `import vacancies`: takes a list of vacancies in, and tells what became of each. */
export function addVacancyImport(program: Command, operator: Operator): void {
  importInto(program)
    .command('vacancies <file>')
    .description('take in a list of vacancies: CSV, XLSX, JSON, or a page of the API of HeadHunter')
    .option('--map <pairs>', 'which column holds what: title=Position,salary_from=Pay', columnMap)
    .option(
      '--source <name>',
      'what the list is called, so that the next one from there is known; its file’s name otherwise',
    )
    .option('--dry-run', 'only tell what would become of each row')
    .action(async (file: string, options: Options) => {
      try {
        await importFile(file, options, operator)
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

const outcomes = ['stored', 'changed', 'unchanged', 'merged', 'refused'] as const
type Counts = Record<(typeof outcomes)[number], number>

async function importFile(path: string, { map, source, dryRun = false }: Options, operator: Operator): Promise<void> {
  const { root, config, clock, write } = operator
  const knowledge = await readKnowledge(root)
  const file = await openVacancyFile(path, { fieldOf: knowledge.fieldOf, map })
  try {
    const { databaseUrl, dataKey } = config()
    const store = await openStore({ url: databaseUrl, key: dataKey, clock, exclusive: false, create: !dryRun })
    try {
      if (file.ignored.length > 0) write(`Columns left out: ${file.ignored.join(', ')}.`)
      const now = clock.now()
      const reader: Reader = {
        normalise: knowledge.normalise,
        given: {
          now,
          source: source ?? nameOf(path),
          professionsFor: createProfessionsByTitle(await readCatalogue(new URL('prisma/seed/', root))),
        },
      }
      const ingest = createIngest({ ...store, identityOf: knowledge.identityOf, now }, { rehearsal: dryRun })
      const counts = await takeRows(file.rows, { path, reader, ingest, write })
      write(outcomes.map((outcome) => `${outcome} ${counts[outcome]}`).join(', '))
      if (dryRun) write('Nothing was written: it was a dry run.')
    } finally {
      await store.close()
    }
  } finally {
    await file.close()
  }
}

/** The name of a list without what tells its day or number: the list of the next day is the same source. */
function nameOf(path: string): string {
  const stem = basename(path, extname(path))
  return (
    stem
      .replace(/[\d\s._()-]+/g, ' ')
      .trim()
      .slice(0, 64) || stem.slice(0, 64)
  )
}

type Reader = { readonly normalise: Normalise; readonly given: Parameters<Normalise>[1] }

type Taking = {
  readonly path: string
  readonly reader: Reader
  readonly ingest: Ingest
  readonly write: (line: string) => void
}

/** Vacancies of one transaction; with SQLite a running bot waits for it. */
const batchSize = 50

async function takeRows(rows: AsyncIterable<FileRow>, { path, reader, ingest, write }: Taking): Promise<Counts> {
  const counts: Counts = { stored: 0, changed: 0, unchanged: 0, merged: 0, refused: 0 }
  const count = (outcome: Outcome) => void counts[outcome]++
  let batch: Sighted[] = []
  for await (const row of rows) {
    const reading = read(row, reader)
    if (reading.type === 'refused') {
      counts.refused++
      write(`${path}:${row.line}: ${reading.why}`)
      continue
    }
    batch.push(reading)
    if (batch.length < batchSize) continue
    for (const outcome of await ingest(batch)) count(outcome)
    batch = []
  }
  for (const outcome of await ingest(batch)) count(outcome)
  return counts
}

type Reading = ({ readonly type: 'vacancy' } & Sighted) | { readonly type: 'refused'; readonly why: string }

function read(row: FileRow, { normalise, given }: Reader): Reading {
  if (row.type === 'refused') return row
  const normal = normalise(row.raw, given)
  return normal.type === 'refused' ? normal : { ...normal, digest: digestOf(row.raw) }
}
