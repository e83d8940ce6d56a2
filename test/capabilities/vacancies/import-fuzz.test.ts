import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { strToU8, unzipSync, zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPostgresql, createSqlite, hasPostgresql, type TestDatabase } from '../../support/databases.ts'
import { type Imported, importVacancies } from './importing.ts'

/** Whatever a file holds, an import ends in order: every row is taken or told of, or the file is refused in a sentence. */
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'serik-fuzz-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const numRuns = 40

type Ending =
  | { readonly type: 'read'; readonly taken: number; readonly refused: readonly string[] }
  | { readonly type: 'failed'; readonly why: string }

/** How a dry run ended that has no database. Throws where it neither told of all rows nor failed in a sentence. */
async function readFile(name: string, bytes: Uint8Array | string): Promise<Ending> {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return endingOf(path, await importVacancies(`file:${join(folder, 'none', 'serik.db')}`, path, '--dry-run'))
}

function endingOf(path: string, { lines, failures, counts }: Imported): Ending {
  if (failures.length > 0) {
    expect([failures.length, counts]).toEqual([1, undefined])
    expect(failures[0]?.startsWith(path)).toBe(true)
    expect(failures[0]).toMatch(/\.$|title=…$/)
    return { type: 'failed', why: (failures[0] ?? '').slice(path.length) }
  }
  const [, ...numbers] =
    /^stored (\d+), changed (\d+), unchanged (\d+), merged (\d+), refused (\d+)$/.exec(counts ?? '') ?? []
  const [refused = Number.NaN, ...taken] = numbers.map(Number).reverse()
  const told = lines.filter((line) => line.startsWith(path)).map((line) => line.slice(path.length))
  expect(told).toHaveLength(refused)
  for (const line of told) expect(line).toMatch(/^(?::\d+|, item \d+): ./s)
  return { type: 'read', taken: taken.reduce((sum, one) => sum + one, 0), refused: told }
}

const Words = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.constantFrom(
    '',
    '"',
    '""',
    'ЖШС «Дәм»',
    'ТОО "Металл"',
    'a;b,c\td',
    'бір\nекі',
    '\u2028',
    '<b>x',
    '=1+1',
    '💼',
    '-5',
    'null',
  ),
)
const Good = fc.record({ employer: Words, town: Words, pay: Words, about: Words })
type Good = typeof Good extends fc.Arbitrary<infer T> ? T : never

const heads = ['id', 'Название', 'Компания', 'Город', 'Зарплата', 'Описание']
const cellsOf = ({ employer, town, pay, about }: Good, at: number) => [
  `${at}`,
  `Повар ${at}`,
  employer,
  town,
  pay,
  about,
]

const Dialect = fc.record({
  separator: fc.constantFrom(',', ';', '\t', '|'),
  lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
  encoding: fc.constantFrom('utf-8', 'utf-8 with a mark', 'utf-16le', 'utf-16be', 'windows-1251'),
  quotesAll: fc.boolean(),
})
type Dialect = typeof Dialect extends fc.Arbitrary<infer T> ? T : never

