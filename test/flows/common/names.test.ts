import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readName } from '../../../flows/common/names.ts'
import { newcomer, Person } from '../../../flows/common/person.ts'

describe('a name', () => {
  test.each([
    ['  Әлия \n Т. ', 'Әлия Т.'],
    ['\u202eaйлӘ', 'aйлӘ'],
    ['Әл\u200bия\u2066\u2069\u0000', 'Әлия'],
    ['👨‍👩‍👧', '👨‍👩‍👧'],
    ['❤️', '❤️'],
    ['7', '7'],
    ['О’Хара-Смит', 'О’Хара-Смит'],
  ])('%j is kept as %j, without what is not seen or turns the writing round', (text, name) => {
    expect(readName(text)).toEqual({ type: 'name', name })
  })

  test.each(['\u200b', '\u200b\u200d\u2060', '\u202e', ' \u3164 ', '\u2800', '\u00a0', '\u0301', '\ud83d'])(
    'of nothing that is seen is none: %j',
    (text) => expect(readName(text)).toEqual({ type: 'empty' }),
  )

  test.each(['👨‍👩‍👧‍👦', '🙂', 'ә', 'е\u0301'])(
    'of 64 times %s is as long as it may be, and of 65 too long',
    (sign) => {
      const name = sign.repeat(64)
      expect(readName(name)).toEqual({ type: 'name', name })
      expect(readName(`${name}${sign}`)).toEqual({ type: 'tooLong' })
    },
  )

  test('does not grow by marks heaped on one letter', () => {
    expect(readName(`а${'\u0301'.repeat(3000)}`)).toEqual({ type: 'name', name: `а${'\u0301'.repeat(3)}` })
  })

  test('that was read can be kept of a person', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const read = readName(text)
        if (read.type !== 'name') return
        expect(Person.parse({ ...newcomer('kk'), name: read.name }).name).toBe(read.name)
        expect(readName(read.name)).toEqual(read)
      }),
    )
  })
})

describe('of what people say around their name nothing is kept', () => {
  test.each([
    ['Меня зовут Айгүл', 'Айгүл'],
    ['привет, меня зовут Айгүл!', 'Айгүл'],
    ['Менің атым Айгүл', 'Айгүл'],
    ['менин атым: Айгүл', 'Айгүл'],
    ['my name is Aigul.', 'Aigul'],
    ["I'm Aigul", 'Aigul'],
    ['Атымтай', 'Атымтай'],
    ['Имангали', 'Имангали'],
    ['есімім Айгүл', 'Айгүл'],
    ['мені Айгүл деп атаңыз', 'Айгүл'],
    ['зовите меня Айгүл', 'Айгүл'],
    ['Айгүл меня зовут', 'Айгүл'],
    ['you can call me Aigul', 'Aigul'],
  ])('"%s" is %s', (text, name) => expect(readName(text)).toEqual({ type: 'name', name }))
})

describe('a sentence is no name', () => {
  test.each([
    'Шымкентте тұрамын',
    'Шымкентте турамын',
    'мен Шымкенттенмін',
    'есімімді өзгерткім келеді',
    'студентпін',
    'Алматыданмын',
    'мен аспаз болғым келеді',
    'жасым 19',
    'білмеймін',
    'сен кімсің',
    'атың кім',
    'бұл не',
    'бот жақсы ма',
    'живу в Шымкенте',
    'я из Алматы',
    'хочу сменить имя',
    'мне 15',
    'а тебя как зовут',
    'кто ты',
    'это бот?',
    'I live in Shymkent',
    "I'm from Almaty",
    'I want to change my name',
    'what is your name',
    'are you a bot',
    "I'm 15 years old",
  ])('%s', (text) => expect(readName(text)).toEqual({ type: 'sentence' }))

  test.each([
    'Айсұлу',
    'Жасмин',
    'Әмін',
    'Бенджамин',
    'Ахмеди Мадина',
    'Султан',
    'Дина Бегім',
    'Қасым Ақын',
    'Алтын Сабыр',
    'Аида С',
    'Нұр Али Хан',
    'Иман',
    'Игорь',
    'Эсен Ким',
    'Ким',
    'Рақым',
    'Мұхамедәмін',
    'Will',
    'Мара',
    'Не́лли',
  ])('but %s is one', (text) => expect(readName(text)).toMatchObject({ type: 'name' }))
})
