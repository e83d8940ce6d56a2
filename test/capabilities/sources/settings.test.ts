import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { createSource, readSources } from '../../../src/capabilities/sources/settings.ts'

const folders: string[] = []
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true })
})

async function fileOf(text: string) {
  const folder = await mkdtemp(join(tmpdir(), 'sources-'))
  folders.push(folder)
  const file = join(folder, 'sources.yaml')
  await writeFile(file, text)
  return file
}

test('the example has every kind, and none is switched on', async () => {
  const settings = await readSources(new URL('../../../sources.example.yaml', import.meta.url))
  expect(settings.map(({ kind }) => kind)).toEqual(['pages', 'jooble', 'yandex', 'headhunter'])
  expect(settings.filter(({ on }) => on)).toEqual([])
  const sources = settings.map((one) => createSource(one, { headHunterToken: undefined }))
  expect(sources.map(({ name, kind }) => [name, kind])).toEqual(settings.map(({ name, kind }) => [name, kind]))
})

test('faults are told with their lines and fields', async () => {
  const file = await fileOf(`sources:
  - name: a
    kind: pages
    on: yes
    list: https://example.org/list
    cards: /job/*
  - name: a
    kind: jooble
    on: false
    url: file:///etc/passwd
    colour: red
  - name: B!
    kind: headhunter
    on: false
    days: 31
`)
  const message = await readSources(file).catch((error: Error) => error.message)
  for (const part of [
    'line 4, sources.0.on',
    'line 5, sources.0.list: must have {page}',
    'line 10, sources.1.url: must be an address',
    'line 11, sources.1.colour',
    'line 12, sources.2.name',
    'line 15, sources.2.days',
  ])
    expect(message).toContain(part)
})

test('a name that stands twice is told', async () => {
  const one = '  - { name: a, kind: jooble, on: false, url: "https://example.org/a.xml" }\n'
  await expect(readSources(await fileOf(`sources:\n${one}${one}`))).rejects.toThrow(
    /line 3, sources.1.name: "a" stands there twice/,
  )
})
