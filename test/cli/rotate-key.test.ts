import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { systemClock } from '../../src/base/clock.ts'
import { capabilities } from '../../src/capabilities/index.ts'
import { examine } from '../../src/cli/doctor.ts'
import { addRotateKey } from '../../src/cli/rotate-key.ts'
import { readConfig } from '../../src/config.ts'
import { openStore } from '../../src/store/open.ts'
import { sealedTables } from '../../src/store/sealed.ts'
import { writeSealedRows } from '../support/sealed-rows.ts'

const [old, key] = ['07'.repeat(32), '08'.repeat(32)]
const root = new URL('../../', import.meta.url)
const sealedColumns = sealedTables.flatMap(({ columns }) => columns).length

describe('rotate-key', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'serik-rotate-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const settings = (keys: Record<string, string>) => ({ DATABASE_URL: `file:${join(folder, 'serik.db')}`, ...keys })
  const both = () => settings({ SERIK_DATA_KEY: key, SERIK_DATA_KEY_OLD: old })
  const open = (environment: Record<string, string>) => {
    const { databaseUrl, dataKey } = readConfig(environment)
    return openStore({ capabilities, url: databaseUrl, key: dataKey, clock: systemClock })
  }
  const run = async (environment: Record<string, string>) => {
    const [lines, failures]: [string[], string[]] = [[], []]
    const program = new Command('serik')
    const write = (line: string) => lines.push(line)
    const fail = (line: string) => failures.push(line)
    addRotateKey(program, { write, fail, config: () => readConfig(environment), clock: systemClock })
    await program.parseAsync(['rotate-key'], { from: 'user' })
    return { lines, failures }
  }
  const doctor = async () => {
    const tools = { environment: both(), fetch, now: systemClock.now, nodeVersion: 'v22.1.0' }
    return (await examine(root, tools)).find(({ name }) => name === 'old key')
  }

  test('works beside the running bot; doctor tells before and after', async () => {
    const before = await open(settings({ SERIK_DATA_KEY: old }))
    await writeSealedRows(before, 5, 'құпия')
    await before.close()
    const bot = await open(both())
    expect(await doctor()).toMatchObject({
      fine: false,
      text: expect.stringMatching(new RegExp(`^values .* yet: ${sealedColumns}; .*rotate-key`)),
    })
    const { lines, failures } = await run(both())
    expect(failures).toEqual([])
    expect(lines).toEqual([
      ...sealedTables.map(({ table, columns }) => `${table}: ${columns.length} sealed anew`),
      'log of deletions: 0 sealed anew',
      expect.stringMatching(/SERIK_DATA_KEY_OLD can be removed/),
      expect.stringMatching(/Keep the old key as long as backups/),
    ])
    expect(await doctor()).toMatchObject({ fine: true })
    expect((await bot.dialogues.load(5)).person?.name).toBe('құпия')
    await bot.close()
    await (await open(settings({ SERIK_DATA_KEY: key }))).close()
    await expect(open(settings({ SERIK_DATA_KEY: old }))).rejects.toThrow(/SERIK_DATA_KEY_OLD/)
  })

  test('without the old key says that nothing was changed, and how to do it', async () => {
    await (await open(settings({ SERIK_DATA_KEY: key }))).close()
    const { lines, failures } = await run(settings({ SERIK_DATA_KEY: key }))
    expect(lines).toEqual([])
    expect(failures).toEqual([expect.stringMatching(/SERIK_DATA_KEY_OLD is not set.*start the bot again/)])
  })

  test('tells of values that open with neither key, and ends in failure', async () => {
    const store = await open(both())
    await writeSealedRows(store, 5, 'құпия')
    await store.prisma.reminder.updateMany({ data: { what: Buffer.from('damaged') } })
    await store.close()
    expect((await run(both())).failures).toEqual([expect.stringMatching(/^Reminder: 1 open with neither key/)])
  })
})
