import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { isHeld, signsOf } from '../../flows/vacancies/scam/signs.ts'
import { likenessFile, readScam } from '../../src/capabilities/vacancies/scam.ts'
import { readCases } from '../../src/cli/derive/scam/cases.ts'
import { deriveScam } from '../../src/cli/derive-scam.ts'
import { root } from '../../src/config.ts'

const folder = mkdtempSync(join(tmpdir(), 'scam-'))
const files = pathToFileURL(`${folder}/`)
afterAll(() => rmSync(folder, { recursive: true }))

const cases = 'flows/vacancies/scam/cases'
const write = (name: string, text: string) => {
  const file = join(folder, name)
  mkdirSync(join(file, '..'), { recursive: true })
  writeFileSync(file, text)
}
for (const kept of ['flows/vacancies/terms', 'test/flows/vacancies/scam'])
  cpSync(fileURLToPath(new URL(kept, root)), join(folder, kept), { recursive: true })
/** Cheats who ask for stamps, and honest people who sort them: of words that no sign is in. */
const places = ['музейге', 'кітапханаға', 'клубқа', 'мұрағатқа', 'мектепке', 'театрға', 'колледжге', 'орталыққа']
const held = places.map(
  (place) => `held\tfee\t${place} сирек маркаларыңызды түнде жалғыз апарып беріңіз, иесі қайтарады`,
)
const honest = places.map(
  (place) => `honest\tnear\t${place} маркаларды күндіз бірге сұрыптайтын көмекші керек, шарт бар`,
)
write(`${cases}/kk.tsv`, `${[...held, ...honest].join('\n')}\n`)
write(`${cases}/ru.tsv`, '')
write(`${cases}/en.tsv`, '')

describe('what is learned of offers that cheat', () => {
  const offer = (description: string) => {
    return { title: '', description, employer: null, bin: null, pay: null, experience: null }
  }

  test('finds others like them that no sign is in, and is the same for the same files, byte for byte', async () => {
    const report = await deriveScam(files, [new URL(`${cases}/`, files)])
    expect(report).toContain('| kk | must be held | 8 | 0 % |')
    const words = await readScam(files)
    const signs = signsOf(offer('паркке сирек маркаларыңызды түнде жалғыз апарып беріңіз, иесі қайтарады'), words)
    expect(signs).toEqual([{ kind: 'alike', weight: 'hard', words: expect.stringContaining('маркаларыңызды') }])
    const fine = offer('паркке маркаларды күндіз бірге сұрыптайтын көмекші керек, шарт бар')
    expect(isHeld(signsOf(fine, words))).toBe(false)
    const written = readFileSync(new URL(likenessFile, files), 'utf8')
    await deriveScam(files)
    expect(readFileSync(new URL(likenessFile, files), 'utf8')).toBe(written)
  })

  test('is refused where its file is cut off, with what to do', async () => {
    const { weights, ...rest } = JSON.parse(readFileSync(new URL(likenessFile, files), 'utf8'))
    write(likenessFile, JSON.stringify({ ...rest, weights: weights.slice(0, 4_000) }))
    await expect(readScam(files)).rejects.toThrow('are cut off: run npm run derive:scam')
  })

  test.each([
    ['maybe\tfee\ttext', 'line 1: write held or honest'],
    ['held\tfee\t', 'line 1: write held or honest'],
    ['\nheld\tfee\ta\tb', 'line 2: write held or honest'],
  ])('is not learned from a case that cannot be read: %j', (text, message) => {
    for (const language of ['kk', 'ru', 'en']) write(`broken/${language}.tsv`, language === 'kk' ? text : '')
    expect(() => readCases(new URL('broken/', files))).toThrow(message)
  })
})
