import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addFairImport } from '../../../src/capabilities/fairs/import.ts'
import { readConfig, root } from '../../../src/config.ts'
import { createPostgresql, createSqlite, hasPostgresql, type TestDatabase, testKey } from '../../support/databases.ts'
import { fact, turn } from '../../support/turns.ts'

const databases = { sqlite: createSqlite, ...((await hasPostgresql()) && { postgresql: createPostgresql }) }
const sample = readFileSync(new URL('fair.example.yaml', root), 'utf8')
  .split('\n')
  .filter((line) => !line.startsWith('#'))
  .join('\n')

describe.each(Object.entries(databases))('import fair on %s', (_, create) => {
  let database: TestDatabase
  let folder: string
  beforeAll(async () => {
    database = await create()
    await (await database.open()).close()
    folder = mkdtempSync(join(tmpdir(), 'serik-fair-'))
  })
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true })
    await database.drop()
  })

  /** What the command wrote, and how it failed. */
  const run = async (yaml: string, ...options: string[]) => {
    const path = join(folder, 'fair.yaml')
    writeFileSync(path, yaml)
    const lines: string[] = []
    const failures: string[] = []
    const program = new Command('serik').exitOverride()
    const variables = { DATABASE_URL: database.url, SERIK_DATA_KEY: testKey.toString('hex') }
    addFairImport(program, {
      root,
      config: () => readConfig(variables),
      clock: database.clock,
      write: (line) => lines.push(line),
      fail: (message) => failures.push(message),
    })
    await program.parseAsync(['import', 'fair', path, ...options], { from: 'user' })
    return { lines, failures: failures.join('\n') }
  }

  const onStore = async <T>(work: (store: Awaited<ReturnType<TestDatabase['open']>>) => Promise<T>): Promise<T> => {
    const store = await database.open({ exclusive: false })
    try {
      return await work(store)
    } finally {
      await store.close()
    }
  }
  const kept = () => onStore(({ prisma }) => prisma.fair.findMany())

  test('only looks at a file in a dry run', async () => {
    expect(await run(sample, '--dry-run')).toEqual({
      lines: [expect.stringContaining('stands 2, vacancies 0'), 'Nothing was written: it was a dry run.'],
      failures: '',
    })
    expect(await kept()).toEqual([])
  })

  test('takes the sample in as a draft, publishes it, and changes nothing the second time', async () => {
    expect((await run(sample)).lines.at(-1)).toBe('stored, a draft')
    expect((await run(sample, '--publish')).lines.at(-1)).toBe('unchanged, published')
    expect((await run(sample)).lines.at(-1)).toBe('unchanged, published')
    expect(await kept()).toMatchObject([{ id: 'sample-spring-fair', state: 'published', region: '71' }])
  })

  test('a change leaves slots where they were, and is told to those who have signed up', async () => {
    await onStore((store) =>
      store.dialogues.commit(
        turn(5, 1, { facts: [fact('fairs.book', { fair: 'sample-spring-fair', stand: 'асхана-улги', slot: 1 })] }),
      ),
    )
    const moved = sample
      .replace('date: 2027-05-20', 'date: 2027-05-21')
      .replace('  - employer: Автосервис (үлгі)\n    offers: Слесарь-шәкірт керек.\n', '')
    expect((await run(moved)).lines.at(-1)).toBe('changed, published')
    expect(await onStore(({ prisma }) => prisma.fairSeat.count())).toBe(1)
    expect(await onStore(({ prisma }) => prisma.fairVisit.findMany())).toMatchObject([{ news: 'changed' }])
  })

  test.each([
    ['region: Астана қаласы', 'region: Атлантида', /fair\.yaml[\s\S]*line 3, .*region.*"Атлантида" is no region/],
    ['date: 2027-05-20', 'date: 2027-02-30', /fair\.yaml[\s\S]*line 5, .*date.*no day of the calendar/],
    ['date: 2027-05-20', 'date: 2025-05-20', /fair\.yaml[\s\S]*line 5, .*date.*is over/],
    ['from: "10:00"', 'from: "17:00"', /fair\.yaml[\s\S]*line 7, .*to.*later than "from"/],
    ['to: "16:00"', 'to: "25:00"', /fair\.yaml[\s\S]*line 7, .*to.*must be a time/],
    ['minutes: 15', 'minutes: 500', /fair\.yaml[\s\S]*line 12, .*minutes/],
    ['minutes: 15', 'minutes: 15\n    speaker: Үлгі', /fair\.yaml[\s\S]*line 13, .*speaker.*is not a field here/],
    [
      'employer: Автосервис (үлгі)',
      'employer: Асхана (үлгі)',
      /fair\.yaml[\s\S]*line 14, .*employer.*an "id" of its own/,
    ],
    [
      'places: 2',
      'places: 2\n    vacancies: [nobody-knows-it]',
      /fair\.yaml[\s\S]*line 14, .*vacancies.*is no vacancy here/,
    ],
  ])('names file, line and field of a fault: %s', async (right, wrong, message) => {
    const { lines, failures } = await run(sample.replace(right, wrong).replace('id: sample', 'id: faulty'))
    expect(failures).toMatch(message)
    expect(lines).toEqual([])
    expect((await kept()).map(({ id }) => id)).not.toContain('faulty-spring-fair')
  })

  test('finds vacancies by their ids and links', async () => {
    await onStore(async ({ prisma }) => {
      await prisma.vacancySighting.create({
        data: {
          ...{ source: 's', sourceId: '1', vacancyId: 'v1', url: 'https://example.org/1', digest: '', seenAt: 0n },
        },
      })
    })
    const linked = sample.replace('places: 2', 'places: 2\n    vacancies: ["https://example.org/1"]')
    const { lines, failures } = await run(linked.replace('id: sample', 'id: linked'))
    expect(failures).toBe('')
    expect(lines[0]).toContain('vacancies 1')
    const [fair] = (await kept()).filter(({ id }) => id.startsWith('linked'))
    expect(fair?.stands).toContain('"vacancies":["v1"]')
  })

  test('keeps no signs that nobody sees, and names on one line', async () => {
    const unseen = sample
      .replace('sample-spring-fair', 'unseen-fair')
      .replace(/^title: .*/m, 'title: "Үлгі\\u202e\\nжәрмеңке\\0"')
      .replace(/^note: .*/m, 'note: "Кіру тегін\\n\\n№12 автобус"')
    expect((await run(unseen)).failures).toBe('')
    const [fair] = (await kept()).filter(({ id }) => id === 'unseen-fair')
    expect(JSON.parse(fair?.body ?? '')).toMatchObject({ title: 'Үлгі жәрмеңке', note: 'Кіру тегін\n№12 автобус' })
    expect((await run(sample.replace('Автосервис (үлгі)', '"!!!"'))).failures).toMatch(/stands\.1\.employer/)
  })

  test('refuses a file that is none, and one that is not there', async () => {
    expect((await run('- 1\n- 2\n')).failures).toMatch(/fair\.yaml/)
    expect((await run('title: [')).failures).toMatch(/fair\.yaml/)
  })
})
