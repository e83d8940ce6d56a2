import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { isQuestion } from '../../../flows/common/questions.ts'

test.each([
  'жұмысқа 16да тұруға бола ма',
  '15те жұмыс істеуге болады ма',
  '16да жұмысқа ала ма',
  'жумыска 15 те туруга болама',
  'неше жастан жұмыс істеуге болады',
  'жұмыс сағат нешеде басталады',
  'можно ли работать с 15',
  'а с 15 можно работать',
  'в 16 лет можно работать',
  'со скольки лет берут на работу',
  'возьмут ли меня на работу в 16',
  'can I work at 16',
  'hi, can i get a job at 15',
  'at what age can I work',
  'работа с 15?',
])('%s asks something', (text) => expect(isQuestion(text)).toBe(true))

test.each([
  'ертең 18:00 сабақ',
  'напомни завтра в 9, где лежит паспорт',
  'can you remind me at 6 to call',
  'ертең 9да директордан бара аламын ба деп сұрау',
  'завтра в 9 спросить, можно ли работать',
  'tomorrow at 9 ask if I can work',
  'что-нибудь купить завтра в 9',
  'do homework at 6',
  'не забыть в 18:00 хлеб',
  'повар',
  'ертең 18 бе',
  'мен аспаз болғым келеді',
  '',
])('%s asks nothing', (text) => expect(isQuestion(text)).toBe(false))

test.each(['kk', 'ru', 'en'])('no line of a reminder (%s) is taken for a question', (language) => {
  const lines = ['lines', 'unseen'].flatMap((name) =>
    readFileSync(new URL(`../reminders/${name}.${language}.tsv`, import.meta.url), 'utf8').split('\n'),
  )
  const said = lines.filter((line) => !line.startsWith('#')).map((line) => line.split('\t')[0] ?? '')
  expect(said.filter(isQuestion)).toEqual([])
})
