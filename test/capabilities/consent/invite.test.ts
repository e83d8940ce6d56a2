import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { newcomer } from '../../../flows/common/person.ts'
import { checkCode } from '../../../flows/onboarding/contract.ts'
import { systemClock } from '../../../src/base/clock.ts'
import { addInvite } from '../../../src/capabilities/consent/invite.ts'
import { readConfig } from '../../../src/config.ts'
import { openStore } from '../../../src/store/open.ts'
import { ask } from '../../support/ask.ts'

const key = '07'.repeat(32)
const day = 24 * 60 * 60 * 1000

describe('invite', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'serik-invite-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))
  const url = () => `file:${join(folder, 'serik.db')}`

  const run = async (...words: string[]): Promise<string[]> => {
    const lines: string[] = []
    const program = new Command('serik').exitOverride().configureOutput({ writeErr: () => {} })
    const fail = (message: string) => {
      throw new Error(message)
    }
    const environment = { DATABASE_URL: url(), SERIK_DATA_KEY: key }
    const root = new URL('../../../', import.meta.url)
    const config = () => readConfig(environment)
    addInvite(program, { root, config, clock: systemClock, write: (line) => lines.push(line), fail })
    for (const command of program.commands) command.exitOverride().configureOutput({ writeErr: () => {} })
    await program.parseAsync(['invite', ...words], { from: 'user' })
    return lines
  }
  const check = async (code: string, now = systemClock.now()) => {
    const store = await openStore({ url: url(), key: Buffer.from(key, 'hex'), clock: { now: () => now } })
    const answer = await ask(checkCode, { code }, { chatId: 1, person: newcomer('kk'), now }, store)
    await store.close()
    return answer
  }

  /** A first start, which leaves a database. */
  const create = async () => {
    const store = await openStore({ url: url(), key: Buffer.from(key, 'hex'), clock: systemClock })
    await store.close()
  }

  test('prints a code that opens the way for its days, and is shown once', async () => {
    await create()
    const [code = '', about] = await run('--kind', 'institution', '--days', '10', '--uses', '25')
    expect(code).toMatch(/^[\w-]{8,64}$/)
    expect(about).toMatch(/shown only this once; it is good for 10 days and 25 people/)
    expect(await check(code)).toMatchObject({ valid: true, stands: false })
    expect(await check(code, systemClock.now() + 11 * day)).toMatchObject({ valid: false, stands: false })
    expect(await check(`${code}x`)).toMatchObject({ valid: false, stands: false })
  })

  test('prints the whole link when it knows the bot', async () => {
    await create()
    const [link] = await run('--kind', 'guardian', '--bot', '@serik_bot')
    expect(link).toMatch(/^https:\/\/t\.me\/serik_bot\?start=[\w-]{8,64}$/)
  })

  test('works beside the running bot', async () => {
    const bot = await openStore({ url: url(), key: Buffer.from(key, 'hex'), clock: systemClock })
    expect(await run('--kind', 'guardian')).toHaveLength(2)
    await bot.close()
  })

  test('makes no code, and no database for it, where there is none', async () => {
    await expect(run('--kind', 'guardian')).rejects.toMatchObject({ reason: 'missing' })
    expect(readdirSync(folder)).toEqual([])
  })

  test.each([
    ['no kind', [], /required option '--kind/],
    ['a kind nobody knows', ['--kind', 'friend'], /institution, guardian|Allowed choices/],
    ['days that are no number', ['--kind', 'guardian', '--days', 'ten'], /--days/],
    ['no days at all', ['--kind', 'guardian', '--days', '0'], /--days/],
    ['a negative number of people', ['--kind', 'guardian', '--uses', '-1'], /--uses/],
    ['half a person', ['--kind', 'guardian', '--uses', '1.5'], /--uses/],
  ])('refuses %s with the option’s name', async (_, words, text) => {
    await expect(run(...words)).rejects.toThrow(text)
  })
})
