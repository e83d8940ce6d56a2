import { execFileSync, fork } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { capabilities } from '../../src/capabilities/index.ts'
import { openStore, type Store, type StoreOptions } from '../../src/store/open.ts'
import { databaseFile } from '../../src/store/place.ts'
import { createPostgresql, hasPostgresql, testKey } from '../support/databases.ts'
import { turn } from '../support/turns.ts'

const postgresql = await hasPostgresql()

let folder: string
let stores: Store[]

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'serik-place-')))
  stores = []
})
afterEach(async () => {
  await Promise.all(stores.map((store) => store.close()))
  rmSync(folder, { recursive: true, force: true })
})

async function open(url: string, options: Partial<StoreOptions> = {}): Promise<Store> {
  const store = await openStore({ capabilities, url, key: testKey, clock: { now: () => 1 }, ...options })
  stores.push(store)
  return store
}

const contents = () => readdirSync(folder).sort()

describe('an address that would be taken for something else is refused with words, and nothing is made', () => {
  test.each([
    ['?connection_limit=1', /"\?".*takes no settings/],
    ['~/serik.db', /"~".*whole path/],
    ['$HOME/serik.db', /variable.*whole path/],
    ['$' + '{HOME}/serik.db', /variable/],
    ['', /names no file/],
    [':memory:', /gone when the program ends/],
    ['"data/serik.db"', /quotation mark/],
    ['my%20data/serik.db', /%20.*as it is/],
    ['//server/share/serik.db', /another machine/],
    ['\\\\server\\share\\serik.db', /another machine/],
    ['smb://server/serik.db', /another machine/],
    ['data/', /names a folder/],
    ['data/serik\n.db', /cannot be seen/],
    ['/proc/self/serik.db', /not on a disk/],
    ['/proc/1/task/serik/serik.db', /not on a disk/],
    ['/sys/serik.db', /not on a disk/],
    ['/dev/serik/serik.db', /not on a disk/],
    ['/dev/null', /not on a disk/],
    ['/dev/stdout', /not on a disk|regular/],
  ])('file:%s', async (path, words) => {
    await expect(open(`file:${path}`)).rejects.toMatchObject({ reason: 'place', message: expect.stringMatching(words) })
  })

  test('settings after the path of a file that is there already', async () => {
    writeFileSync(join(folder, 'serik.db'), '')
    await expect(open(`file:${folder}/serik.db?mode=ro`)).rejects.toMatchObject({ reason: 'place' })
    expect(contents()).toEqual(['serik.db'])
  })

  test('a folder, a pipe, a link to either, a link that leads nowhere', async () => {
    mkdirSync(join(folder, 'a-folder'))
    execFileSync('mkfifo', [join(folder, 'a-pipe')])
    symlinkSync('a-folder', join(folder, 'to-folder'))
    symlinkSync('a-pipe', join(folder, 'to-pipe'))
    symlinkSync('/proc/self', join(folder, 'to-proc'))
    symlinkSync('nowhere', join(folder, 'to-nowhere'))
    const before = contents()
    for (const name of ['a-folder', 'a-pipe', 'to-folder', 'to-pipe', 'to-proc/serik.db', 'to-nowhere']) {
      await expect(open(`file:${folder}/${name}`), name).rejects.toMatchObject({ reason: 'place' })
    }
    expect(contents()).toEqual(before)
  })

  test('a database of another program', async () => {
    const file = join(folder, 'places.sqlite')
    const database = new Database(file)
    database.exec('CREATE TABLE bookmarks (address TEXT)')
    database.close()
    await expect(open(`file:${file}`)).rejects.toMatchObject({
      reason: 'place',
      message: expect.stringContaining('of another program'),
    })
    const after = new Database(file, { readonly: true })
    expect(after.prepare('SELECT name FROM sqlite_master').pluck().all()).toEqual(['bookmarks'])
    after.close()
  })
})

