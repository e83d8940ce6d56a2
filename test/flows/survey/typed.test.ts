import { describe, expect, test } from 'vitest'
import { newcomer } from '../../../flows/common/person.ts'
import type { Language } from '../../../flows/kit/words.ts'
import type { Hit } from '../../../flows/search/contract.ts'
import type { Typed } from '../../../flows/survey/contract.ts'
import { type Instrument, parseInstrument } from '../../../flows/survey/instrument.ts'
import { typedReply } from '../../../src/capabilities/survey/typed.ts'
import { type LocaleTree, loadLocales } from '../../../src/i18n/load.ts'
import { wordsOf } from '../../../src/i18n/words.ts'
import { smallInstrument } from '../../support/instruments.ts'

const locales = await loadLocales(new URL('../../../locales/', import.meta.url))

const home: Hit = { kind: 'menu', label: { key: 'common:home' }, flow: 'home', input: undefined }
/** The one text of which the search knows nothing. */
const unknown = 'қиын ғой'

/** Reads as the bot does; `words` of a made-up instrument are the same in each language, unless they are three. */
function reader(instrument: Instrument, item: string, own: Readonly<Record<Language, LocaleTree>> | null = null) {
  const words = wordsOf(
    own === null
      ? locales
      : {
          kk: { ...locales.kk, [instrument.id]: own.kk },
          ru: { ...locales.ru, [instrument.id]: own.ru },
          en: { ...locales.en, [instrument.id]: own.en },
        },
    { strict: true },
  )
  const { look } = typedReply([instrument], words, async (text) => (text === unknown ? [] : [home]))
  const world = { chatId: 1, person: newcomer('kk'), now: 0 }
  return async (text: string) => {
    const read = (await look({ instrument: instrument.id, item, text, worry: false }, world)) as Typed // its contract
    return read.type === 'answer' ? read.value : read.type === 'several' ? read.values : read.type
  }
}

const read = reader(smallInstrument, 'R1')

describe('an answer in a few words', () => {
  test.each([
    ['ия ұнайды', 4],
    ['ә қызық екен', 4],
    ['маған бәрібір', 3],
    ['ондай ұнамайды', 2],
    ['жоқ маған ұнамайды', 2],
    ['иә бұл өте ұнайды', 5],
    ['ну мне такое нравится', 4],
    ['нет мне не нравится', 2],
    ['yes i would love it', 5],
    ['жоқ ұнайды', [2, 4]],
    ['не очень нравится', [2, 4]],
  ])('%s', async (text, value) => expect(await read(text)).toEqual(value))

  test('is none where a word of it is not known', async () => {
    for (const text of ['ұнайды емес', 'ұнайды бірақ қорқамын', 'ой', 'мен', 'не знаю нравится ли'])
      expect(await read(text), text).toBe('other')
  })

  test('of which nothing is known anywhere leaves the question where it is', async () => {
    expect(await read(unknown)).toBe('unread')
  })
})

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
  ])('"%s" is %i', async (text, value) => expect(await read(text)).toBe(value))

  test.each(['білмеймін', 'Білмеймин', 'не знаю', 'хз', 'idk', 'I don’t know', 'not sure'])(
    '"%s" is no answer yet',
    async (text) => expect(await read(text)).toBe('unsure'),
  )

  test.each(['0', '6', '10', '-3', '100'])('"%s" is none of the answers', async (text) =>
    expect(await read(text)).toBe('outside'),
  )

  test.each([
    'аспаз',
    'ертең 5-те',
    'что это значит',
    '5 января позвонить',
    '2024',
    'привет',
    '',
    '🏠',
    'ұзақ '.repeat(60),
  ])('"%s" is about something else', async (text) => expect(await read(text)).toBe('other'))

  test.each([
    ['скорее да', 4],
    ['Скорее нет', 2],
    ['иә, ұнайды', 4],
    ['иә, өте ұнайды', 5],
    ['нет, совсем не нравится', 1],
    ['no, not at all', 1],
    ['төрт', 4],
    ['пять', 5],
    ['5-', 5],
    ['5/5', 5],
    ['unaidy', 4],
    ['ne nravitsya', 2],
    ['нравитса', 4],
    ['мне нравится', 4],
    ['мне не нравитса', 2],
    ['ұнаайды', 4],
    ['😍😍', 5],
  ])('"%s" is %i', async (text, value) => expect(await read(text)).toBe(value))

  test.each([
    ['4 или 5', [4, 5]],
    ['4-5', [4, 5]],
    ['4/5', [4, 5]],
    ['3 немесе 4', [3, 4]],
    ['ұнайды әлде ұнамайды', [2, 4]],
    ['like or love', [4, 5]],
    ['нет, нравится', [2, 4]],
    ['жоқ, ұнайды', [2, 4]],
  ])('"%s" may be several: it is asked', async (text, values) => expect(await read(text)).toEqual(values))

  test.each(['да нет', 'и да и нет', 'мүмкін', 'yes and no', 'не знаю, наверное да'])(
    '"%s" leaves it open',
    async (text) => expect(await read(text)).toBe('unsure'),
  )

  test.each(['не круто', 'но', 'аспаз, иә', 'нравится мне тут', 'вне нравится', 'не люблю', '4 или аспаз'])(
    '"%s" is not taken for what it is not',
    async (text) => expect(await read(text)).toBe('other'),
  )
})

