import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createPostgresql, createSqlite, hasPostgresql, type TestDatabase } from '../../support/databases.ts'
import { importVacancies } from './importing.ts'

const databases = { sqlite: createSqlite, ...((await hasPostgresql()) && { postgresql: createPostgresql }) }

const welder = '1;Сварщик;ТОО "Металл";Шымкент;от 250 000 ₸ на руки;без опыта;2026-02-20'
const cook = '2;Аспаз;ЖШС «Дәм»;Алматы;200-250 мың;;2026-02-25'
const heads = 'id;Название;Компания;Город;Зарплата;Опыт;Опубликовано'

describe.each(Object.entries(databases))('import vacancies on %s', (_, create) => {
  let database: TestDatabase
  let folder: string
  beforeAll(async () => {
    database = await create()
    await (await database.open()).close()
    folder = mkdtempSync(join(tmpdir(), 'serik-import-'))
  })
  beforeEach(async () => {
    const store = await database.open()
    await store.prisma.vacancy.deleteMany()
    await store.prisma.vacancySighting.deleteMany()
    await store.close()
  })
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true })
    await database.drop()
  })

  const fileOf = (name: string, ...lines: string[]) => {
    const path = join(folder, name)
    writeFileSync(path, lines.join('\n'))
    return path
  }

  const run = (...options: string[]) => importVacancies(database.url, ...options)

  const bodies = async () => {
    const store = await database.open()
    try {
      const rows = await store.prisma.vacancy.findMany({ orderBy: { id: 'asc' } })
      const sightings = await store.prisma.vacancySighting.findMany({ orderBy: { sourceId: 'asc' } })
      return { rows, sightings, bodies: rows.map(({ body }) => JSON.parse(body)) }
    } finally {
      await store.close()
    }
  }

  test('stores what a list says, in the one form', async () => {
    const { counts } = await run(fileOf('jobs.csv', heads, welder, cook))
    expect(counts).toBe('stored 2, changed 0, unchanged 0, merged 0, refused 0')
    const { bodies: stored } = await bodies()
    expect(stored.find(({ title }) => title === 'Сварщик')).toMatchObject({
      employer: 'ТОО "Металл"',
      region: '79',
      pay: { min: 250_000, max: null, currency: 'KZT', tax: 'net', period: 'month' },
      experience: 'none',
      professions: ['welder'],
    })
    expect(stored.find(({ title }) => title === 'Аспаз')).toMatchObject({
      region: '75',
      pay: { min: 200_000, max: 250_000 },
      professions: ['cook'],
    })
  })

  test('a second run stores nothing and writes nothing', async () => {
    const file = fileOf('jobs.csv', heads, welder, cook)
    await run(file)
    const before = await bodies()
    expect((await run(file)).counts).toBe('stored 0, changed 0, unchanged 2, merged 0, refused 0')
    expect(await bodies()).toEqual(before)
  })

  test('the list of the next day is the same source: what it says anew is a change, more pay counts as news', async () => {
    await run(fileOf('jobs 2026-02-27.csv', heads, welder, cook))
    const next = fileOf('jobs 2026-02-28.csv', heads, welder.replace('250 000', '300 000'), cook)
    expect((await run(next)).counts).toBe('stored 0, changed 1, unchanged 1, merged 0, refused 0')
    const { rows } = await bodies()
    expect(rows.map(({ edition }) => edition).sort()).toEqual([0, 1])
  })

  test('a vacancy that was only lifted is no change', async () => {
    await run(fileOf('jobs.csv', heads, welder))
    const lifted = fileOf('jobs.csv', heads, welder.replace('2026-02-20', '2026-02-28'))
    expect((await run(lifted)).counts).toBe('stored 0, changed 0, unchanged 1, merged 0, refused 0')
  })

  test('the same vacancy of another list, or under a new number, is merged, and both are remembered', async () => {
    await run(fileOf('jobs.csv', heads, welder))
    const other = fileOf('others.csv', heads, welder.replace('1;Сварщик', '77;СРОЧНО! Требуется сварщик'))
    expect((await run(other)).counts).toBe('stored 0, changed 0, unchanged 0, merged 1, refused 0')
    const again = fileOf('jobs.csv', heads, welder.replace('1;', '9;'))
    expect((await run(again)).counts).toBe('stored 0, changed 0, unchanged 0, merged 1, refused 0')
    const { rows, sightings } = await bodies()
    expect(rows).toHaveLength(1)
    expect(sightings.map(({ source, sourceId }) => [source, sourceId])).toEqual([
      ['jobs', '1'],
      ['others', '77'],
      ['jobs', '9'],
    ])
  })

  test('the same title at another employer, or in another town, is another vacancy', async () => {
    const others = [
      welder.replace('1;', '3;').replace('Металл', 'Құрылыс'),
      welder.replace('1;', '4;').replace('Шымкент', 'Тараз'),
    ]
    const { counts } = await run(fileOf('jobs.csv', heads, welder, ...others))
    expect(counts).toBe('stored 3, changed 0, unchanged 0, merged 0, refused 0')
  })

  test('a dry run tells the same and writes nothing', async () => {
    const file = fileOf('jobs.csv', heads, welder, cook, welder.replace('1;', '5;'))
    const { lines, counts } = await run(file, '--dry-run')
    expect(counts).toBe('stored 2, changed 0, unchanged 0, merged 1, refused 0')
    expect(lines.at(-1)).toBe('Nothing was written: it was a dry run.')
    expect((await bodies()).rows).toEqual([])
    expect((await run(file)).counts).toBe(counts)
  })

  test('a dry run where there is no database tells what would be stored, and makes none', async () => {
    const missing = join(folder, 'none', 'serik.db')
    const file = fileOf('jobs.csv', heads, welder, cook, welder.replace('1;', '5;'), welder)
    const { lines, counts, failures } = await importVacancies(`file:${missing}`, file, '--dry-run')
    expect(failures).toEqual([])
    expect(counts).toBe('stored 2, changed 0, unchanged 1, merged 1, refused 0')
    expect(lines[0]).toContain('DATABASE_URL')
    expect(lines[0]).toContain('every vacancy counts as new')
    expect(existsSync(join(folder, 'none'))).toBe(false)
  })

  test('what is left out of vacancies is told at the end, by kind, with the first lines', async () => {
    const odd = (id: number) => `${id};Повар ${'абвгдеж'[id]};F;Алматы;от 5000 ₸;;когда-то`
    const file = fileOf('jobs.csv', heads, welder, ...[3, 4, 5, 6].map(odd))
    const { lines, counts } = await run(file)
    expect(counts).toBe('stored 5, changed 0, unchanged 0, merged 0, refused 0')
    expect(lines.slice(0, 8)).toEqual([
      'Kept without pay, since what is written there cannot be right or understood: 4. The first ones:',
      ...[3, 4, 5].map((line) => `  ${file}:${line}: pay of 5000 KZT, and not said for what time`),
      'Dates left out, since they cannot be understood: 4. The first ones:',
      ...[3, 4, 5].map((line) => `  ${file}:${line}: no date in "когда-то"`),
    ])
    expect((await run(fileOf('good.csv', heads, cook))).lines).toHaveLength(1)
  })

  test('a row that is none is told by file and line, and costs no other', async () => {
    const file = fileOf('jobs.csv', heads, ';;;;;;', '3;;Firm;Алматы;;;', welder, '4;Повар;F;Алматы;1;;;x;y', cook)
    const { lines, counts, failures } = await run(file)
    expect(counts).toBe('stored 2, changed 0, unchanged 0, merged 0, refused 2')
    expect(lines.filter((line) => line.startsWith(`${file}:`))).toEqual([
      `${file}:3: no title`,
      `${file}:5: 9 cells where the first line has 7`,
    ])
    expect(failures).toEqual([])
  })

  test('what has ended is refused', async () => {
    const { lines, counts } = await run(fileOf('jobs.csv', heads, welder.replace('2026-02-20', '2025-06-01')))
    expect(counts).toBe('stored 0, changed 0, unchanged 0, merged 0, refused 1')
    expect(lines[0]).toMatch(/:2: .*ended/)
  })

  test('columns can be named', async () => {
    const file = fileOf('jobs.csv', 'Кто нужен,Сколько', 'Сварщик,250000')
    expect((await run(file)).failures.join()).toContain('no column with titles')
    const { counts } = await run(file, '--map', 'title=Кто нужен,salary=Сколько')
    expect(counts).toBe('stored 1, changed 0, unchanged 0, merged 0, refused 0')
    expect((await bodies()).bodies[0].pay).toMatchObject({ min: 250_000 })
    expect((await run(file, '--map', 'name=Кто нужен')).failures.join()).toContain('in --map is not understood')
    expect((await run(file, '--map', 'title=Кого нет')).failures.join()).toContain('no column for title')
  })

  test('a name of a list that is too long is said once, and nothing is read', async () => {
    const file = fileOf('jobs.csv', 'title', 'Сварщик')
    const { lines, failures } = await run(file, '--source', 'x'.repeat(65))
    expect(failures.join()).toContain('Give the list a name of 1 to 64 signs; this one has 65.')
    expect(lines).toEqual([])
    expect((await run(file, '--source', 'x'.repeat(64))).counts).toContain('stored 1')
  })

  test('what comes from HeadHunter in any other form keeps title, figures and link alone', async () => {
    const said = { description: 'Сварка металла', requirements: 'Опыт', contact: '+7 701 123 45 67' }
    const items = [
      { id: '900', title: 'Сварщик', salary: 250_000, alternate_url: 'https://almaty.hh.kz/vacancy/900', ...said },
      { id: '901', title: 'Повар', url: 'https://hh.ru/vacancy/901', ...said },
      { id: '902', title: 'Пекарь', url: 'https://notthehh.kz/902', ...said },
    ]
    await run(fileOf('other.json', JSON.stringify(items)))
    await run(fileOf('list.csv', 'title,url,description', 'Дворник,hh.kz/vacancy/903,Мести двор'))
    const { bodies: stored } = await bodies()
    const found = stored.map(({ title, description, contact }) => [title, description !== '' || contact !== null])
    expect(Object.fromEntries(found)).toEqual({ Сварщик: false, Повар: false, Пекарь: true, Дворник: false })
  })

  test('a page of the API of HeadHunter: archived ones are refused, nothing but title, figures and link is kept', async () => {
    const item = {
      id: '900',
      name: 'Сварщик',
      area: { id: '205', name: 'Шымкент' },
      alternate_url: 'https://hh.kz/vacancy/900',
      salary: { from: 250_000, to: null, currency: 'KZT', gross: false },
      snippet: { requirement: '<highlighttext>Сварка</highlighttext> металла', responsibility: null },
      experience: { id: 'noExperience', name: 'Нет опыта' },
      employer: { id: '1', name: 'Металл' },
      published_at: '2026-02-20T10:00:00+0500',
      archived: false,
    }
    const page = { items: [item, { ...item, id: '901', archived: true }], found: 2, pages: 1, page: 0, per_page: 100 }
    const { lines, counts } = await run(fileOf('page.json', JSON.stringify(page)))
    expect(counts).toBe('stored 1, changed 0, unchanged 0, merged 0, refused 1')
    expect(lines[0]).toMatch(/page\.json, item 2: archived$/)
    const { bodies: stored, sightings } = await bodies()
    expect(stored[0]).toMatchObject({
      region: '79',
      experience: 'none',
      pay: { min: 250_000, tax: 'net' },
      description: '',
    })
    expect(sightings[0]).toMatchObject({ sourceId: '900', url: 'https://hh.kz/vacancy/900' })
  })

  test.each([
    ['nothing.csv', '', 'is empty'],
    ['half.json', '{"items": [', 'broken JSON'],
    ['picture.csv', '\u0089PNG\0\0\0', 'neither CSV, XLSX nor JSON'],
    ['book.xlsx', 'PK\u0003\u0004 and no more', 'no workbook that can be read'],
  ])('%s is refused in a sentence', async (name, text, reason) => {
    const { failures, counts } = await run(fileOf(name, text))
    expect(failures.join()).toContain(reason)
    expect(counts).toBeUndefined()
  })
})
