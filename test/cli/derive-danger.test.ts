import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { createDangerCheck } from '../../flows/help/danger/check.ts'
import { isWorrying, pieces } from '../../flows/help/danger/classifier.ts'
import { RuleFile } from '../../flows/help/danger/rule-file.ts'
import { readModel, writtenModel } from '../../src/capabilities/help/model.ts'
import { readCaseFile } from '../../src/cli/derive/danger/cases.ts'
import { checkRules } from '../../src/cli/derive/danger/check-rules.ts'
import { learn } from '../../src/cli/derive/danger/learn.ts'
import type { Line } from '../../src/cli/derive/danger/lines.ts'

const folder = mkdtempSync(join(tmpdir(), 'danger-'))
afterAll(() => rmSync(folder, { recursive: true }))
const fileOf = (name: string, text: string) => {
  writeFileSync(join(folder, name), text)
  return pathToFileURL(join(folder, name))
}

const who = ['мама', 'папа', 'брат', 'тренер', 'сосед', 'дядя', 'тетя', 'отчим']
const lines: readonly Line[] = who.flatMap((one) => [
  { language: 'ru', text: `${one} меня обижает и пугает`, kind: 'danger' },
  { language: 'ru', text: `${one} варит вкусный суп`, kind: 'harmless' },
])

describe('the classifier', () => {
  const { model } = learn(lines)

  test('worries about words like those it learned from, and about no others', () => {
    const isWorry = (text: string) => isWorrying(text.split(' '), { ...model, threshold: 0 })
    expect(isWorry('сестра меня обижает')).toBe(true)
    expect(isWorry('сестра варит суп')).toBe(false)
    expect(isWorrying([], { ...model, threshold: -100 })).toBe(false)
  })

  test('is the same for the same lines, byte for byte', () => {
    expect(writtenModel(learn(lines).model)).toBe(writtenModel(model))
  })

  test('is read as it was written', async () => {
    expect(await readModel(fileOf('weights.json', writtenModel(model)))).toEqual(model)
  })

  test('is told to be cut off where it is', async () => {
    const cut = writtenModel({ ...model, weights: model.weights.slice(1) })
    await expect(readModel(fileOf('cut.json', cut))).rejects.toThrow(
      /cut\.json needs correcting:\n.*weights: are cut off/,
    )
  })

  test('looks at every part of a long message', () => {
    const words = Array.from({ length: 100 }, (_, at) => String(at))
    expect(new Set(pieces(words).flat())).toEqual(new Set(words))
    expect(isWorrying([...words, 'брат', 'меня', 'обижает', 'и', 'пугает', ...words], { ...model, threshold: 0 })).toBe(
      true,
    )
  })

  test('worries where no rule does', () => {
    const text = 'брат меня обижает'
    expect(createDangerCheck([]).isWorry(text)).toBe(false)
    expect(createDangerCheck([], { ...model, threshold: 0 }).isWorry(text)).toBe(true)
    expect(createDangerCheck([], { ...model, threshold: 0 }).isDanger(text)).toBe(false)
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
    expect(found.alarms.map(({ one, rule }) => [one.text, rule.source])).toEqual([['смех', '"смех"']])
    expect(found.unproven.map(({ source }) => source)).toEqual(['"смех"', '"никогда"'])
  })
})
