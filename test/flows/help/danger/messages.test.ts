import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { foldText } from '../../../../flows/common/letters.ts'
import { languages } from '../../../../flows/kit/words.ts'
import { readDangerCheck } from '../../../../src/capabilities/help/danger.ts'
import { root } from '../../../../src/config.ts'

const { isDanger } = await readDangerCheck(root)

test.each(languages)('the activities of the interest survey are harmless (%s)', (language) => {
  const { items } = JSON.parse(readFileSync(new URL(`locales/${language}/riasec.json`, root), 'utf8'))
  expect(Object.values<string>(items).filter(isDanger)).toEqual([])
})

describe('the surroundings of a phrase do not hide it', () => {
  const long = 'мен дәрігер болғым келеді, не знаю куда пойти учиться. '.repeat(70)

  test.each([
    ['emoji', '😭😭өлгім келеді💔'],
    ['punctuation between words', 'хочу... умереть'],
    ['several spaces and lines', 'хочу\n\n   умереть'],
    ['a long message', `${long} мені ұрады ${long}`],
    ['zero-width characters', 'хо\u200bчу уме\u200bреть'],
    ['accents put on letters', 'хо\u0301чу умере\u0301ть'],
    ['full-width letters', 'ｋｉｌｌ ｍｙｓｅｌｆ'],
    ['digits for letters', 'хочу умереть'.replaceAll('о', '0')],
    ['Latin look-alikes', 'xочу yмeрeть'],
    ['harmless words in the same message', 'не хочу жить в общежитии, я не хочу больше жить'],
  ])('%s', (_, message) => expect(isDanger(message)).toBe(true))
})

describe('foldText', () => {
  test.each([
    ['Өмір сүргім келмейді', 'омир сургим келмейди'],
    ['ҚАҢҒЫП һәм Ұлан', 'кангып хам улан'],
    ['Ёлка, ещё!', 'елка еще'],
    ['  a -- b\n\tc ', 'a b c'],
    ['умрууууу', 'умру'],
    ['с у и ц и д', 'суицид'],
    ["don't", 'dont'],
    ['Ölgim', 'olgim'],
    ['умереть', 'умереть'],
    ['yмeреть', 'умереть'],
    ['su1c1de', 'suicide'],
    ['5б, 9а класс 2026', '5б 9а клас 2026'],
    ['😭', ''],
  ])('%j becomes %j', (text, folded) => expect(foldText(text)).toBe(folded))

  test.each(['Өлгім келеді', 'хочу... умереть', 'ｋｉｌｌ ｍｙｓｅｌｆ', 'с у и ц и д'])(
    'folding twice changes nothing: %s',
    (phrase) => {
      expect(foldText(foldText(phrase))).toBe(foldText(phrase))
    },
  )
})
