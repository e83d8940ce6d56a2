import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import {
  closeSync,
  createWriteStream,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { finished } from 'node:stream/promises'
import { type Command, Option } from 'commander'
import { parse } from 'yaml'
import { type Form, formItems, type Instrument, parseInstrument } from '../../../flows/survey/instrument.ts'
import { scoreAnswers, UnscorableAnswers } from '../../../flows/survey/scoring.ts'
import { type Row, readTable } from '../../base/table.ts'
import type { Operator } from '../operator.ts'
import { type ItemColumns, itemColumnsOf } from './score/columns.ts'

type Options = { readonly instrument: string; readonly form: Form; readonly in: string; readonly out: string }

/** Something the operator can put right; its message is shown without a stack. */
class Unusable extends Error {}

/** Adds `score`: scores a CSV of answers, row by row, into another CSV. Use `parseAsync` on the program. */
export function addScore(program: Command, operator: Pick<Operator, 'root' | 'write' | 'fail'>): void {
  program
    .command('score')
    .description('score a CSV of survey answers (one column per item; an empty cell was not asked)')
    .requiredOption('--instrument <id>', 'which survey, for example riasec')
    .addOption(new Option('--form <form>', 'quick items only, or all').choices(['quick', 'full']).makeOptionMandatory())
    .requiredOption('--in <file>', 'answers: a header with item ids, then one person a line')
    .requiredOption('--out <file>', 'where the scores go')
    .action(async (options: Options) => {
      try {
        await score(options, operator)
      } catch (error) {
        if (!(error instanceof Unusable)) throw error
        operator.fail(error.message)
      }
    })
}

async function score(
  { instrument: id, form, in: from, out: to }: Options,
  operator: Pick<Operator, 'root' | 'write' | 'fail'>,
) {
  const instrument = loadInstrument(operator.root, id)
  const place = checkFiles(from, to, headOf(instrument))
  const file = await open(from)
  try {
    const items = idsOf(instrument)
    const table = await readTable(file.readLines({ encoding: 'utf8' }), (name) => items.includes(name))
    if (table === undefined)
      throw new Unusable(`${from} is empty. Its first line must name the columns: ${example({ instrument, form })}.`)
    const task = { instrument, form, from, operator }
    const header = itemColumnsOf(table.header, items)
    checkHeader(header, task)
    const held = existsSync(place)
    const counts = await writeScores({ header, rows: table.rows }, place, task)
    if (held && counts.scored + counts.failed > 0) operator.write(`The scores that ${to} held before are replaced.`)
    report(counts, { from, to, operator })
  } finally {
    await file.close()
  }
}

type Task = {
  readonly instrument: Instrument
  readonly form: Form
  readonly from: string
  readonly operator: Pick<Operator, 'root' | 'write' | 'fail'>
}
/** The answers as they come, and where the items stand in them. */
type Table = { readonly header: ItemColumns; readonly rows: AsyncIterable<Row> }
type Counts = { readonly scored: number; readonly failed: number }

function report(
  { scored, failed }: Counts,
  { from, to, operator }: { from: string; to: string; operator: Pick<Operator, 'root' | 'write' | 'fail'> },
) {
  const sum = `${scored} rows scored, ${failed} with an error (see the last column of ${to}).`
  if (scored > 0) operator.write(sum)
  else operator.fail(`No row could be scored. ${failed > 0 ? sum : `${from} has a header but no rows.`}`)
}

/** The scores stand under their name when all are written, and not before. */
async function writeScores(table: Table, place: string, task: Task): Promise<Counts> {
  const partial = `${place}.${randomUUID()}.partial`
  try {
    const counts = await writeRows(table, partial, task)
    if (counts.scored + counts.failed > 0) await rename(partial, place)
    return counts
  } finally {
    await rm(partial, { force: true })
  }
}

async function writeRows({ header, rows }: Table, to: string, task: Task): Promise<Counts> {
  const counts = { scored: 0, failed: 0 }
  // What people answered is for nobody but whoever asked for it.
  const output = createWriteStream(to, { flags: 'wx', mode: 0o600 })
  output.write(`${headOf(task.instrument)}\n`)
  for await (const row of rows) {
    const { type, text } = scoreRow(row, header, task)
    counts[type]++
    if (!output.write(`${row.line},${text}\n`)) await once(output, 'drain')
  }
  output.end()
  await finished(output)
  return counts
}

function headOf({ scales }: Instrument): string {
  return ['line', ...scales, ...outcomeColumns].join(',')
}

const outcomeColumns = ['top1', 'top2', 'probability', 'differentiated', 'error']

function idsOf(instrument: Instrument): string[] {
  return instrument.items.map((item) => item.id)
}

function checkHeader(header: ItemColumns, { instrument, form, from, operator }: Task) {
  if (header.ignored.some((name) => name.includes('\u0000') || name.includes('\uFFFD')))
    throw new Unusable(`${from} is not a UTF-8 text file. Save it as "CSV UTF-8".`)
  const missing = formItems(instrument, form).filter((item) => !header.columns.has(item))
  if (header.twice.length > 0)
    throw new Unusable(`${from}: the columns ${header.twice.join(', ')} stand twice; keep one.`)
  if (missing.length > 0) {
    const { line } = header
    throw new Unusable(
      `${from}: the ${form} form of ${instrument.id} needs columns that line ${line} does not name: ` +
        `${missing.join(', ')}. Line ${line} must hold the item ids, for example ${example({ instrument, form })}.`,
    )
  }
  if (header.ignored.length > 0) operator.write(`Ignored columns: ${header.ignored.join(', ')}.`)
}

function example({ instrument, form }: Pick<Task, 'instrument' | 'form'>): string {
  return `${formItems(instrument, form).slice(0, 4).join(',')},…`
}

function scoreRow(row: Row, header: ItemColumns, { instrument, form }: Task): { type: keyof Counts; text: string } {
  try {
    const answers = readAnswers(row, header, formItems(instrument, form))
    const { scores, ranking, differentiated } = scoreAnswers(instrument, answers, form)
    const [first, second] = ranking
    // A flat profile is never given a type.
    const named = differentiated ? [first?.scale, second?.scale, first?.probability.toFixed(4)] : ['', '', '']
    const values = instrument.scales.map((scale) => scores[scale]?.toFixed(4))
    return { type: 'scored', text: [...values, ...named, differentiated, ''].join(',') }
  } catch (error) {
    if (!(error instanceof UnscorableAnswers)) throw error
    const empty = [...instrument.scales, ...outcomeColumns].map(() => '').slice(1)
    return { type: 'failed', text: [...empty, `"${error.message.replaceAll('"', '""')}"`].join(',') }
  }
}

function readAnswers({ cells }: Row, header: ItemColumns, items: readonly string[]): Record<string, number> {
  if (!cells) throw new UnscorableAnswers('a quotation mark is not closed')
  if (cells.length !== header.width) {
    throw new UnscorableAnswers(`${cells.length} cells where the header has ${header.width}`)
  }
  const answers: Record<string, number> = {}
  for (const item of items) {
    const text = cells[header.columns.get(item) ?? -1]?.trim() ?? ''
    if (text === '') continue
    const answer = Number(text)
    if (!Number.isFinite(answer))
      throw new UnscorableAnswers(`${item} is "${text.slice(0, 20)}", which is not a number`)
    answers[item] = answer
  }
  return answers
}

function loadInstrument(root: URL, id: string): Instrument {
  const folder = new URL('flows/survey/instruments/', root)
  const known = readdirSync(folder).filter((name) => name.endsWith('.yaml'))
  if (!known.includes(`${id}.yaml`)) {
    const names = known.map((name) => name.replace(/\.yaml$/, '')).join(', ')
    throw new Unusable(`There is no survey "${id}". Known are: ${names}.`)
  }
  return parseInstrument(parse(readFileSync(new URL(`${id}.yaml`, folder), 'utf8')))
}

/** The real place for the scores: a folder that is there, no file but scores of before, and never the answers. */
function checkFiles(from: string, to: string, head: string): string {
  if (!existsSync(from)) throw new Unusable(`There is no file ${from}. Give the path of the answers with --in.`)
  if (!statSync(from).isFile()) throw new Unusable(`${from} is not a file. Give the path of a CSV with --in.`)
  if (!existsSync(dirname(resolve(to)))) throw new Unusable(`There is no folder ${dirname(to)}. Create it for --out.`)
  if (!existsSync(to)) return resolve(to)
  if (isSameFile(from, to)) throw new Unusable('--in and --out name the same file; scores need another one.')
  if (!holdsScores(to, head))
    throw new Unusable(`${to} is there already and holds no scores of this survey. Give --out the name of a new file.`)
  return realpathSync(to)
}

/** By what the names lead to: a link or another spelling is the same file. */
function isSameFile(one: string, other: string): boolean {
  const [first, second] = [one, other].map((path) => statSync(path, { bigint: true }))
  return first?.dev === second?.dev && first?.ino === second?.ino
}

function holdsScores(path: string, head: string): boolean {
  if (!statSync(path).isFile()) return false
  const file = openSync(path, 'r')
  try {
    const beginning = Buffer.alloc(Buffer.byteLength(head) + 1)
    readSync(file, beginning)
    return beginning.toString('utf8') === `${head}\n`
  } finally {
    closeSync(file)
  }
}
