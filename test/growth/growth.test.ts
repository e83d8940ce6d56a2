import { devNull } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createWords } from '../../src/i18n/words.ts'
import type { ChatMessage } from '../../src/playground/bot-api/chats.ts'
import { type BotApi, createBotApi, type Listening } from '../../src/playground/bot-api/create-bot-api.ts'
import { createFolder, dataKey, type Serik, spawnCommand, token } from '../e2e/support/serik.ts'
import { createWalker, type Walker } from '../e2e/support/walker.ts'
import { differences, installWithToy, linesAdded, registries } from './copy.ts'

/**
 * A whole subject is added to a copy of the project: its folders, its models, its words, a line in each registry, and
 * nothing else. Each of its parts is used as people use it.
 */
const folder = createFolder()
const copy = join(folder.path, 'serik')
let types: Serik
let api: BotApi
let server: Listening
let serik: Serik
let walker: Walker

const node = (...words: string[]) => {
  const settings = { BOT_TOKEN: token, TELEGRAM_API_ROOT: server.url, DATABASE_URL: folder.database, PORT: '0' }
  const rest = { SERIK_DATA_KEY: dataKey, HOME: folder.path, SERIK_ENV_FILE: devNull }
  return spawnCommand([process.execPath, ...words], copy, { ...settings, ...rest })
}
/** Runs a program of the copy to its end, which must be a good one, and gives what it said. */
const run = async (...words: string[]) => {
  const program = node('--import', 'tsx', ...words)
  expect(await program.ended, program.said()).toBe(0)
  return program.said()
}
const starts = async () => {
  const started = node('--import', 'tsx', 'src/main.ts')
  await started.says(/Serik is polling/)
  return started
}
const stops = async () => expect(await serik.stop(), serik.said()).toBe(0)

const database = <T>(use: (open: Database.Database) => T): T => {
  const open = new Database(folder.database.replace('file:', ''))
  try {
    return use(open)
  } finally {
    open.close()
  }
}
/** The document of this name, once it has come. */
const receives = async (name: string) => {
  const isIt = ({ document }: ChatMessage) => document?.name === name
  const message = await walker.person.waitFor(({ messages }) => messages.find(isIt))
  return { caption: message.text, text: new TextDecoder().decode(message.document?.bytes) }
}

beforeAll(async () => {
  installWithToy(copy)
  api = createBotApi({ token })
  server = await api.listen()
  await run('src/store/generate.ts')
  types = node('node_modules/typescript/bin/tsc', '--noEmit')
  await run('src/store/migrations/create.ts', 'plants')
  serik = await starts()
  const words = await createWords(pathToFileURL(`${copy}/locales/`), { strict: true })
  walker = createWalker(api, words, 'kk')
})
afterAll(async () => {
  await serik?.stop()
  await types?.ended
  await server?.close()
  folder.remove()
})

describe('a subject that is added', () => {
  test('brings its own files, and a line in each of two lists', () => {
    const brought = differences(copy).filter((file) => !registries.some((registry) => registry === file))
    const rooms = new Set(brought.map((file) => file.replace(/(plants|\d{4}_plants)\/.*/, '$1')))
    expect([...rooms]).toEqual([
      'flows/plants',
      ...['en', 'kk', 'ru'].map((language) => `locales/${language}/plants.json`),
      ...['postgresql', 'sqlite'].map((provider) =>
        expect.stringMatching(`^prisma/migrations/${provider}/\\d{4}_plants$`),
      ),
      'prisma/models/plants.prisma',
      'src/capabilities/plants',
    ])
    for (const registry of registries) {
      const lines = linesAdded(copy, registry).map((line) => line.trim())
      expect(lines, registry).toEqual(["import { plants } from './plants/index.ts'", 'plants,'])
    }
  })

  test('fits the types of the house', async () => {
    expect(await types.ended, types.said()).toBe(0)
  })

  test('stands in the menu and looks up what there is', async () => {
    await walker.starts()
    await walker.presses('onboarding:welcome.next')
    await walker.presses('common:age.18+')
    await walker.presses('onboarding:consent.self.agree')
    await walker.presses('common:plan.work')
    await walker.presses('common:skip')
    await walker.presses('plants:menu')
    expect(
      walker
        .screen()
        .keyboard.flat()
        .map(({ text }) => text),
    ).toEqual(['алоэ', 'папоротник', walker.says('common:home')])
    expect(walker.person.commands).toContainEqual({
      command: 'plants',
      description: walker.says('plants:command.plants'),
    })
  })

  test('records a fact in a table of its own, sealed', async () => {
    await walker.presses('алоэ')
    await walker.writes('Бәйтерек')
    expect(walker.screen().text).toContain('Бәйтерек')
    const rows = database((open) => open.prepare('SELECT kind, name FROM Plant').all())
    expect(rows).toEqual([{ kind: 'aloe', name: expect.any(Buffer) }])
    expect(JSON.stringify(rows)).not.toContain('Бәйтерек')
  })

  test('hands over a document', async () => {
    await walker.presses('plants:care.button')
    const { caption, text } = await receives('aloe.txt')
    expect([caption, text]).toEqual([walker.says('plants:care.caption'), 'Топырағы кепкенде ғана суарыңыз.'])
  })

  test('is found by a free text', async () => {
    await walker.writes('папоротник')
    expect(walker.screen().text).toContain(walker.says('search:again'))
    await walker.presses('папоротник')
    expect(walker.screen().text).toBe(walker.says('plants:naming'))
    await walker.presses('common:back')
    expect(walker.screen().text).toContain('• Бәйтерек')
  })

  test('is in the export, on the page that people read and in the file for programs', async () => {
    await walker.writes('/export_me')
    const { text: page } = await receives('serik.html')
    const [, own] = page.split(`<h2>${walker.says('plants:export.title')}</h2>`)
    expect(own?.split('<h2>')[0]).toMatch(/<h3>Бәйтерек<\/h3>.*<b>алоэ<\/b>/)
    const { Plant } = JSON.parse((await receives('serik.json')).text)
    expect(Plant).toEqual([
      expect.objectContaining({ kind: 'aloe', name: 'Бәйтерек', keptAt: expect.stringMatching(/Z$/) }),
    ])
  })

  test('has a command of the operator’s tool, and its content is looked through', async () => {
    expect(await run('src/cli/serik.ts', 'plants')).toBe('aloe: 1\nkinds kept: 1\n')
    expect(await run('src/cli/serik.ts', 'doctor')).toMatch(/fine {3}content: .*\bplants: 2\b/)
  })

  test('does its job, made up for after weeks of standing still, and its notice comes', async () => {
    await stops()
    database((open) => open.prepare(`UPDATE JobRun SET startedAt = 1, finishedAt = 1 WHERE job = 'plants'`).run())
    serik = await starts()
    const notice = await walker.person.sees('шөлдеп тұр', 20_000)
    expect(notice.text).toBe('«Бәйтерек» шөлдеп тұр: бүгін суарып қойыңыз.')
    expect(database((open) => open.prepare('SELECT waterAt FROM Plant').pluck().all())).toEqual([null])
  })

  test('is forgotten with everything else', async () => {
    await walker.writes('/delete_me')
    walker.person.presses(walker.says('privacy:confirm.yes'))
    await walker.person.sees(walker.says('privacy:deleted.title'), 15_000)
    expect(database((open) => open.prepare('SELECT count(*) FROM Plant').pluck().get())).toBe(0)
    expect(await run('src/cli/serik.ts', 'plants')).toBe('kinds kept: 0\n')
    await stops()
  })
})