test('spaces, umlauts and other letters in a path are just letters', async () => {
  const store = await open(`file:${folder}/менің деректерім/serik #1 100%.db`)
  expect(await store.dialogues.commit(turn(1, 1))).toBe(true)
  expect(existsSync(join(folder, 'менің деректерім', 'serik #1 100%.db'))).toBe(true)
})

test('file:///path is that path', () => {
  expect(databaseFile(`file://${folder}/serik.db`)).toBe(join(folder, 'serik.db'))
})

describe('a tool that may not create', () => {
  test.each(['serik.db', 'not/there/serik.db'])('leaves no trace where there is nothing: %s', async (path) => {
    const opening = open(`file:${folder}/${path}`, { exclusive: false, create: false })
    await expect(opening).rejects.toMatchObject({ reason: 'missing', message: expect.stringContaining('DATABASE_URL') })
    expect(contents()).toEqual([])
  })

  test('refuses an empty file', async () => {
    writeFileSync(join(folder, 'serik.db'), '')
    const opening = open(`file:${folder}/serik.db`, { exclusive: false, create: false })
    await expect(opening).rejects.toMatchObject({ reason: 'missing', message: expect.stringContaining('no Serik') })
  })

  test('opens what Serik has made', async () => {
    await open(`file:${folder}/serik.db`)
    const tool = await open(`file:${folder}/serik.db`, { exclusive: false, create: false })
    expect(await tool.prisma.person.count()).toBe(0)
  })

  test.runIf(postgresql)('makes no tables in an empty PostgreSQL database', async () => {
    const database = await createPostgresql()
    try {
      const tool = { exclusive: false, create: false }
      await expect(database.open(tool)).rejects.toMatchObject({ reason: 'missing' })
      await expect(database.open(tool), 'the first left none').rejects.toMatchObject({ reason: 'missing' })
      await database.open()
      expect(await (await database.open(tool)).prisma.person.count()).toBe(0)
    } finally {
      await database.drop()
    }
  })
})

describe('one file serves one process by whatever name', () => {
  let file: string
  beforeEach(() => {
    mkdirSync(join(folder, 'data'))
    file = join(folder, 'data', 'serik.db')
  })

  /** Another process that serves the file under this name. */
  async function serve(name: string) {
    const script = fileURLToPath(new URL('../support/hold-store.ts', import.meta.url))
    const child = fork(script, [name], { execArgv: ['--expose-gc', '--import', 'tsx'] })
    await once(child, 'message')
    return async () => {
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
  }

  test('a link to the file, a link to its folder, a detour', async () => {
    const end = await serve(file)
    symlinkSync(file, join(folder, 'link.db'))
    symlinkSync('link.db', join(folder, 'link-to-link.db'))
    symlinkSync('data', join(folder, 'link-to-folder'))
    for (const name of ['link.db', 'link-to-link.db', 'link-to-folder/serik.db', 'data/../data/./serik.db']) {
      await expect(open(`file:${folder}/${name}`), name).rejects.toMatchObject({ reason: 'locked' })
    }
    await end()
    expect((await (await open(`file:${folder}/link.db`)).dialogues.load(1)).dialogue?.revision).toBe(1)
    await expect(open(`file:${file}`), 'and the other way round').rejects.toMatchObject({ reason: 'locked' })
  })

  test('a hard link: its log of writes would be another, and damage the file', async () => {
    const end = await serve(file)
    mkdirSync(join(folder, 'elsewhere'))
    const other = join(folder, 'elsewhere', 'copy.db')
    linkSync(file, other)
    const refusal = { reason: 'place', message: expect.stringMatching(/second name.*-samefile/) }
    await expect(open(`file:${other}`)).rejects.toMatchObject(refusal)
    await expect(open(`file:${other}`, { exclusive: false })).rejects.toMatchObject(refusal)
    await end()
    rmSync(other)
    expect((await (await open(`file:${file}`)).dialogues.load(1)).dialogue?.revision).toBe(1)
  })
})
