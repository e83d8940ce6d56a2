import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { pieces, scoreOf } from '../../flows/common/classifier.ts'
import { createDangerCheck } from '../../flows/help/danger/check.ts'
import { isMeant } from '../../flows/help/danger/classifier.ts'
import { RuleFile } from '../../flows/help/danger/rule-file.ts'
import { readModels, writtenModels } from '../../src/capabilities/help/models.ts'
import { readCaseFile } from '../../src/cli/derive/danger/cases.ts'
import { checkRules } from '../../src/cli/derive/danger/check-rules.ts'
import { learn, mostLost } from '../../src/cli/derive/danger/learn.ts'
import type { Line } from '../../src/cli/derive/danger/lines.ts'

const folder = mkdtempSync(join(tmpdir(), 'danger-'))
afterAll(() => rmSync(folder, { recursive: true }))
const fileOf = (name: string, text: string) => {
  writeFileSync(join(folder, name), text)
  return pathToFileURL(join(folder, name))
}

const noRules = createDangerCheck([])
const who = ['мама', 'папа', 'брат', 'тренер', 'сосед', 'дядя', 'тетя', 'отчим']
const lines: readonly Line[] = who.flatMap((one) => [
  { language: 'ru', text: `${one} меня обижает и пугает`, kind: 'danger' },
  { language: 'ru', text: `${one} варит вкусный суп`, kind: 'harmless' },
])

describe('the classifier', () => {
  const { models } = learn(lines, noRules)
  const eager = { danger: { ...models.danger, threshold: 100 }, worry: { ...models.worry, threshold: 0 } }

  test('means words like those it learned from, and no others', () => {
    const isWorry = (text: string) => isMeant(text.split(' '), eager.worry, false)
    expect(isWorry('сестра меня обижает')).toBe(true)
    expect(isWorry('сестра варит суп')).toBe(false)
    expect(isMeant([], { ...eager.worry, threshold: -100 }, false)).toBe(false)
  })

  test('tells nothing by one word or two, where a rule may', () => {
    const { worry } = eager
    expect([isMeant(['обижает', 'пугает'], worry, false), isMeant(['обижает', 'пугает'], worry, true)]).toEqual([
      false,
      true,
    ])
  })

  test('takes sadness for a worry, not for danger', () => {
    const sad = who.map((one) => ({ language: 'ru', text: `${one} сегодня грустит`, kind: 'sad' }) as const)
    const { models } = learn([...lines, ...sad], noRules)
    const score = (level: 'danger' | 'worry') => scoreOf(['сестра', 'сегодня', 'грустит'], models[level])
    expect([score('danger') > 0, score('worry') > 0]).toEqual([false, true])
  })

  test('is the same for the same lines, byte for byte', () => {
    expect(writtenModels(learn(lines, noRules).models)).toBe(writtenModels(models))
  })

  test('is read as it was written', async () => {
    expect(await readModels(fileOf('weights.json', writtenModels(models)))).toEqual(models)
  })

  test('is told to be cut off where it is', async () => {
    const cut = writtenModels({ ...models, worry: { ...models.worry, weights: models.worry.weights.slice(1) } })
    const read = readModels(fileOf('cut.json', cut))
    await expect(read).rejects.toThrow(/cut\.json needs correcting:\n.*worry\.weights: are cut off/)
  })

  test('looks at every part of a long message', () => {
    const words = Array.from({ length: 100 }, (_, at) => String(at))
    expect(new Set(pieces(words).flat())).toEqual(new Set(words))
    expect(isMeant([...words, ...'брат меня обижает и пугает'.split(' '), ...words], eager.worry, false)).toBe(true)
  })

  test('finds what no rule does, each level for itself', () => {
    const text = 'брат меня обижает'
    expect(createDangerCheck([]).isWorry(text)).toBe(false)
    expect(createDangerCheck([], eager).isWorry(text)).toBe(true)
    expect(createDangerCheck([], eager).isDanger(text)).toBe(false)
    expect(createDangerCheck([], { ...eager, danger: eager.worry }).isDanger(text)).toBe(true)
  })

  test('takes back what a rule finds in words that it knows to be harmless', () => {
    const rules: RuleFile = {
      language: 'ru',
      ...RuleFile.parse({ words: {}, level_one: { home: ['"брат"'] }, level_two: {} }),
    }
    const check = createDangerCheck([rules], { ...eager, danger: { ...eager.worry, doubt: 0 } })
    expect([check.isDanger('брат меня обижает'), check.isDanger('брат варит суп')]).toEqual([true, false])
    expect(createDangerCheck([rules]).isDanger('брат варит суп')).toBe(true)
  })

  test('doubts no more of what rules find rightly than is allowed', () => {
    const rules: RuleFile = {
      language: 'ru',
      ...RuleFile.parse({ words: {}, level_one: { home: ['"обижает"'] }, level_two: {} }),
    }
    const { taken } = learn(lines, createDangerCheck([rules]))
    const found = lines.flatMap(({ kind }, at) => (kind === 'danger' && taken.danger[at] ? [at] : []))
    expect(found.length).toBeGreaterThanOrEqual(Math.ceil((1 - mostLost.danger) * who.length))
  })
})

describe('cases', () => {
  test('are read with their lines', () => {
    const file = fileOf('ru.tsv', 'text\tlabel\tkind\nхочу умереть\tdanger:self\tplain\n\nскучно\tharmless:chat\n')
    expect(readCaseFile(file, 'ru')).toEqual([
      { language: 'ru', line: 2, text: 'хочу умереть', label: 'danger', about: 'self', kind: 'plain' },
      { language: 'ru', line: 4, text: 'скучно', label: 'harmless', about: 'chat', kind: 'plain' },
    ])
  })

  test.each([
    ['а\tdanger:weather', /line 1: "danger:weather" is none of self, home/],
    ['а\tterrible', /line 1: the second column is "terrible"/],
    ['а\tharmless:', /line 1: "harmless:" is none/],
    ['\tsad:sad', /line 1: has no text/],
  ])('%j is told', (text, message) => expect(() => readCaseFile(fileOf('x.tsv', text), 'ru')).toThrow(message))

  test('tell what rules miss, what they take for danger, and which of them nothing proves', () => {
    const level = { self: ['"умереть"', '"смех"', '"никогда"', { rule: '"пример"', example: 'пример' }] }
    const rules = RuleFile.parse({ words: {}, level_one: level, level_two: { sad: ['"плохо"'] } })
    const file = { language: 'ru', ...rules } as const
    const text = 'умереть\tdanger:self\nплохо\tsad:sad\nтоска\tsad:sad\nупал\tdanger:home\nсмех\tharmless:chat\n'
    const found = checkRules(createDangerCheck([file]), [file], readCaseFile(fileOf('y.tsv', text), 'ru'))
    expect(found.missed.map((one) => one.text)).toEqual(['упал'])
    expect(found.cold.map((one) => one.text)).toEqual(['тоска'])
    expect(found.alarms.map(({ one, rule }) => [one.text, rule?.source])).toEqual([['смех', '"смех"']])
    expect(found.unproven.map(({ source }) => source)).toEqual(['"смех"', '"никогда"'])
  })
})
