import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BotApi, createBotApi, type Listening } from '../../src/playground/bot-api/create-bot-api.ts'
import { createFolder, dataKey, installSerik, spawnCommand, token } from './support/serik.ts'

/** What the README says, in its own order and in one folder: the playground, then the same bot on Telegram. */
let api: BotApi
let server: Listening
let folder: ReturnType<typeof createFolder>

beforeAll(async () => {
  api = createBotApi({ token })
  server = await api.listen()
  folder = createFolder()
  installSerik(folder.path)
})
afterAll(async () => {
  await server.close()
  folder.remove()
})

const run = (...words: string[]) => spawnCommand(['npm', ...words], folder.path, { HOME: folder.path, PORT: '0' })

test('npm start is the playground, on a database of its own; SIGTERM to npm ends it in peace', async () => {
  const serik = run('start')
  await serik.says(/^Serik: http/)
  expect(await serik.stop(), serik.said()).toBe(0)
  expect(existsSync(join(folder.path, 'data', 'playground.db'))).toBe(true)
  expect(existsSync(join(folder.path, 'data', 'serik.db'))).toBe(false)
})

test('with token and key in .env it is the bot on Telegram, and says which settings the file brought', async () => {
  const example = readFileSync(join(folder.path, '.env.example'), 'utf8')
  const filled = example
    .replace(/^BOT_TOKEN=.*$/m, `BOT_TOKEN=${token}`)
    .replace(/^SERIK_DATA_KEY=.*$/m, `SERIK_DATA_KEY=${dataKey}`)
    .replace(/^TELEGRAM_API_ROOT=.*$/m, `TELEGRAM_API_ROOT=${server.url}`)
  writeFileSync(join(folder.path, '.env'), filled)
  const serik = run('start')
  const told = await serik.says(/Settings come from a file/)
  expect(told).toMatch(/BOT_TOKEN.*SERIK_DATA_KEY.*TELEGRAM_API_ROOT/)
  await serik.says(/Serik is polling/)
  expect(await serik.stop('SIGINT'), serik.said()).toBe(0)
  expect(serik.said()).not.toContain(token)
  expect(serik.said()).not.toContain(dataKey)
  expect(existsSync(join(folder.path, 'data', 'serik.db'))).toBe(true)
})

test('the operator’s tool reads the same settings', async () => {
  const doctor = run('run', '-s', 'serik', '--', 'doctor')
  expect(await doctor.ended, doctor.said()).toBe(0)
  expect(doctor.said()).toMatch(/settings: mode polling; from \.env: BOT_TOKEN, .*SERIK_DATA_KEY/)
  expect(doctor.said()).toMatch(/database: .*data\/serik\.db opens with this key/)
})

test('a malformed .env is refused with its line', async () => {
  writeFileSync(join(folder.path, '.env'), 'BOT_TOKEN: abc\n')
  const serik = run('start')
  expect(await serik.ended).toBe(1)
  expect(serik.said()).toMatch(/\.env cannot be used:\n- line 1 is not NAME=value/)
  expect(serik.said()).not.toMatch(/\n\s+at /)
  const doctor = run('run', 'serik', '--', 'doctor')
  expect(await doctor.ended).toBe(1)
  expect(doctor.said()).toMatch(/\.env cannot be used:\n- line 1 is not NAME=value/)
  expect(doctor.said()).not.toMatch(/\n\s+at /)
})

test('a file of content that cannot be used is refused with file, line and field, and nothing hangs', async () => {
  writeFileSync(join(folder.path, '.env'), '')
  const file = join(folder.path, 'prisma', 'seed', 'professions', 'accountant.yaml')
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^soc:.*$/m, 'soc: 12'))
  const serik = run('start')
  expect(await serik.ended).toBe(1)
  expect(serik.said()).toMatch(/accountant\.yaml needs correcting:\n- line \d+, soc: /)
  expect(serik.said()).not.toMatch(/\n\s+at /)
})
