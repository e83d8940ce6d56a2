import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { dayLength } from '../../flows/common/calendar.ts'
import { pruneLog } from './deletion-log.ts'
import { deletionsKept } from './deletions.ts'
import { realPath } from './files.ts'
import { replacedDatabases, replacedOf } from './replaced.ts'

/** What stands beside a copy: the log of deletions as it was then. */
export const logSuffix = '.forgotten'
/** What the name of a copy in the making ends with. */
export const partialSuffix = '.partial'

/** Days and weeks of which the newest backup is kept. */
export const keptDays = 7
export const keptWeeks = 4
/** No copy made by the program itself grows older, in ms: four weeks and a begun one. People are promised 40 days. */
const backupsKept = 35 * dayLength
/** Databases that a restore has replaced, kept at most. */
const keptReplaced = 3

/**
 * The name of a backup made at `at` (epoch ms): `serik-1f0c9a2e-2026-03-01T12-00-00Z.db`, or with `by-hand` before the
 * time. The digest is of the database's path: several databases may share a folder.
 */
export function backupName(file: string, at: number, isByHand = false): string {
  return `${backupStem(file)}-${isByHand ? 'by-hand-' : ''}${stampOf(at)}.db`
}

/** What the names of all backups of one database begin with, and those of no other. */
export function backupStem(file: string): string {
  const path = realPath(file)
  return `${basename(path).replace(/\.\w+$/, '')}-${createHash('sha256').update(path).digest('hex').slice(0, 8)}`
}

/** The name under which a database is kept that a restore replaces at `at`: `serik.db.replaced-2026-03-01T12-00-00Z`. */
export function replacedName(file: string, at: number): string {
  return replacedOf(file) + stampOf(at)
}

/** When a copy was made by its name, epoch ms; undefined when the name does not say. */
export function timeOf(name: string): number | undefined {
  const match = /(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)Z(-\d+)?(\.db)?$/.exec(name)
  const time = match === null ? Number.NaN : Date.parse(`${match[1]}T${match[2]}:${match[3]}:${match[4]}Z`)
  return Number.isNaN(time) ? undefined : time
}

/**
 * Deletes the backups the program has made of this database and does not keep, and databases replaced long ago; returns
 * how many. What was made by hand, belongs to another database or has another name is left alone. The logs of deletions
 * beside all backups of this database forget what is not to be remembered any more.
 */
export async function rotateBackups(folder: string, file: string, now: number): Promise<number> {
  const names = readdirSync(folder)
  const stem = backupStem(file)
  const isOurs = (name: string) => name.startsWith(`${stem}-`) && automatic.test(name.slice(stem.length + 1))
  const superfluous = superfluousBackups(names.filter(isOurs), now)
  for (const name of [...superfluous, ...logsAlone(names).filter(isOurs)]) await removeCopy(join(folder, name))
  await pruneLogs(folder, stem, now)
  return superfluous.length + (await rotateReplaced(file, now))
}

async function pruneLogs(folder: string, stem: string, now: number): Promise<void> {
  const isLog = (name: string) => name.startsWith(`${stem}-`) && name.endsWith(`.db${logSuffix}`)
  for (const name of readdirSync(folder).filter(isLog)) await pruneLog(join(folder, name), now - deletionsKept)
}

/** What follows the stem in the name of a backup that the program has made on its own. */
const automatic = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ\.db$/

/** Names of backups of which a crash has left only the log. */
function logsAlone(names: readonly string[]): readonly string[] {
  const logs = names.filter((name) => name.endsWith(logSuffix)).map((name) => name.slice(0, -logSuffix.length))
  return logs.filter((name) => !names.includes(name))
}

/** The backups that are not kept: neither the newest of one of 7 days nor of one of 4 weeks, or too old. */
export function superfluousBackups(names: readonly string[], now: number): readonly string[] {
  const backups = [...names].sort().reverse()
  const kept = new Set([...newestOf(backups, dayOf, keptDays), ...newestOf(backups, weekOf, keptWeeks)])
  return backups.filter((name) => !kept.has(name) || isTooOld(name, now))
}

/** Deletes the databases that were replaced by a restore, but for the newest few of the last weeks; returns how many. */
export async function rotateReplaced(file: string, now: number): Promise<number> {
  const replaced = replacedDatabases(realPath(file)).filter((path) => timeOf(path) !== undefined)
  const superfluous = replaced.filter((path, index) => index >= keptReplaced || isTooOld(path, now))
  for (const path of superfluous) await removeCopy(path)
  return superfluous.length
}

/** Deletes what backups of this database that were ended half-way have left in the folder. */
export async function removePartial(folder: string, file: string): Promise<void> {
  const stem = backupStem(file)
  const isOurs = (name: string) => name.startsWith(`${stem}.`) && name.includes(partialSuffix)
  for (const name of readdirSync(folder).filter(isOurs)) await rm(join(folder, name), { force: true })
}

/** Not in one piece with the rest: a large file takes its time. */
async function removeCopy(path: string): Promise<void> {
  for (const suffix of [logSuffix, '-wal', '-shm', '-journal', '']) await rm(path + suffix, { force: true })
}

function isTooOld(name: string, now: number): boolean {
  return now - (timeOf(name) ?? now) > backupsKept
}

function stampOf(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replaceAll(':', '-')}Z`
}

function newestOf(newestFirst: readonly string[], periodOf: (time: number) => number, count: number): string[] {
  const newest = new Map<number, string>()
  for (const name of newestFirst) {
    const period = periodOf(timeOf(name) ?? 0)
    if (!newest.has(period)) newest.set(period, name)
  }
  return [...newest.values()].slice(0, count)
}

const dayOf = (time: number) => Math.floor(time / dayLength)
/** Weeks begin on Monday; 1 January 1970 was a Thursday. */
const weekOf = (time: number) => Math.floor((dayOf(time) + 3) / 7)