/** A row as this dialect writes it. */
function rowOf(cells: readonly string[], { separator, lineEnd, quotesAll }: Dialect): string {
  return cells
    .map((cell) => (lineEnd === '\r' ? cell.replace(/[\r\n]/g, ' ') : cell))
    .map((cell) =>
      quotesAll || /["\r\n]/.test(cell) || cell.includes(separator) ? `"${cell.replaceAll('"', '""')}"` : cell,
    )
    .join(separator)
}

const told = ({ separator }: Dialect) => (separator === '|' ? ['sep=|'] : [])
const bytesOf = (rows: readonly string[], dialect: Dialect) =>
  encode([...told(dialect), ...rows].join(dialect.lineEnd), dialect.encoding)

const cyrillic = new Map(
  [...new TextDecoder('windows-1251').decode(Uint8Array.from({ length: 256 }, (_, at) => at))].map((sign, at) => [
    sign,
    at,
  ]),
)

function encode(text: string, encoding: Dialect['encoding']): Buffer {
  switch (encoding) {
    case 'utf-8':
      return Buffer.from(text)
    case 'utf-8 with a mark':
      return Buffer.from(`\uFEFF${text}`)
    case 'utf-16le':
      return Buffer.from(`\uFEFF${text}`, 'utf16le')
    case 'utf-16be':
      return Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()
    case 'windows-1251':
      return Buffer.from([...text].map((sign) => cyrillic.get(sign) ?? 63))
  }
}

describe('a CSV', () => {
  const Bad = fc.constantFrom<(separator: string) => [row: string, why: RegExp]>(
    (separator) => [['x', '', 'Firm'].join(separator), /: no title$/],
    (separator) => [['x', 'Повар', ...'abcdefg'].join(separator), /: 9 cells where the first line has 6$/],
  )

  test('of any dialect loses no good row, and tells file, line and why of every other', async () => {
    const Rows = fc.array(fc.oneof({ weight: 3, arbitrary: Good }, Bad), { minLength: 1, maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(Dialect, Rows, async (dialect, rows) => {
        const written = rows.map((row, at) =>
          typeof row === 'function' ? row(dialect.separator) : ([rowOf(cellsOf(row, at), dialect)] as const),
        )
        const bytes = bytesOf([rowOf(heads, dialect), ...written.map(([row]) => row)], dialect)
        const ending = await readFile('all.csv', bytes)
        let line = told(dialect).length + 2
        const refusals: RegExp[] = []
        for (const [row, why] of written) {
          if (why) refusals.push(new RegExp(`^:${line}${why.source}`))
          line += row.split(dialect.lineEnd === '\r' ? '\r' : '\n').length
        }
        expect(ending).toMatchObject({ type: 'read', taken: written.length - refusals.length })
        if (ending.type !== 'read') return
        expect(ending.refused).toHaveLength(refusals.length)
        for (const [at, refusal] of refusals.entries()) expect(ending.refused[at]).toMatch(refusal)
      }),
      { numRuns },
    )
  })

  test('that is cut anywhere loses no row before the cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        Dialect,
        fc.array(Good, { minLength: 2, maxLength: 6 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        async (dialect, goods, share) => {
          const head = rowOf(heads, dialect)
          const rows = goods.map((good, at) => rowOf(cellsOf(good, at), dialect))
          const bytes = bytesOf([head, ...rows], dialect)
          const least = bytesOf([head], dialect).length
          const at = least + Math.floor(share * (bytes.length - least))
          const whole = rows.filter((_, index) => bytesOf([head, ...rows.slice(0, index + 1)], dialect).length <= at)
          const ending = await readFile('cut.csv', bytes.subarray(0, at))
          expect(ending.type).toBe('read')
          if (ending.type === 'read') expect(ending.taken).toBeGreaterThanOrEqual(whole.length)
        },
      ),
      { numRuns },
    )
  })

  test('with stray bytes in one row loses no other', async () => {
    const Stray = fc.array(fc.constantFrom(0, 1, 0x80, 0xc3, 0xff, 0xed, 0x1a, 0xa0), { minLength: 1, maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(fc.array(Good, { minLength: 3, maxLength: 6 }), Stray, async (goods, stray) => {
        const dialect: Dialect = { separator: ';', lineEnd: '\n', encoding: 'utf-8', quotesAll: true }
        const [first = '', ...others] = goods.map((good, at) => rowOf(cellsOf(good, at), dialect))
        const broken = Buffer.concat([Buffer.from(first.slice(0, -1)), Buffer.from(stray), Buffer.from('"')])
        const [before, after] = [[rowOf(heads, dialect), ''].join('\n'), ['', ...others].join('\n')]
        const ending = await readFile('stray.csv', Buffer.concat([Buffer.from(before), broken, Buffer.from(after)]))
        expect(ending.type).toBe('read')
        if (ending.type === 'read') expect(ending.taken).toBeGreaterThanOrEqual(others.length)
      }),
      { numRuns },
    )
  })

  test('that is no CSV at all ends in order', async () => {
    const Any = fc.oneof(
      fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
      fc.string({ unit: 'binary', maxLength: 300 }).map((text) => Buffer.from(`Название;Город\n${text}`)),
      fc
        .array(fc.constantFrom('"', ';', '\n', 'Повар', '""', '\r', 'sep=;', '\0', '{', '[', 'PK\u0003\u0004'), {
          maxLength: 40,
        })
        .map((parts) => Buffer.from(`id;Название;Город\n${parts.join('')}`)),
    )
    await fc.assert(
      fc.asyncProperty(Any, async (bytes) => void (await readFile('any.csv', bytes))),
      { numRuns: numRuns * 2 },
    )
  })

  test.each(['', '"'])(
    'with a line of ten million signs tells of it and loses no other (in marks: %j)',
    async (mark) => {
      const giant = `2;Повар;${mark}${'а'.repeat(5_000_000)};${'б'.repeat(5_000_000)}${mark};Алматы`
      const text = ['id;Название;Описание;Город', '1;Повар;Ас;Алматы', giant, '3;Сварщик;Темір;Тараз'].join('\n')
      expect(await readFile('giant.csv', text)).toEqual({
        ...{ type: 'read', taken: 2 },
        refused: [':3: longer than 4000000 bytes'],
      })
    },
  )

  test('whose first Russian letters stand far behind its beginning is still Windows-1251', async () => {
    const rows = Array.from({ length: 2_000 }, (_, at) => `${at};Cook ${at};${'x'.repeat(40)}`)
    const bytes = encode(['id;title;employer', ...rows, 'z;Повар;'].join('\n'), 'windows-1251')
    expect(await readFile('late.csv', bytes)).toMatchObject({ type: 'read', taken: 2_001 })
  })
})

describe('JSON', () => {
  const posting = { '@type': 'JobPosting', title: 'Повар', hiringOrganization: { name: 'Дәм' } }
  const headHunter = { id: '1', name: 'Повар', area: { id: '1', name: 'Алматы' }, archived: false }
  const GoodThing = fc.oneof(
    Good.map((good) => ({ title: 'Повар', ...good })),
    fc.constant(posting),
    fc.constant(headHunter),
    fc.record({
      title: fc.constant('Повар'),
      salary: fc.jsonValue(),
      town: fc.jsonValue(),
      description: fc.jsonValue(),
    }),
    fc.jsonValue().map((salary) => ({ ...headHunter, salary })),
    fc.jsonValue().map((baseSalary) => ({ ...posting, baseSalary, jobLocation: baseSalary })),
  )
  const BadThing = fc.constantFrom<[thing: unknown, why: string]>(
    [{}, 'no title'],
    [{ title: '' }, 'no title'],
    [{ title: [] }, 'no title'],
    [{ title: { a: 1 } }, 'no title'],
    [{ ...headHunter, archived: true }, 'archived'],
    [null, 'not an object'],
    [5, 'not an object'],
    ['Повар', 'not an object'],
    [[{ title: 'Повар' }], 'not an object'],
  )
  const Thing = fc.oneof(
    { weight: 3, arbitrary: GoodThing.map((thing) => ({ thing: thing as unknown, why: undefined })) },
    BadThing.map(([thing, why]) => ({ thing, why })),
  )
  const shapes: Record<string, (things: readonly unknown[]) => unknown> = {
    list: (things) => things,
    items: (items) => ({ found: 5, items, arguments: [] }),
    data: (results) => ({ data: { results } }),
  }

  test('of any shape loses no good vacancy, and tells file, place and why of every other', async () => {
    const Things = fc.array(Thing, { minLength: 1, maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('utf-8' as const, 'utf-16le' as const),
        fc.constantFrom(...Object.keys(shapes)),
        Things,
        async (encoding, shape, things) => {
          const json = JSON.stringify(shapes[shape]?.(things.map(({ thing }) => thing)), null, 1)
          const refused = things.flatMap(({ why }, at) => (why === undefined ? [] : [`, item ${at + 1}: ${why}`]))
          expect(await readFile('all.json', encode(json, encoding))).toEqual({
            ...{ type: 'read', taken: things.length - refused.length, refused },
          })
        },
      ),
      { numRuns },
    )
  })

  test('of one object a line that is cut or broken loses no whole line', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(GoodThing, { minLength: 3, maxLength: 8 }),
        fc.nat({ max: 200 }),
        async (things, cut) => {
          const lines = things.map((thing) => JSON.stringify(thing))
          const last = (lines.at(-1) ?? '').slice(0, -1 - (cut % 20))
          const text = [...lines.slice(0, -1), '', last].join('\n')
          expect(await readFile('lines.json', text)).toEqual({
            ...{ type: 'read', taken: things.length - 1, refused: [`:${things.length + 1}: broken JSON`] },
          })
        },
      ),
      { numRuns },
    )
  })

  test('that is cut, deep or none ends in order', async () => {
    const whole = JSON.stringify({ items: [headHunter, posting, headHunter] })
    const Any = fc.oneof(
      fc.nat({ max: whole.length - 1 }).map((at) => whole.slice(0, at)),
      fc.json().map((json) => (/^\s*[[{]/.test(json) ? json : `[${json}]`)),
      fc
        .tuple(fc.constantFrom('[', '{"data":', '{"a":', '[{"title":'), fc.nat({ max: 50_000 }))
        .map(([open, count]) => open.repeat(count + 1)),
      fc
        .tuple(fc.constantFrom('{"data":', '{"title":"a","b":', '{"items":[{"a":'), fc.nat({ max: 3_000 }))
        .map(
          ([open, count]) =>
            open.repeat(count) +
            '1' +
            [...open.repeat(count)].reverse().join('').replace(/[^[{]/g, '').replaceAll('[', ']').replaceAll('{', '}'),
        ),
      fc.nat({ max: 200 }).map((at) => `${whole.slice(0, at)}\u0000\u0001${whole.slice(at + 1)}`),
    )
    await fc.assert(
      fc.asyncProperty(Any, async (text) => void (await readFile('any.json', text))),
      { numRuns: numRuns * 2 },
    )
  })
})

describe('XLSX', () => {
  const harmless = (text: string) =>
    text
      .replace(/[^\P{Cc}\n\t]|[\ud800-\udfff](?![\udc00-\udfff])/gu, '')
      .replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
  const cell = (text: string, column: number, row: number) =>
    `<c r="${'ABCDEFGH'[column]}${row + 1}" t="inlineStr"><is><t>${harmless(text)}</t></is></c>`
  const sheetOf = (rows: readonly (readonly string[])[]) =>
    `<?xml version="1.0"?><worksheet><sheetData>${rows
      .map((cells, row) => `<row r="${row + 1}">${cells.map((text, column) => cell(text, column, row)).join('')}</row>`)
      .join('')}</sheetData></worksheet>`
  const partsOf = (sheet: string) => ({
    '[Content_Types].xml': strToU8('<?xml version="1.0"?><Types/>'),
    'xl/workbook.xml': strToU8(
      '<?xml version="1.0"?><workbook xmlns:r="r"><sheets><sheet name="One" sheetId="1" r:id="rId1"/></sheets></workbook>',
    ),
    'xl/_rels/workbook.xml.rels': strToU8(
      '<?xml version="1.0"?><Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    ),
    'xl/worksheets/sheet1.xml': strToU8(sheet),
  })
  const rows = [heads, ['1', 'Повар', 'Дәм'], ['2', '', 'Firm'], ['3', 'Сварщик', 'Металл']]
  const workbook = zipSync(partsOf(sheetOf(rows)))

  test('loses no good row, and tells file, line and why of every other', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.option(Good), { minLength: 1, maxLength: 10 }), async (goods) => {
        const all = goods.map((good, at) => (good === null ? ['x', '', 'Firm'] : cellsOf(good, at)))
        const ending = await readFile('all.xlsx', zipSync(partsOf(sheetOf([heads, ...all]))))
        const refused = goods.flatMap((good, at) => (good === null ? [`:${at + 2}: no title`] : []))
        expect(ending).toEqual({ type: 'read', taken: goods.length - refused.length, refused })
      }),
      { numRuns },
    )
  })

  test('that is cut is refused in a sentence', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 4, max: workbook.length - 1 }), async (at) => {
        expect(await readFile('cut.xlsx', workbook.subarray(0, at))).toMatchObject({
          ...{ type: 'failed', why: expect.stringContaining('no workbook that can be read') },
        })
      }),
      { numRuns },
    )
  })

  test('with damaged bytes, damaged words or parts that are missing ends in order', async () => {
    const names = Object.keys(unzipSync(workbook))
    const sheet = sheetOf(rows)
    const Any = fc.oneof(
      fc.tuple(fc.nat({ max: workbook.length - 1 }), fc.nat({ max: 255 })).map(([at, byte]) => {
        const damaged = Uint8Array.from(workbook)
        damaged[at] = byte
        return damaged
      }),
      fc
        .tuple(
          fc.nat({ max: sheet.length }),
          fc.nat({ max: 30 }),
          fc.constantFrom('', '<', '&', '"', '</row>', 'r="A9"', '<c r="B2" t="s"><v>99</v></c>'),
        )
        .map(([at, cut, put]) => zipSync(partsOf(sheet.slice(0, at) + put + sheet.slice(at + cut)))),
      fc
        .subarray(names)
        .map((kept) =>
          zipSync(Object.fromEntries(Object.entries(partsOf(sheet)).filter(([name]) => kept.includes(name)))),
        ),
    )
    await fc.assert(
      fc.asyncProperty(Any, async (bytes) => void (await readFile('any.xlsx', bytes))),
      { numRuns: numRuns * 2 },
    )
  })

  test('that unpacks to far more than a list can be is refused, whatever size it says', async () => {
    const bomb = zipSync(partsOf(`${sheetOf(rows)}${' '.repeat(2_000_000)}`), { level: 9 })
    const sized = (size: number) => {
      const lying = Buffer.from(bomb)
      const name = lying.lastIndexOf('xl/worksheets/sheet1.xml')
      lying.writeUInt32LE(size, name - 22)
      return lying
    }
    expect(await readFile('large.xlsx', sized(4_000_000_000))).toMatchObject({
      ...{ type: 'failed', why: expect.stringContaining('unpacks to more than') },
    })
    expect((await readFile('small.xlsx', sized(10))).type).toBe('failed')
  })

  test('with one cell far away is refused', async () => {
    const far = sheetOf(rows).replace(
      '</sheetData>',
      '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>',
    )
    expect(await readFile('far.xlsx', zipSync(partsOf(far)))).toMatchObject({
      ...{ type: 'failed', why: expect.stringContaining('a sheet reaches over more than') },
    })
  })

  test('with a date that is none loses nothing but the date', async () => {
    const styles = '<?xml version="1.0"?><styleSheet><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>'
    const dated = sheetOf([['Название', 'Опубликовано'], ['Повар']]).replace(
      '</row></sheetData>',
      '<c r="B2" s="0"><v>99999999999999</v></c></row></sheetData>',
    )
    const parts = { ...partsOf(dated), 'xl/styles.xml': strToU8(styles) }
    expect(await readFile('date.xlsx', zipSync(parts))).toMatchObject({ type: 'read', taken: 1 })
  })
})