describe('an option that is written (fault 30)', () => {
  const style = parseInstrument({
    ...{ id: 'style', version: 1, scoring: 'choice', scales: ['X', 'Y', 'Z', 'W'] },
    items: [
      { id: 'two', options: ['X', 'Y'] },
      { id: 'four', options: ['X', 'Y', 'Z', 'W'] },
    ],
    forms: { quick: ['two', 'four'], rest: [] },
  })
  const own = (two: string[], four: string[]) => ({
    options: { two: Object.fromEntries(numbered(two)), four: Object.fromEntries(numbered(four)) },
  })
  const numbered = (texts: string[]) => texts.map((text, place) => [place + 1, text])
  const words = {
    kk: own(['Адамдармен бірге', 'Жалғыз'], ['Үйде', 'Далада', 'Шеберханада', 'Кеңседе, үстел басында']),
    ru: own(['С людьми', 'В одиночку'], ['Дома', 'На улице', 'В мастерской', 'В офисе, за столом']),
    en: own(['With people', 'Alone'], ['At home', 'Outdoors', 'In a workshop', 'In an office, at a desk']),
  }
  const option = reader(style, 'two', words)
  const ofFour = reader(style, 'four', words)

  test.each([
    ['1', 1],
    ['2', 2],
    ['екі', 2],
    ['а', 1],
    ['Б', 2],
    ['В', 2],
    ['b', 2],
    ['Адамдармен бірге', 1],
    ['с людьми', 1],
    ['With people!', 1],
    ['жалгыз', 2],
    ['ЖАЛҒЫЗ', 2],
    ['zhalgyz', 2],
    ['людьми', 1],
    ['в одиночкуу', 2],
    ['одиночку', 2],
  ])('"%s" is %i of two', async (text, value) => expect(await option(text)).toBe(value))

  test.each([
    ['шеберханада', 3],
    ['в офисе за столом', 4],
    ['кенседе устел басында', 4],
    ['За столом', 4],
    ['г', 4],
    ['с', 3],
    ['офис', 4],
  ])('"%s" is %i of four', async (text, value) => expect(await ofFour(text)).toBe(value))

  test.each([
    ['в', [2, 3]],
    ['д', 4],
    ['1 или 3', [1, 3]],
    ['дома, на улице', [1, 2]],
  ])('"%s" of four is asked where it may be several', async (text, values) => {
    expect(await ofFour(text)).toEqual(values)
  })

  test('is none where there are fewer', async () => {
    expect(await option('3')).toBe('outside')
    expect(await option('г')).toBe('outside')
  })

  test('a face names no option, nor does a word of a rating', async () => {
    for (const text of ['🙂', 'ұнайды', 'да']) expect(await option(text)).toBe('other')
  })

  test('who does not know is none either', async () => expect(await option('білмеймін')).toBe('unsure'))
})

test('a rating of another length is read by its own words and signs alone (fault 30)', async () => {
  const agree = parseInstrument({
    ...{ id: 'agree', version: 1, scoring: 'rating', scales: ['X', 'Y'], answers: { from: 0, to: 2 } },
    items: ['X', 'Y'].map((id) => ({ id, scale: id })),
    forms: { quick: ['X', 'Y'], rest: [] },
  })
  const own = (said: string[]) => {
    const numbered = Object.fromEntries(said.map((text, place) => [place, text]))
    return { rate: { 0: '👎', 1: '🤷', 2: '👍' }, meaning: numbered, said: numbered }
  }
  const words = {
    kk: own(['келіспеймін', 'орташа', 'келісемін']),
    ru: own(['не согласен', 'средне', 'согласен']),
    en: own(['disagree', 'in between', 'agree']),
  }
  const ofThree = reader(agree, 'X', words)
  for (const [text, value] of Object.entries({
    '0': 0,
    '2': 2,
    согласен: 2,
    келиспеймин: 0,
    '👍🏽': 2,
    '😊': 2,
    '😕': 0,
    '😐': 1,
  }))
    expect(await ofThree(text), text).toBe(value)
  for (const text of ['ұнайды', '😍', 'нравится']) expect(await ofThree(text), text).toBe('other')
  for (const text of ['3', '5', 'бес']) expect(await ofThree(text), text).toBe('outside')
})
