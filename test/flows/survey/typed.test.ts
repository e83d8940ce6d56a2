import { describe, expect, test } from 'vitest'
import { readTyped } from '../../../flows/survey/typed.ts'

const five = { from: 1, to: 5 }
const read = (text: string) => {
  const found = readTyped(text, five, 'rating')
  return found?.type === 'answer' ? found.value : found?.type
}

describe('an answer that is written instead of pressed', () => {
  test.each([
    ['5', 5],
    [' 4 ', 4],
    ['３', 3],
    ['2️⃣', 2],
    ['1.', 1],
    ['5 балл', 5],
    ['4 points', 4],
    ['😖', 1],
    ['🙁', 2],
    ['😐', 3],
    ['🙂', 4],
    ['😍', 5],
    ['☹️', 2],
    ['👍🏽', 4],
    ['❤️', 5],
    [':)', 4],
    ['Ұнайды!', 4],
    ['унайды', 4],
    ['Өте ұнайды', 5],
    ['ұнамайды', 2],
    ['бәрібір', 3],
    ['не очень', 2],
    ['Всё равно', 3],
    ['очень нравится', 5],
    ['I love it', 5],
    ['meh', 3],
  ])('"%s" is %i', (text, value) => expect(read(text)).toBe(value))

  test.each(['білмеймін', 'Білмеймин', 'не знаю', 'хз', 'idk', 'I don’t know', 'not sure'])(
    '"%s" is no answer yet',
    (text) => expect(read(text)).toBe('unsure'),
  )

  test.each(['0', '6', '10', '-3', '100'])('"%s" is none of the answers', (text) => expect(read(text)).toBe('outside'))

  test.each(['аспаз', 'ертең 5-те', 'что это значит', '5 января позвонить', '2024', 'привет', '', '🏠', '4 или 5'])(
    '"%s" is about something else',
    (text) => expect(read(text)).toBeUndefined(),
  )
})

describe('an option that is written', () => {
  const option = (text: string) => {
    const found = readTyped(text, { from: 1, to: 2 }, 'choice')
    return found?.type === 'answer' ? found.value : found?.type
  }
  test.each([
    ['1', 1],
    ['2', 2],
    ['а', 1],
    ['Б', 2],
    ['b', 2],
  ])('"%s" is %i', (text, value) => expect(option(text)).toBe(value))
  test('is none where there are fewer', () => expect(option('3')).toBe('outside'))
  test('a face names no option', () => expect(option('🙂')).toBeUndefined())
})
