import { readdirSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
/** Pure libraries that dialogues may think with. */
const libraries = ['xstate', 'zod', 'htmlparser2']

const files = (folder: string, ending: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending) && !file.includes('generated'))
    .map((file) => join(folder, file))

const importsOf = (file: string) =>
  [
    ...readFileSync(join(root, file), 'utf8').matchAll(
      /^(?:import|export|\}) .*?from '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm,
    ),
  ].map((match) => match[1] ?? match[2] ?? match[3] ?? '')

describe('flows/ know, src/ does', () => {
  const flows = files('flows', '.ts')

  test('there are flows to look at', () => expect(flows.length).toBeGreaterThan(20))

  test.each(flows)('%s imports nothing but flows and pure libraries', (file) => {
    for (const name of importsOf(file)) {
      if (name.startsWith('.')) {
        expect(relative(root, resolve(root, dirname(file), name)), `${file} imports ${name}`).toMatch(/^flows\//)
      } else {
        expect(libraries, `${file} imports ${name}`).toContain(name.split('/')[0])
        expect(builtinModules).not.toContain(name.replace(/^node:/, ''))
      }
    }
  })

  test.each(flows)('%s asks neither clock nor chance nor environment', (file) => {
    const code = readFileSync(join(root, file), 'utf8')
    expect(code).not.toMatch(/\bnew Date\(\s*\)|\bDate\.now\b|\bMath\.random\b|\bprocess\.|\bperformance\./)
  })
})

/** What stands above what: whoever is named imports only from floors below, its own room, and `flows/`. */
const floors: readonly (readonly string[])[] = [
  ['i18n', 'charts', 'base'],
  ['engine'],
  ['store'],
  ['config'],
  ['telegram', 'schedule'],
  ['delivery'],
  ['capabilities'],
  ['cli', 'playground'],
  ['app'],
  ['main'],
]

/** What is at home in a room, for whoever put a file into another. */
const homes: Readonly<Record<string, string>> = {
  main: 'only starts and stops the program',
  app: 'wires the parts together',
  cli: 'is the operator’s tool; commands of one subject stand in its capability',
  playground: 'is the local Telegram and knows nothing of the bot',
  capabilities: 'holds what subjects look up, record and do on their own, a folder each',
  delivery: 'sends notices',
  telegram: 'speaks with Telegram',
  schedule: 'runs jobs and knows none',
  config: 'reads the settings',
  store: 'is the medium alone; what a subject keeps stands in its capability',
  engine: 'runs turns and knows neither Telegram nor store',
  i18n: 'puts messages into words',
  charts: 'draws pictures',
  base: 'holds what has nothing to do with Serik',
}

const roomOf = (file: string) =>
  file
    .replace(/^src\//, '')
    .split('/')[0]
    ?.replace(/\.ts$/, '') ?? ''
const floorOf = (room: string) => floors.findIndex((rooms) => rooms.includes(room))

describe('every room of src/ stands on those below it', () => {
  const sources = files('src', '.ts')

  test('and has its floor; loose files are main and config alone', () => {
    const rooms = [...new Set(sources.map(roomOf))]
    expect(rooms.filter((room) => floorOf(room) === -1)).toEqual([])
    expect(sources.filter((file) => file.split('/').length === 2).sort()).toEqual(['src/config.ts', 'src/main.ts'])
  })

  test.each(sources)('%s imports from no floor above and from no neighbour', (file) => {
    const room = roomOf(file)
    const faults = importsOf(file)
      .filter((name) => name.startsWith('.'))
      .map((name) => relative(root, resolve(root, dirname(file), name)))
      .filter((path) => path.startsWith('src/') && roomOf(path) !== room && floorOf(roomOf(path)) >= floorOf(room))
      .filter((path) => !isBasePlace(room, path))
      .map((path) => {
        const other = roomOf(path)
        return `${file} imports ${path}, which stands higher: ${other} ${homes[other]}, and ${room} ${homes[room]}. Move one of them, or hand in what is needed.`
      })
    expect(faults).toEqual([])
  })
})

/** Words and pictures may use what has nothing to do with Serik. */
function isBasePlace(room: string, path: string): boolean {
  return (room === 'i18n' || room === 'charts') && roomOf(path) === 'base'
}

describe('no word a person reads stands in code', () => {
  /** What is read and not shown: time words of the reminder grammar, answers, ages and plans in words, what stands before a name, what asks, letters of the danger check, endings of words in vacancies, hours and lengths at a fair; a sample of letters to measure. */
  const readers =
    /^flows\/reminders\/phrases\/|^flows\/common\/(ages|letters|names|plans|questions)\.ts$|^flows\/survey\/typed\.ts$|^flows\/help\/danger\/(latin|reading|spelling)\.ts$|^flows\/vacancies\/normalise\/(conditions|places|sums|text|towns)\.ts$|^flows\/vacancies\/matching\/words\.ts$|^flows\/fairs\/hours\.ts$|^flows\/fairmaking\/draft\.ts$|^src\/charts\/letters\.ts$/
  const examples = /exampleName|texts: \[|\{ text: |name: \{ kk: /

  test.each([...files('flows', '.ts'), ...files('src', '.ts')].filter((file) => !readers.test(file)))('%s', (file) => {
    const lines = readFileSync(join(root, file), 'utf8').split('\n')
    const words = lines
      .map((line) => line.replace(/\/\/.*$|^\s*\*.*$|^\s*\/\*.*$/g, ''))
      .filter((line) => /[А-Яа-яӘәҒғҚқҢңӨөҰұҮүҺһІі]{3,}/.test(line) && !examples.test(line))
    expect(words).toEqual([])
  })
})

describe('the clock', () => {
  test.each(files('src', '.ts').filter((file) => file !== 'src/base/clock.ts'))(
    'is asked through src/base/clock.ts in %s',
    (file) => {
      expect(readFileSync(join(root, file), 'utf8').replace(/^\s*(\*|\/\/).*$/gm, '')).not.toMatch(
        /\bDate\.now\(|\bnew Date\(\s*\)/,
      )
    },
  )
})

describe('the environment', () => {
  const mayRead = ['src/config.ts', 'src/main.ts', 'src/cli/serik.ts', 'src/store/generate.ts']
  test.each(files('src', '.ts').filter((file) => !mayRead.includes(file)))('is not read in %s', (file) => {
    expect(readFileSync(join(root, file), 'utf8')).not.toMatch(/process\.env/)
  })
})
