import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Command } from 'commander'
import { ContentError } from '../../flows/kit/content-error.ts'
import type { Likeness } from '../../flows/vacancies/scam/likeness.ts'
import { isHeld, type Offer, type ScamWords, signsOf } from '../../flows/vacancies/scam/signs.ts'
import { likenessFile, readScamWords, writtenLikeness } from '../capabilities/vacancies/scam.ts'
import { root } from '../config.ts'
import { type Case, readCases, readTables } from './derive/scam/cases.ts'
import { learn } from './derive/scam/learn.ts'
import { type Judged, type Part, report } from './derive/scam/report.ts'

const scam = 'flows/vacancies/scam/'

/** Offers that are never learned from, nor looked at when signs are written. */
const unseenFolders = ['first', 'second'].map((name) => `test/flows/vacancies/scam/unseen/${name}/`)

/**
 * Learns from the offers beside the signs and from the tables of the tests what offers that cheat are like, and writes
 * weights.json and report.md, which measures those of `test/flows/vacancies/scam/unseen` as well, and any other folders.
 * The same files give the same bytes.
 */
export async function deriveScam(files: URL, folders: readonly URL[] = []): Promise<string> {
  const unseen = [...unseenFolders.map((folder) => new URL(folder, files)), ...folders]
  const words = await readScamWords(files)
  const cases = [...readCases(new URL(`${scam}cases/`, files)), ...(await readTables(files))]
  const { likeness, apartFrom } = learn(cases, (text) => signsOf(offerOf(text), words))
  const apart = cases.map((one, at) => judge(one, words, apartFrom(at)))
  const others = unseen.flatMap((folder, at): Part => {
    const offers = readCases(folder).map((one) => judge(one, words, likeness))
    return { heading: `Offers nobody who wrote signs or cases had read, ${at + 1}`, about: aboutUnseen, offers }
  })
  const known = { heading: 'The cases, each judged by what was not learned from it', about: aboutKnown }
  const told = report(cases.length, [{ ...known, offers: apart.filter(({ kind }) => kind !== 'table') }, ...others])
  writeFileSync(new URL(likenessFile, files), writtenLikeness(likeness))
  writeFileSync(new URL(`${scam}report.md`, files), told)
  return told
}

const aboutKnown = 'Those who wrote them had read no sign; what was learned is judged on cases kept apart (five parts).'
const aboutUnseen = 'Only measured.'

function judge(one: Case, words: ScamWords, likeness: Likeness): Judged {
  const offer = offerOf(one.text)
  return {
    ...one,
    bySigns: isHeld(signsOf(offer, words)),
    byAll: isHeld(signsOf(offer, { ...words, likeness })),
  }
}

/** An offer of which there is the text only. */
function offerOf(description: string): Offer {
  return { title: '', description, employer: null, bin: null, pay: null, experience: null }
}

async function run({ unseen }: { unseen?: readonly string[] }): Promise<void> {
  try {
    const folders = (unseen ?? []).map((folder) => pathToFileURL(`${resolve(folder)}/`))
    console.log(await deriveScam(root, folders))
  } catch (error) {
    if (!(error instanceof ContentError)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await new Command('derive:scam')
    .description('Learns from the cases what offers that cheat are like, and writes weights.json and report.md')
    .option('--unseen <folders...>', 'folders of offers (<language>.tsv) that are only measured')
    .action(run)
    .parseAsync()
}
