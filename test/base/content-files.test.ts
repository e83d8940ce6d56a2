import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { readChecked, readFolder } from '../../src/base/content-files.ts'

const schema = z.strictObject({
  id: z.string(),
  size: z.int().positive(),
  names: z.array(z.strictObject({ kk: z.string(), ru: z.string() })).default([]),
})

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'serik-files-'))
})
afterEach(() => rm(folder, { recursive: true }))

const write = (name: string, ...lines: string[]) => writeFile(join(folder, name), lines.join('\n'))
const refusal = (read: Promise<unknown>) =>
  read.then(
    () => 'nothing was refused',
    ({ name, message }: Error) => `${name}: ${message}`.replaceAll(`${folder}/`, ''),
  )

describe('a folder of content', () => {
  test('is read by name, YAML and JSON, and nothing else in it', async () => {
    await write('b.yaml', 'id: b', 'size: 2')
    await write('a.json', '{ "id": "a", "size": 1 }')
    await write('README.md', 'What stands here.')
    const read = [
      { id: 'a', size: 1, names: [] },
      { id: 'b', size: 2, names: [] },
    ]
    expect(await readFolder(folder, schema)).toEqual(read)
    expect(await readFolder(pathToFileURL(`${folder}/`), schema)).toEqual(read)
  })

  test('tells every fault of every file with its line and field', async () => {
    await write(
      'a.yaml',
      '# The first',
      'id: a',
      'size: 0',
      'names:',
      '  - kk: а',
      '    ru: б',
      '  - kk: а',
      'x: 1',
      'y: 2',
    )
    await write('b.json', '{', '  "id": "b",', '  "size": "big"', '}')
    await write('c.yaml', 'id: c', 'size: 1')
    await write('d.yaml', 'id: [')
    expect(await refusal(readFolder(folder, schema))).toMatch(
      new RegExp(
        [
          /^ContentError: The file a.yaml needs correcting:/,
          /- line 3, size: .*/,
          /- line 7, names.1.ru: .*/,
          /- line 8, x: is not a field here; take it out/,
          /- line 9, y: is not a field here; take it out/,
          /The file b.json needs correcting:/,
          /- line 3, size: .*/,
          /The file d.yaml needs correcting:/,
          /- line 1: not readable as YAML: .*$/,
        ]
          .map(({ source }) => source)
          .join('\n'),
      ),
    )
  })

  test('wants the id to be the name of the file, and each id once', async () => {
    await write('a.yaml', 'size: 1', 'id: b')
    expect(await refusal(readFolder(folder, schema))).toBe(
      'ContentError: The file a.yaml needs correcting:\n- line 2, id: is "b" but the file has another name; make the two equal',
    )
    await write('a.yaml', 'size: 1', 'id: a')
    await write('a.json', '{"size":1,"id":"a"}')
    expect(await refusal(readFolder(folder, schema))).toMatch(/a\.yaml .*\n- line 2, id: "a" stands in another file/)
  })

  test('may compare a file with those before it', async () => {
    const sizes = ['a', 'b', 'c'].map((id, index) => write(`${id}.yaml`, `id: ${id}`, '', `size: ${(index % 2) + 1}`))
    await Promise.all(sizes)
    const read = readFolder(folder, schema, ({ size }, earlier) => {
      const twin = earlier.find((other) => other.size === size)
      return twin === undefined ? [] : [{ path: ['size'], message: `is that of "${twin.id}"` }]
    })
    expect(await refusal(read)).toBe('ContentError: The file c.yaml needs correcting:\n- line 3, size: is that of "a"')
  })

  test('that is not there is told', async () => {
    expect(await refusal(readFolder(join(folder, 'none'), schema))).toMatch(
      /^ContentError: The folder none cannot be read: /,
    )
  })
})

describe('a file of content', () => {
  test.each<[string, string, string[], RegExp]>([
    ['an empty file', 'a.yaml', [], /^- line 1, the whole file: /m],
    ['a missing field', 'a.yaml', ['# What it is', 'id: a'], /^- line 2, size: /m],
    ['a key that stands twice', 'a.yaml', ['id: a', 'size: 1', 'size: 2'], /^- line 3: not readable as YAML: /m],
    ['an alias of nothing', 'a.yaml', ['id: a', 'size: *b'], /^- not readable as YAML: Unresolved alias/m],
    ['a comma too many', 'a.json', ['{', '"id": "a",', '"size": 1,', '}'], /^- line 4: not readable as JSON: /m],
    ['a comma too early', 'a.json', ['{', ',"id": "a"}'], /^- line 2: not readable as JSON: /m],
    ['JSON that breaks off', 'a.json', ['{', '"id": "a",', '"size"'], /^- line 3: not readable as JSON: /m],
  ])('with a fault is refused with the line: %s', async (_, name, lines, message) => {
    await write(name, ...lines)
    expect(await refusal(readChecked(join(folder, name), schema))).toMatch(message)
  })

  test('that is not there is told', async () => {
    expect(await refusal(readChecked(join(folder, 'a.yaml'), schema))).toMatch(
      /^ContentError: The file a.yaml cannot be read: /,
    )
  })
})
