import { readFileSync, writeFileSync } from 'node:fs'
import { devNull } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createFolder, installSerik, spawnCommand } from './support/serik.ts'

/** A start with content that cannot be used: it ends by itself, with words and no stack, before a database is made. */
let folder: ReturnType<typeof createFolder>
beforeEach(() => {
  folder = createFolder()
  installSerik(folder.path)
})
afterEach(() => folder.remove())

async function start(): Promise<string> {
  const environment = { DATABASE_URL: folder.database, HOME: folder.path, PORT: '0', SERIK_ENV_FILE: devNull }
  const serik = spawnCommand([process.execPath, '--import', 'tsx', 'src/main.ts'], folder.path, environment)
  // One that starts although it must not would otherwise never end.
  void serik.says(/Serik: http/).then(
    () => serik.stop('SIGKILL'),
    () => {},
  )
  expect(await serik.ended, serik.said()).toBe(1)
  expect(serik.said()).not.toMatch(/\n\s+at /)
  expect(() => readFileSync(folder.database.replace('file:', ''))).toThrow('ENOENT')
  return serik.said()
}

test('an instrument without words is refused with the files that lack', async () => {
  const instrument = { id: 'workstyle', version: 1, scoring: 'choice', scales: ['T', 'P'] }
  const rest = { items: [{ id: 'T1', options: ['T', 'P'] }], forms: { quick: ['T1'], rest: [] } }
  // JSON is YAML, too.
  writeFileSync(
    join(folder.path, 'flows/survey/instruments/workstyle.yaml'),
    JSON.stringify({ ...instrument, ...rest }),
  )
  expect(await start()).toContain('locales/kk/workstyle.json is not there: write the words of "workstyle" in it')
})

test('a button without an event of the machine is refused with flow and screen', async () => {
  const file = join(folder.path, 'flows/privacy/index.ts')
  writeFileSync(file, readFileSync(file, 'utf8').replace("{ type: 'EXPORT' })", "{ type: 'EXPORTED' } as never)"))
  expect(await start()).toMatch(/flow "privacy", screen "reading": the machine knows no event "EXPORTED"/)
})

test('a broken locale file is refused with file and line', async () => {
  const file = join(folder.path, 'locales/kk/home.json')
  writeFileSync(file, readFileSync(file, 'utf8').replace('{\n', '{\n,\n'))
  expect(await start()).toMatch(/locales\/kk\/home\.json needs correcting:\n- line 2: not readable as JSON/)
})
