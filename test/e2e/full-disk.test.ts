import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type BotApi, createBotApi, type Listening } from '../../src/playground/bot-api/create-bot-api.ts'
import { canMount, createSmallDisk, type SmallDisk } from '../support/small-disk.ts'
import { createFolder, dataKey, type Serik, startSerik, token, webhookSecret } from './support/serik.ts'

/** The real program on a disk that is really full: every update waits, and is taken when there is space. */
describe.runIf(canMount())('a full disk', () => {
  let api: BotApi
  let server: Listening
  let disk: SmallDisk
  let home: ReturnType<typeof createFolder>
  let serik: Serik

  beforeEach(async () => {
    api = createBotApi({ token, webhookBackoff: { first: 20, longest: 200 } })
    server = await api.listen()
    disk = createSmallDisk(6)
    home = createFolder()
  })
  afterEach(async () => {
    await serik?.stop('SIGKILL')
    await server.close()
    disk.remove()
    home.remove()
  })

  const settings = () => ({
    BOT_TOKEN: token,
    SERIK_DATA_KEY: dataKey,
    TELEGRAM_API_ROOT: server.url,
    DATABASE_URL: `file:${join(disk.path, 'serik.db')}`,
    BACKUP_FOLDER: join(home.path, 'backups'),
    HOME: home.path,
  })

  async function losesNothing(refusal: RegExp): Promise<void> {
    const people = [5001, 5002, 5003].map((id) => api.person(id))
    for (const person of people) person.starts()
    await api.confirmed(30_000)
    const before = people.map(({ messages }) => messages.length)
    disk.fill()
    // Some may still find room in the log of writes that is there already.
    for (let round = 0; round < 5; round++) for (const person of people) person.writes(`/help ${'x'.repeat(300)}`)
    await serik.says(refusal)
    expect(api.pendingUpdates()).toBeGreaterThan(0)
    disk.free()
    await api.confirmed(30_000)
    for (const [index, person] of people.entries()) {
      await person.waitFor(({ messages }) => messages.length > (before[index] ?? 0) + 1, 30_000)
    }
    expect(serik.said()).not.toMatch(/left out/)
    expect(await serik.stop(), serik.said()).toBe(0)
  }

  test('loses no update that is fetched', async () => {
    serik = await startSerik({ ...settings(), PORT: '0' })
    await losesNothing(/the same update is taken again/)
  })

  test('loses no update that Telegram posts: it is told to try again', async () => {
    const port = await freePort()
    const hook = { WEBHOOK_URL: `http://127.0.0.1:${port}/hook`, WEBHOOK_SECRET: webhookSecret, PORT: port }
    serik = await startSerik({ ...settings(), ...hook })
    await losesNothing(/"again":true/)
  })
})

async function freePort(): Promise<string> {
  const other = createBotApi()
  const { url, close } = await other.listen()
  await close()
  return new URL(url).port
}
