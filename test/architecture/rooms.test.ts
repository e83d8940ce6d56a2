import { readdirSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
/** Pure libraries that dialogues may think with. */
const libraries = ['xstate', 'zod', 'chrono-node']

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

describe('no word a person reads stands in code', () => {
  /** What is read and not shown: time words of the reminder grammar, letters of the danger check; a sample of letters to measure. */
  const readers = /^flows\/reminders\/phrases\/|^flows\/help\/danger\.ts$|^src\/charts\/letters\.ts$/
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
