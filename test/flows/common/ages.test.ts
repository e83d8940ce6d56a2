import { describe, expect, test } from 'vitest'
import { type ReadAge, readAge } from '../../../flows/common/ages.ts'

const understood: Readonly<Record<ReadAge, readonly string[]>> = {
  younger: [
    '11',
    '8',
    'маған 10 жас',
    'мне 11 лет',
    'I am 9 years old',
    'он бір',
    'одиннадцать',
    'мне ещё нет 12',
    '12-ге толмадым',
  ],
  '12-13': ['12', '13!', '１２', '12-13', '12–13 жас', 'он екі', 'онүш', 'on ush', 'мне двенадцать', 'thirteen'],
  '14-15': [
    ...['15', '15 жас', '15жас', '15те', 'жасым 15', 'он бес', 'он төрттемін', 'онбестемін', 'он бес жастамын'],
    ...['мне 15 лет', 'пятнадцать', 'четырнацать лет', "I'm 15", 'im fifteen', '1️⃣5️⃣', 'мен 15-темін'],
  ],
  '16-17': ['16', '17 жастамын', 'он алты', 'он жетідемін', 'шеснадцать', 'мне скажем 17', 'sixteen years old'],
  '18+': [
    '18',
    '18+',
    '25',
    'жиырма',
    'жиырма бірдемін',
    'двадцать',
    'мне 22 года',
    'он сегіз',
    'eighteen',
    'nineteen',
  ],
}

describe('an age in writing', () => {
  test.each(Object.entries(understood).flatMap(([age, texts]) => texts.map((text) => [text, age])))(
    '%s is %s',
    (text, age) => {
      expect(readAge(text)).toBe(age)
    },
  )

  // A class at school, a brother, a date, a slip of a finger, two ages; the door is shut for nobody by chance.
  test.each([
    ...[
      '',
      'жас',
      'не скажу',
      '1',
      '5',
      '0',
      '100',
      '2010',
      '12.05.2010',
      '14,5',
      '9 класс',
      '9а',
      '9 сынып',
      '8б класс',
    ],
    ...['маған 15 емес', 'мне не 15', 'скоро 18', 'almost 18', 'брату 11', '10 минут', '12 15', 'он мой друг', 'до 18'],
    ...['в группе 11 человек', '15 '.repeat(200), 'мен он туралы білмеймін'],
  ])('%s is none', (text) => {
    expect(readAge(text)).toBeUndefined()
  })
})
