import { writeFileSync } from 'node:fs'
import { devNull } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { systemClock } from '../../src/base/clock.ts'
import { openStore } from '../../src/store/open.ts'
import { canMount, createSmallDisk } from '../support/small-disk.ts'
import { createFolder, dataKey, spawnCommand } from './support/serik.ts'

/** The operator's tool as somebody meets it who writes no programs: what happened, where, what to do, and no stack. */
let folder: ReturnType<typeof createFolder>
beforeEach(() => {
  folder = createFolder()
})
afterEach(() => folder.remove())

async function serik(words: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const settings = {
    SERIK_ENV_FILE: devNull,
    HOME: folder.path,
    DATABASE_URL: folder.database,
    SERIK_DATA_KEY: dataKey,
  }
  const command = [process.execPath, '--import', 'tsx', 'src/cli/serik.ts', ...words]
  const tool = spawnCommand(command, fileURLToPath(new URL('../../', import.meta.url)), { ...settings, ...environment })
  const code = await tool.ended
  expect(tool.said()).not.toMatch(/\n\s+at /)
  return { code, said: tool.said() }
}

test('help is there whatever the file of settings holds, and the doctor names its lines', async () => {
  const file = join(folder.path, '.env')
  writeFileSync(file, 'PORT=3000\nhello\n')
  const help = await serik(['--help'], { SERIK_ENV_FILE: file })
  expect(help.code).toBe(0)
  expect(help.said).toContain('npm run serik -- invite --kind institution')
  const doctor = await serik(['doctor'], { SERIK_ENV_FILE: file })
  expect(doctor.code).toBe(1)
  expect(doctor.said).toContain(`${file} cannot be used:\n- line 2 is not NAME=value`)
  expect(doctor.said).toMatch(/fine\s+content:/)
})

test.each([
  [['nonsense'], /unknown command 'nonsense'/],
  [['invite'], /required option '--kind <kind>' not specified/],
  [['invite', '--kind', 'institution', '--bot', 'my bot'], /the name @BotFather gave/],
  [['restore'], /missing required argument 'file'/],
])('%j is refused with the way to help', async (words, reason) => {
  const { code, said } = await serik(words)
  expect(code).toBe(1)
  expect(said).toMatch(reason)
  expect(said).toContain('npm run serik -- help [command]')
})

test('a database that is not there is named with the setting to look at', async () => {
  const { code, said } = await serik(['stats'])
  expect(code).toBe(1)
  expect(said).toMatch(/is not there.*serik\.db\. Check DATABASE_URL/)
})

test.runIf(canMount())('a backup onto a full disk says which disk, and what to do', async () => {
  const store = await openStore({ url: folder.database, key: Buffer.from(dataKey, 'hex'), clock: systemClock })
  await store.close()
  const disk = createSmallDisk(1)
  try {
    disk.fill()
    const { code, said } = await serik(['backup', '--to', join(disk.path, 'copy.db')])
    expect(code).toBe(1)
    expect(said).toMatch(/disk is full: .*copy\.db\. Free some space; nothing was lost.*to be repeated/)
  } finally {
    disk.remove()
  }
})
