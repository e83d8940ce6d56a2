import { once } from 'node:events'
import { createWriteStream, existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { finished } from 'node:stream/promises'
import { type Command, Option } from 'commander'
import { parse } from 'yaml'
import { type Form, formItems, type Instrument, parseInstrument } from '../../flows/survey/instrument.ts'
import { scoreAnswers, UnscorableAnswers } from '../../flows/survey/scoring.ts'
import type { CliDeps } from './deps.ts'
import { cells, type Header, readHeader } from './score/table.ts'

type Options = { instrument: string; form: Form; in: string; out: string }

/** Something the operator can put right; its message is shown without a stack. */
class Unusable extends Error {}

/** Adds `score`: scores a CSV of answers, row by row, into another CSV. Use `parseAsync` on the program. */
export function addScore(program: Command, deps: CliDeps): void {
  program
    .command('score')
    .description('score a CSV of survey answers (one column per item; an empty cell was not asked)')
    .requiredOption('--instrument <id>', 'which survey, for example riasec')
    .addOption(new Option('--form <form>', 'quick items only, or all').choices(['quick', 'full']).makeOptionMandatory())
    .requiredOption('--in <file>', 'answers: a header with item ids, then one person a line')
    .requiredOption('--out <file>', 'where the scores go')
    .action(async (options: Options) => {
      try {
        await score(options, deps)
      } catch (error) {
        if (!(error instanceof Unusable)) throw error
        deps.fail(error.message)
      }
    })
}

async function score({ instrument: id, form, in: from, out: to }: Options, deps: CliDeps) {
  const instrument = loadInstrument(deps.root, id)
  checkFiles(from, to)
  const file = await open(from)
  const counts = await scoreLines(file.readLines({ encoding: 'utf8' }), to, { instrument, form, from, deps })
  const sum = `${counts.scored} rows scored, ${counts.failed} with an error (see the last column of ${to}).`
  if (counts.scored > 0) deps.write(sum)
  else deps.fail(`No row could be scored. ${counts.failed > 0 ? sum : `${from} has a header but no rows.`}`)
}

type Task = { instrument: Instrument; form: Form; from: string; deps: CliDeps }
type Counts = { scored: number; failed: number }

async function scoreLines(lines: AsyncIterable<string>, to: string, task: Task): Promise<Counts> {
  const counts = { scored: 0, failed: 0 }
  let header: Header | undefined
  let output: ReturnType<typeof createWriteStream> | undefined
  let number = 0
  for await (const line of lines) {
    number++
    if (line.trim() === '' || line === '\uFEFF') continue
    if (!header || !output) {
      header = headerOf(line, task)
      output = createWriteStream(to)
      output.write(`${['line', ...task.instrument.scales, ...OUTCOME].join(',')}\n`)
      continue
    }
    const row = scoreRow(line, header, task)
    counts[row.type]++
    if (!output.write(`${number},${row.text}\n`)) await once(output, 'drain')
  }
  if (!output) throw new Unusable(`${task.from} is empty. Its first line must name the columns: ${example(task)}.`)
  output.end()
  await finished(output)
  return counts
}

const OUTCOME = ['top1', 'top2', 'probability', 'differentiated', 'error']

function headerOf(line: string, { instrument, form, from, deps }: Task): Header {
  const known = instrument.items.map((item) => item.id)
  if (line.includes('\u0000') || line.includes('\uFFFD'))
    throw new Unusable(`${from} is not a UTF-8 text file. Save it as "CSV UTF-8".`)
  const header = readHeader(line, known)
  const missing = formItems(instrument, form).filter((item) => !header.columns.has(item))
  if (header.twice.length > 0)
    throw new Unusable(`${from}: the columns ${header.twice.join(', ')} stand twice; keep one.`)
  if (missing.length > 0) {
    throw new Unusable(
      `${from}: the ${form} form of ${instrument.id} needs columns that line 1 does not name: ${missing.join(', ')}. ` +
        `Line 1 must hold the item ids, for example ${example({ instrument, form })}.`,
    )
  }
  if (header.ignored.length > 0) deps.write(`Ignored columns: ${header.ignored.join(', ')}.`)
  return header
}

function example({ instrument, form }: Pick<Task, 'instrument' | 'form'>): string {
  return `${formItems(instrument, form).slice(0, 4).join(',')},…`
}

function scoreRow(line: string, header: Header, { instrument, form }: Task): { type: keyof Counts; text: string } {
  try {
    const answers = readAnswers(line, header, formItems(instrument, form))
    const { scores, ranking, differentiated } = scoreAnswers(instrument, answers, form)
    const [first, second] = ranking
    // A flat profile is never given a type.
    const named = differentiated ? [first?.scale, second?.scale, first?.probability.toFixed(4)] : ['', '', '']
    const values = instrument.scales.map((scale) => scores[scale]?.toFixed(4))
    return { type: 'scored', text: [...values, ...named, differentiated, ''].join(',') }
  } catch (error) {
    if (!(error instanceof UnscorableAnswers)) throw error
    const empty = [...instrument.scales, ...OUTCOME].map(() => '').slice(1)
    return { type: 'failed', text: [...empty, `"${error.message.replaceAll('"', '""')}"`].join(',') }
  }
}

function readAnswers(line: string, header: Header, items: readonly string[]): Record<string, number> {
  const row = cells(line, header.delimiter)
  if (!row) throw new UnscorableAnswers('a quotation mark is not closed')
  if (row.length !== header.width) {
    throw new UnscorableAnswers(`${row.length} cells where the header has ${header.width}`)
  }
  const answers: Record<string, number> = {}
  for (const item of items) {
    const text = row[header.columns.get(item) ?? -1]?.trim() ?? ''
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

function checkFiles(from: string, to: string) {
  if (!existsSync(from)) throw new Unusable(`There is no file ${from}. Give the path of the answers with --in.`)
  if (!statSync(from).isFile()) throw new Unusable(`${from} is not a file. Give the path of a CSV with --in.`)
  if (resolve(from) === resolve(to)) throw new Unusable('--in and --out name the same file; scores need another one.')
  if (!existsSync(dirname(resolve(to)))) throw new Unusable(`There is no folder ${dirname(to)}. Create it for --out.`)
}