test('what is no file is refused in a sentence', async () => {
  const imported = await importVacancies('file:none', folder, '--dry-run')
  expect(endingOf(folder, imported)).toEqual({ type: 'failed', why: ' is no file. Name the list itself.' })
})

const databases = { sqlite: createSqlite, ...((await hasPostgresql()) && { postgresql: createPostgresql }) }

describe.each(Object.entries(databases))('on %s', (_, create) => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await create()
    await (await database.open()).close()
  })
  afterAll(() => database.drop())

  test('signs that no database takes cost no vacancy', async () => {
    const Hostile = fc
      .array(fc.constantFrom('a', '\0', '\ud800', '\udc00', '"', '\\', '%', '💼', 'ұ', '\u0007', ' '), {
        maxLength: 12,
      })
      .map((signs) => signs.join(''))
    const Vacancies = fc.array(
      fc.record({
        id: Hostile,
        title: Hostile.map((words) => `Повар ${words}`),
        url: Hostile.map((words) => `https://example.org/${words}`),
        employer: Hostile,
        town: Hostile,
        contact: Hostile,
        description: Hostile,
      }),
      { minLength: 1, maxLength: 8 },
    )
    const path = join(folder, 'hostile.json')
    await fc.assert(
      fc.asyncProperty(Vacancies, async (vacancies) => {
        writeFileSync(path, JSON.stringify(vacancies))
        const ending = endingOf(path, await importVacancies(database.url, path))
        expect(ending).toEqual({ type: 'read', taken: vacancies.length, refused: [] })
      }),
      { numRuns: 20 },
    )
  })
})
