import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Command } from 'commander'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newcomer } from '../../flows/person.ts'
import { addBackup } from '../../src/cli/backup.ts'
import { addRestore } from '../../src/cli/restore.ts'
import { root } from '../../src/config.ts'
import { backupDatabase, backupName, rotateBackups, superfluousBackups } from '../../src/store/backup.ts'
import { openStore, type Store } from '../../src/store/open.ts'
import { loadPerson, savePerson } from '../../src/store/people.ts'
import { testKey, testTime } from '../support/databases.ts'

const clock = { now: () => testTime }
const day = 24 * 60 * 60 * 1000

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'serik-backup-'))
  file = join(folder, 'serik.db')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const open = (at = file): Promise<Store> => openStore({ url: `file:${at}`, key: testKey, clock })

/** The operator's tool with these two commands; what it printed, and what it failed with. */
async function serik(...words: string[]) {
  const printed: string[] = []
  const failed: string[] = []
  const deps = {
    root,
    write: (line: string) => printed.push(line),
    fail: (message: string) => failed.push(message),
    config: () => ({
      databaseUrl: `file:${file}`,
      dataKey: testKey,
      backupFolder: join(folder, 'backups'),
      deletionLog: undefined,
    }),
    clock,
  }
  const program = new Command('serik').exitOverride()
  addBackup(program, deps)
  addRestore(program, deps)
  await program.parseAsync(words, { from: 'user' })
  return { printed, failed }
}

describe('backup and restore', () => {
  it('bring back what was there, while the bot goes on and after it is stopped', async () => {
    const store = await open()
    await savePerson(store, 1, { ...newcomer('ru'), name: 'Т' })
    const backup = await serik('backup')
    expect(backup.failed).toEqual([])
    const [name] = readdirSync(join(folder, 'backups'))
    expect(name).toBe('serik-2026-03-01T12-00-00Z.db')
    await savePerson(store, 1, newcomer('en'))
    await store.close()

    const restored = await serik('restore', join(folder, 'backups', name ?? ''), '--yes')
    expect(restored.failed).toEqual([])
    const again = await open()
    expect(await loadPerson(again, 1)).toEqual({ ...newcomer('ru'), name: 'Т' })
    await again.close()

    const kept = await open(`${file}.replaced-2026-03-01T12-00-00Z`)
    expect(await loadPerson(kept, 1)).toEqual(newcomer('en'))
    await kept.close()
  })

  it('is refused while a process has the database', async () => {
    const store = await open()
    await serik('backup', '--to', join(folder, 'copy.db'))
    const { failed } = await serik('restore', join(folder, 'copy.db'), '--yes')
    expect(failed[0]).toMatch(/already works with/)
    await store.close()
  })

  it('changes nothing without --yes', async () => {
    await (await open()).close()
    await serik('backup', '--to', join(folder, 'copy.db'))
    const { printed, failed } = await serik('restore', join(folder, 'copy.db'))
    expect(failed).toEqual([])
    expect(printed[0]).toMatch(/add --yes/)
    expect(readdirSync(folder).filter((name) => name.includes('replaced'))).toEqual([])
  })

  it('restores where no database is yet', async () => {
    await (await open()).close()
    await serik('backup', '--to', join(folder, 'copy.db'))
    rmSync(file)
    const { failed, printed } = await serik('restore', join(folder, 'copy.db'), '--yes')
    expect(failed).toEqual([])
    expect(printed).toHaveLength(1)
    await (await open()).close()
  })

  const damages: [what: string, damage: (copy: string) => void, message: RegExp][] = [
    ['is not there', (copy) => rmSync(copy), /not there/],
    ['is no database', (copy) => writeFileSync(copy, 'x'.repeat(9_000)), /damaged or is not a database/],
    ['is another program’s', (copy) => other(copy), /not a Serik database/],
    [
      'was made by a newer program',
      (copy) => change(copy, "UPDATE _prisma_migrations SET migration_name = '9999_new'"),
      /newer program/,
    ],
    [
      'has another history',
      (copy) => change(copy, "UPDATE _prisma_migrations SET checksum = 'x'"),
      /another text of the migration/,
    ],
    [
      'has another key',
      (copy) => change(copy, 'UPDATE Meta SET value = zeroblob(40)'),
      /SERIK_DATA_KEY|was sealed in form/,
    ],
  ]
  it.each(damages)('refuses a backup that %s, and leaves the database as it was', async (_what, damage, message) => {
    const store = await open()
    await savePerson(store, 1, newcomer('en'))
    await store.close()
    const copy = join(folder, 'copy.db')
    await serik('backup', '--to', copy)
    damage(copy)
    const { failed } = await serik('restore', copy, '--yes')
    expect(failed[0]).toMatch(message)
    const again = await open()
    expect(await loadPerson(again, 1)).toEqual(newcomer('en'))
    await again.close()
  })

  it('says what to do when there is nothing to copy', async () => {
    const { failed } = await serik('backup')
    expect(failed[0]).toMatch(/Check DATABASE_URL/)
    expect(existsSync(join(folder, 'backups', 'serik-2026-03-01T12-00-00Z.db'))).toBe(false)
  })

  it('a backup is one file and holds what was committed a moment ago', async () => {
    const store = await open()
    await savePerson(store, 7, newcomer('kk'))
    const to = join(folder, 'copy.db')
    expect((await backupDatabase(file, to)).bytes).toBeGreaterThan(4_096)
    await store.close()
    expect(readdirSync(folder).filter((name) => name.startsWith('copy'))).toEqual(['copy.db'])
    const copy = await open(to)
    expect(await loadPerson(copy, 7)).toEqual(newcomer('kk'))
    await copy.close()
  })
})

describe('rotation', () => {
  const nightly = (days: number) => Array.from({ length: days }, (_, ago) => backupName(testTime - ago * day))

  it('keeps the newest of seven days and of four weeks', () => {
    const superfluous = superfluousBackups(nightly(60))
    const kept = nightly(60).filter((name) => !superfluous.includes(name))
    // 1 March 2026 is a Sunday: the weeks before end on 22, 15 and 8 February, the first of them among the seven days.
    expect(kept.map((name) => name.slice(6, 16))).toEqual([
      '2026-03-01',
      '2026-02-28',
      '2026-02-27',
      '2026-02-26',
      '2026-02-25',
      '2026-02-24',
      '2026-02-23',
      '2026-02-22',
      '2026-02-15',
      '2026-02-08',
    ])
  })

  it('keeps the newest of a day with several, and whatever there is when there are few', () => {
    const [morning, evening] = [backupName(testTime), backupName(testTime + 60_000)]
    expect(superfluousBackups([morning, evening])).toEqual([morning])
    expect(superfluousBackups(nightly(5))).toEqual([])
  })

  it('leaves other files alone', () => {
    for (const name of [...nightly(40), 'serik.db', 'notes.txt']) writeFileSync(join(folder, name), '')
    expect(rotateBackups(folder)).toBe(30)
    expect(readdirSync(folder)).toHaveLength(12)
  })
})

function change(copy: string, sql: string): void {
  const database = new Database(copy)
  database.exec(sql)
  database.close()
}

function other(copy: string): void {
  rmSync(copy)
  change(copy, 'CREATE TABLE t (a)')
}
