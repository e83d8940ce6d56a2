import {
  closeSync,
  existsSync,
  ftruncateSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Command } from 'commander'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { newcomer } from '../../flows/common/person.ts'
import { capabilities } from '../../src/capabilities/index.ts'
import { addBackup } from '../../src/cli/backup.ts'
import { addRestore } from '../../src/cli/restore.ts'
import { root } from '../../src/config.ts'
import { backupDatabase } from '../../src/store/backup.ts'
import { backupName, backupStem, rotateBackups, superfluousBackups } from '../../src/store/backup-names.ts'
import { openStore, type Store } from '../../src/store/open.ts'
import { loadPerson, savePerson } from '../../src/store/people.ts'
import { testKey, testTime } from '../support/databases.ts'
import { fact, turn } from '../support/turns.ts'

const clock = { time: testTime, now: () => clock.time }
const day = 24 * 60 * 60 * 1000

let folder: string
let file: string
beforeEach(() => {
  clock.time = testTime
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'serik-backup-')))
  file = join(folder, 'serik.db')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const open = (at = file): Promise<Store> => openStore({ capabilities, url: `file:${at}`, key: testKey, clock })

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
  test('bring back what was there, while the bot goes on and after it is stopped', async () => {
    const store = await open()
    await savePerson(store, 1, { ...newcomer('ru'), name: 'Т' })
    const backup = await serik('backup')
    expect(backup.failed).toEqual([])
    const [name] = readdirSync(join(folder, 'backups'))
    expect(name).toMatch(/^serik-[0-9a-f]{8}-by-hand-2026-03-01T12-00-00Z\.db$/)
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

  test('is refused while a process has the database', async () => {
    const store = await open()
    await serik('backup', '--to', join(folder, 'copy.db'))
    const { failed } = await serik('restore', join(folder, 'copy.db'), '--yes')
    expect(failed[0]).toMatch(/already works with/)
    await store.close()
  })

  test('changes nothing without --yes', async () => {
    await (await open()).close()
    await serik('backup', '--to', join(folder, 'copy.db'))
    const before = readdirSync(folder)
    const { printed, failed } = await serik('restore', join(folder, 'copy.db'))
    expect(failed).toEqual([])
    expect(printed[0]).toMatch(/add --yes/)
    expect(readdirSync(folder)).toEqual(before)
  })

  test('restores where no database is yet', async () => {
    await (await open()).close()
    await serik('backup', '--to', join(folder, 'copy.db'))
    rmSync(file)
    const { failed, printed } = await serik('restore', join(folder, 'copy.db'), '--yes')
    expect(failed).toEqual([])
    expect(printed).toHaveLength(1)
    await (await open()).close()
  })

  const damages: [what: string, damage: (copy: string) => void, message: RegExp][] = [
    ['is not there', (copy) => rmSync(copy), /copy\.db is not there/],
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
  test.each(damages)('refuses a backup that %s, and leaves the database as it was', async (_what, damage, message) => {
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

  test('says what to do when there is nothing to copy', async () => {
    const { failed } = await serik('backup')
    expect(failed[0]).toMatch(/Check DATABASE_URL/)
    expect(existsSync(join(folder, 'backups'))).toBe(false)
  })

  test.skipIf(!existsSync('/proc'))(
    'is refused for a place that is no disk, instead of never coming to an end',
    async () => {
      await (await open()).close()
      symlinkSync('/proc', join(folder, 'link'))
      for (const to of ['/proc/x', '/proc/x/y/z.db', '/sys/x/y', join(folder, 'link', 'x', 'y')]) {
        const { failed } = await serik('backup', '--to', to)
        expect(failed[0]).toMatch(/is not on a disk.*Choose another for --to or BACKUP_FOLDER/)
      }
    },
  )

  test('a backup is one file and holds what was committed a moment ago', async () => {
    const store = await open()
    await savePerson(store, 7, newcomer('kk'))
    const to = join(folder, 'copy.db')
    expect((await backupDatabase(file, to, { key: testKey })).bytes).toBeGreaterThan(4_096)
    await store.close()
    expect(readdirSync(folder).filter((name) => name.startsWith('copy'))).toEqual(['copy.db'])
    const copy = await open(to)
    expect(await loadPerson(copy, 7)).toEqual(newcomer('kk'))
    await copy.close()
  })
})

describe('a backup', () => {
  test('is made of one moment and comes to its end, however much is written meanwhile', async () => {
    const store = await open()
    const to = join(folder, 'copy.db')
    grow(file, 160_000_000)
    let [isDone, written] = [false, 0]
    const backup = backupDatabase(file, to, { key: testKey }).finally(() => {
      isDone = true
    })
    while (!isDone && written < 2_000) {
      written++
      await store.dialogues.commit(turn(written, 1, { person: newcomer('kk') }))
    }
    expect(written).toBeLessThan(2_000)
    await backup
    expect(await store.prisma.dialogue.count()).toBe(written)
    await store.close()
    const copy = new Database(to, { readonly: true })
    const people = copy.prepare('SELECT count(*) FROM Person').pluck().get()
    expect(people).toBe(copy.prepare('SELECT count(*) FROM Dialogue').pluck().get())
    copy.close()
  })

  test('that is ended half-way leaves nothing, and what a killed one has left goes with the next', async () => {
    await (await open()).close()
    const ours = join(folder, `${backupStem(file)}.killed.partial`)
    const foreign = join(folder, 'another-12345678.killed.partial')
    for (const path of [ours, foreign]) writeFileSync(path, '')
    const stopping = new AbortController()
    const to = join(folder, 'copy.db')
    const backup = backupDatabase(file, to, { key: testKey, signal: stopping.signal })
    stopping.abort()
    await expect(backup).rejects.toMatchObject({ name: 'StoreError', message: expect.stringMatching(/half-way/) })
    expect(readdirSync(folder).filter((name) => /copy|partial/.test(name))).toEqual(['another-12345678.killed.partial'])
  })

  test('that fails says so and leaves the earlier ones and nothing of itself', async () => {
    const store = await open()
    for (let id = 1; id <= 50; id++) await store.dialogues.commit(turn(id, 1, { person: newcomer('kk') }))
    await store.close()
    await serik('backup')
    const before = readdirSync(join(folder, 'backups'))
    spoil(file)
    clock.time++
    const { failed } = await serik('backup', '--to', join(folder, 'backups', 'second.db'))
    expect(failed[0]).toMatch(/damaged/)
    expect(readdirSync(join(folder, 'backups'))).toEqual(before)
  })

  test('is for its owner only from its first byte on, whatever the umask', async () => {
    const store = await open()
    await store.dialogues.commit(turn(1, 1, { facts: [fact('person.forget', null)] }))
    const umask = process.umask(0o022)
    try {
      await serik('backup')
      await store.close()
      const [name = ''] = readdirSync(join(folder, 'backups'))
      await serik('restore', join(folder, 'backups', name), '--yes')
    } finally {
      process.umask(umask)
    }
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name))
    const modes = files.map((path) => [
      path,
      statSync(path).isDirectory() ? '' : (statSync(path).mode & 0o777).toString(8),
    ])
    expect(modes.filter(([, mode]) => mode !== '600').map(([path]) => path)).toEqual([join(folder, 'backups')])
    expect(statSync(join(folder, 'backups')).mode & 0o777).toBe(0o700)
    expect(files.some((path) => path.includes('.replaced-'))).toBe(true)
    expect(files.some((path) => path.endsWith('.db.forgotten') && path.includes('backups'))).toBe(true)
  })

  const takenNames: [what: string, take: (path: string) => void][] = [
    ['a file', (path) => writeFileSync(path, 'somebody’s')],
    ['a folder', (path) => mkdirSync(path)],
    ['a link to the database', (path) => symlinkSync(file, path)],
    ['a second name of the database', (path) => linkSync(file, path)],
    ['a link that leads nowhere', (path) => symlinkSync(join(folder, 'nowhere'), path)],
    ['the log of another backup', (path) => writeFileSync(`${path}.forgotten`, 'somebody’s')],
  ]
  test.each(takenNames)('is not written where %s is', async (_what, take) => {
    const store = await open()
    const path = join(folder, 'taken.db')
    take(path)
    const before = contentsOf(folder)
    const { failed } = await serik('backup', '--to', path)
    expect(failed[0]).toMatch(/taken\.db(\.forgotten)? is taken|second name/)
    expect(contentsOf(folder)).toEqual(before)
    await savePerson(store, 1, newcomer('kk'))
    await store.close()
  })

  test.each(['', '-wal', '-shm', '-journal', '.lock', '.forgotten'])(
    'is not written to the database’s own name with “%s”, there or not, through whatever folder',
    async (end) => {
      await (await open()).close()
      symlinkSync(folder, `${folder}-link`)
      for (const path of [file + end, join(`${folder}-link`, `serik.db${end}`), `${folder}/x/../serik.db${end}`]) {
        expect((await serik('backup', '--to', path)).failed[0]).toMatch(/is taken/)
      }
      rmSync(`${folder}-link`)
      await (await open()).close()
    },
  )
})

describe('a restore', () => {
  test('takes what the write-ahead log of the copy holds, and leaves the copy as it was', async () => {
    const store = await open()
    await savePerson(store, 1, newcomer('ru'))
    const copies = join(folder, 'copies')
    mkdirSync(copies)
    for (const end of ['', '-wal']) writeFileSync(join(copies, `copy.db${end}`), readFileSync(file + end))
    await store.close()
    rmSync(file)
    const before = contentsOf(copies)
    expect((await serik('restore', join(copies, 'copy.db'))).failed).toEqual([])
    symlinkSync(join(copies, 'copy.db'), join(folder, 'link.db'))
    expect((await serik('restore', join(folder, 'link.db'), '--yes')).failed).toEqual([])
    expect(contentsOf(copies)).toEqual(before)
    const again = await open()
    expect(await loadPerson(again, 1)).toEqual(newcomer('ru'))
    await again.close()
  })

  test.each([
    ['itself', (path: string) => path],
    ['a link to it', linked(symlinkSync)],
    ['a second name of it', linked(linkSync)],
    ['a folder', (path: string) => join(path, '..')],
  ])('of the database from %s is refused', async (_what, name) => {
    await (await open()).close()
    const { failed } = await serik('restore', name(file), '--yes')
    expect(failed[0]).toMatch(/is the database itself|is not a file|second name/)
    rmSync(`${file}.linked`, { force: true })
    await (await open()).close()
  })

  test('that is killed before the copy has taken the name leaves a database that starts and can be restored', async () => {
    const store = await open()
    await savePerson(store, 1, newcomer('ru'))
    await serik('backup', '--to', join(folder, 'copy.db'))
    await store.close()
    const kill = () => {
      linkSync(file, `${file}.replaced-2026-03-01T12-00-00Z`)
      mkdirSync(`${file}.restoring-killed`)
      writeFileSync(join(`${file}.restoring-killed`, 'serik.db'), 'half')
    }
    kill()
    await (await open()).close()
    expect(readdirSync(folder).filter((name) => /replaced|restoring/.test(name))).toEqual([])
    kill()
    expect((await serik('restore', join(folder, 'copy.db'), '--yes')).failed).toEqual([])
    const again = await open()
    expect(await loadPerson(again, 1)).toEqual(newcomer('ru'))
    await again.close()
    const kept = readdirSync(folder).filter((name) => /replaced|restoring/.test(name))
    expect(kept).toEqual(['serik.db.replaced-2026-03-01T12-00-00Z'])
  })

  test('does not take the write-ahead log of a database that is gone for that of the copy', async () => {
    const store = await open()
    await savePerson(store, 1, newcomer('ru'))
    await serik('backup', '--to', join(folder, 'copy.db'))
    for (let id = 2; id < 50; id++) await savePerson(store, id, newcomer('ru'))
    const wal = readFileSync(`${file}-wal`)
    await store.close()
    rmSync(file)
    writeFileSync(`${file}-wal`, wal)
    expect((await serik('restore', join(folder, 'copy.db'), '--yes')).failed).toEqual([])
    const again = await open()
    expect(await again.prisma.person.count()).toBe(1)
    await again.close()
  })

  test('does not bring back who was deleted since: on this machine, or by the log beside the copy on another', async () => {
    const store = await open()
    for (const id of [1, 2, 3]) await savePerson(store, id, newcomer('kk'))
    await store.dialogues.commit(turn(1, 1, { facts: [fact('person.forget', null)] }))
    await savePerson(store, 1, newcomer('ru')) // back before the copy was made
    await serik('backup', '--to', join(folder, 'copy.db'))
    await store.dialogues.commit(turn(2, 1, { facts: [fact('person.forget', null)] }))
    await serik('backup', '--to', join(folder, 'later.db'))
    await store.close()
    renameSync(join(folder, 'later.db.forgotten'), join(folder, 'copy.db.forgotten'))

    expect((await serik('restore', join(folder, 'copy.db'), '--yes')).printed).toContain(
      'Deleted from it again: 1, who had asked for it after the backup was made.',
    )
    expect(peopleIn(file)).toEqual([1, 3])
    for (const name of ['serik.db', 'serik.db.forgotten']) rmSync(join(folder, name))
    await serik('restore', join(folder, 'copy.db'), '--yes')
    expect(peopleIn(file)).toEqual([1, 3])
    const again = await open()
    expect((await again.deletions.read()).deletions.map(({ chatId }) => chatId)).toEqual([1, 2])
    await again.close()
  })

  test('of a copy older than deletions are remembered is only done when it is meant', async () => {
    const store = await open()
    await savePerson(store, 1, newcomer('kk'))
    await store.close()
    await serik('backup', '--to', join(folder, 'copy.db'))
    clock.time += 40 * day
    expect((await serik('restore', join(folder, 'copy.db'))).failed).toEqual([])
    clock.time++
    const { failed } = await serik('restore', join(folder, 'copy.db'), '--yes')
    expect(failed[0]).toMatch(/dates from 2026-03-01.*add --old/)
    expect((await serik('restore', join(folder, 'copy.db'), '--yes', '--old')).failed).toEqual([])
  })

  test('keeps what it has replaced, but only the newest three and for some weeks', async () => {
    await (await open()).close()
    await serik('backup', '--to', join(folder, 'copy.db'))
    for (let time = 0; time < 5; time++) await serik('restore', join(folder, 'copy.db'), '--yes')
    const replaced = () => readdirSync(folder).filter((name) => name.includes('.replaced-'))
    expect(replaced()).toHaveLength(3)
    writeFileSync(join(folder, 'other.db.replaced-2026-03-01T12-00-00Z'), '')
    mkdirSync(join(folder, 'backups'))
    expect(await rotateBackups(join(folder, 'backups'), file, clock.time + 36 * day)).toBe(3)
    expect(replaced()).toEqual(['other.db.replaced-2026-03-01T12-00-00Z'])
  })
})

describe('rotation', () => {
  const nightly = (days: number, of = file) =>
    Array.from({ length: days }, (_, ago) => backupName(of, testTime - ago * day))

  test('keeps the newest of seven days and of four weeks', () => {
    const superfluous = superfluousBackups(nightly(60), testTime)
    const kept = nightly(60).filter((name) => !superfluous.includes(name))
    // 1 March 2026 is a Sunday: the weeks before end on 22, 15 and 8 February, the first of them among the seven days.
    expect(kept.map((name) => name.slice(-23, -13))).toEqual([
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

  test('keeps the newest of a day with several, and whatever there is when there are few, but nothing for long', () => {
    const [morning = '', evening = ''] = [backupName(file, testTime), backupName(file, testTime + 60_000)]
    expect(superfluousBackups([morning, evening], testTime)).toEqual([morning])
    expect(superfluousBackups(nightly(5), testTime)).toEqual([])
    expect(superfluousBackups(nightly(5), testTime + 34 * day)).toEqual(nightly(5).slice(2))
  })

  test('leaves alone what is another database’s, was made by hand, or has another name', async () => {
    const other = join(folder, 'elsewhere', 'serik.db')
    mkdirSync(join(folder, 'elsewhere'))
    const foreign = [...nightly(40, other), 'serik.db', 'notes.txt', 'serik-2026-01-01T12-00-00Z.db']
    const byHand = nightly(40).map((_, ago) => backupName(file, testTime - ago * day, true))
    const alone = `${backupName(file, testTime - 50 * day)}.forgotten`
    for (const name of [...nightly(40), ...foreign, ...byHand, alone]) writeFileSync(join(folder, name), '')
    for (const name of nightly(40)) writeFileSync(join(folder, `${name}.forgotten`), '')
    expect(await rotateBackups(folder, file, testTime)).toBe(30)
    const left = readdirSync(folder).filter((name) => name !== 'elsewhere')
    expect(left).toEqual(expect.arrayContaining([...foreign, ...byHand]))
    expect(left).toHaveLength(foreign.length + byHand.length + 2 * 10)
  })

  test('leaves no deletion in the log beside a backup for longer than it is remembered', async () => {
    const logs = [backupName(file, testTime - day), backupName(file, testTime - day, true)]
    const lines = [41, 39].map((ago) => `id-${ago} ${testTime - ago * day} c2VhbGVk`)
    for (const name of logs) writeFileSync(join(folder, name), '')
    for (const name of logs) writeFileSync(join(folder, `${name}.forgotten`), `\n${lines.join('\n\n')}\n`)
    await rotateBackups(folder, file, testTime)
    for (const name of logs) expect(readFileSync(join(folder, `${name}.forgotten`), 'utf8')).toBe(`${lines[1]}\n`)
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

/** Makes a database larger by so many bytes: a copy that begins anew with each write does not come to its end. */
function grow(path: string, bytes: number): void {
  change(
    path,
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${bytes / 4_000})
     INSERT INTO ArchivedFrame SELECT i, 0, randomblob(4000), '', 0 FROM n`,
  )
}

/** Overwrites pages in the middle of a database. */
function spoil(path: string): void {
  const descriptor = openSync(path, 'r+')
  writeSync(descriptor, Buffer.alloc(20 * 4096, 7), 0, 20 * 4096, 4096)
  ftruncateSync(descriptor, 25 * 4096)
  closeSync(descriptor)
}

/** Every file of a folder as it is now. */
function contentsOf(path: string): Record<string, string> {
  const names = readdirSync(path).filter((name) => statSync(join(path, name), { throwIfNoEntry: false })?.isFile())
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(path, name), 'base64')]))
}

function linked(link: (target: string, path: string) => void) {
  return (path: string) => {
    link(path, `${path}.linked`)
    return `${path}.linked`
  }
}

function peopleIn(path: string): unknown[] {
  const database = new Database(path)
  try {
    return database.prepare('SELECT chatId FROM Person ORDER BY chatId').pluck().all()
  } finally {
    database.close()
  }
}
