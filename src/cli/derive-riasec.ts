import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { Command } from 'commander'
import { Document, isPair, isScalar, parse, visit, type YAMLMap, type YAMLSeq } from 'yaml'
import { type Instrument, parseInstrument } from '../../flows/survey/instrument.ts'
import { derive } from './derive/derivation.ts'
import { buildInstrument } from './derive/fit.ts'
import { report } from './derive/report.ts'
import { readSample } from './derive/sample.ts'

const instruments = new URL('../../flows/survey/instruments/', import.meta.url)

/**
 * Derives the interest survey's quick items, weights and certainty from a CSV of answers (columns R1..C8, 1..5) and
 * writes riasec.yaml and riasec.report.md into `folder`. The same file and date give the same bytes.
 */
export function deriveRiasec(file: string, folder: URL, date?: string) {
  const bytes = readFileSync(file)
  const sample = readSample(bytes.toString('utf8'))
  const answers = createHash('sha256').update(bytes).digest('hex').slice(0, 16)
  const yaml = new URL('riasec.yaml', folder)
  const source = { date: date ?? knownDate(yaml, answers) ?? fileDate(file), people: sample.length, answers }
  const found = derive(sample)
  writeFileSync(yaml, toYaml(buildInstrument(found.items, found.model, source)))
  writeFileSync(new URL('riasec.report.md', folder), report(found, sample, source))
}

/** The date given when these very answers were used before. */
function knownDate(yaml: URL, answers: string): string | undefined {
  if (!existsSync(yaml)) return undefined
  try {
    const { source } = parseInstrument(parse(readFileSync(yaml, 'utf8')))
    return source?.answers === answers ? source.date : undefined
  } catch {
    return undefined // An unreadable older file is about to be replaced.
  }
}

function fileDate(file: string): string {
  return statSync(file).mtime.toISOString().slice(0, 10)
}

function toYaml(instrument: Instrument): string {
  const { id, version, scoring, source, scales, forms, ...rest } = instrument
  const document = new Document(
    { id, version, scoring, source, scales, ...rest, forms },
    { aliasDuplicateObjects: false },
  )
  visit(document, { Collection: (_, node) => oneLine(node) })
  const text = document.toString({ lineWidth: 140, flowCollectionPadding: true })
  return `# Written by npm run derive:riasec; riasec.report.md says how and for whom the figures hold.\n${text}`
}

/** Short collections of plain values read best on one line. */
function oneLine(node: YAMLMap | YAMLSeq) {
  const values = node.items.map((item) => (isPair(item) ? item.value : item))
  node.flow = values.length > 0 && values.every(isScalar)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  new Command('derive:riasec')
    .description('derive the interest survey’s figures from a CSV of answers')
    .argument('<file>', 'answers: columns R1..C8, whole numbers 1..5')
    .option('--date <date>', 'day the answers were taken, YYYY-MM-DD (default: as before, else the day of the file)')
    .action((file: string, options: { date?: string }) => deriveRiasec(file, instruments, options.date))
    .parse()
}
