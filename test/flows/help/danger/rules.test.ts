import { describe, expect, test } from 'vitest'
import { createDangerCheck } from '../../../../flows/help/danger/check.ts'
import { RuleFile } from '../../../../flows/help/danger/rule-file.ts'

const words = {
  family: ['папа', 'отч*', 'мой брат'],
  hits: ['бьет', 'бил*', 'дал ~ по лицу'],
  me: ['меня', 'мне'],
  game: ['игр*', 'доте'],
  place: ['общежит*'],
}

/** The check of one rule, with the classes it names. */
function checkOf(rule: string) {
  const named = Object.entries(words).filter(([name]) => new RegExp(`\\b${name}\\b`).test(rule))
  return createDangerCheck([read({ words: Object.fromEntries(named), level_one: { home: [rule] }, level_two: {} })])
}

function read(written: unknown): RuleFile {
  return { language: 'ru', ...RuleFile.parse(written) }
}

describe('how a rule is written', () => {
  test.each([
    ['hits + me', 'бьет меня', true],
    ['hits + me', 'меня вчера сильно билa', true],
    ['hits + me', 'бьет', false],
    ['hits + me', 'дал мне сильно по лицу', true],
    ['hits + me', 'дал мне с размаху и сильно по лицу', false],
    ['family + hits + me', 'мой брат меня бьет', true],
    ['family + hits + me', 'мой старший брат меня бьет', false],
    ['hits + me', 'меня а б2 в г2 д е2 ж бьет', false],
    ['hits + me within 3', 'меня он бьет', true],
    ['hits + me within 3', 'меня он сильно бьет', false],
    ['hits + me', 'Зовите меня. Папа бьет мяч', false],
    ['hits + me', 'меня... он бьет', true],
    ['hits + me unless game', 'меня бьет в доте', false],
    ['hits + me unless game', 'в доте меня бьет', false],
    ['hits + me unless game', 'меня бьет так больно и в доте', true],
    ['hits + me unless game', 'сидел в доте. меня бьет', true],
    ['hits + me unless game', 'меня бьет в доте, а потом дома тоже меня сегодня снова бьет', true],
    ['"не хочу жить" unless after place', 'не хочу жить в общежитии', false],
    ['"не хочу жить" unless after place', 'не хочу жить тут в общежитии', true],
    ['"не хочу жить" unless after place', 'в общежитии не хочу жить', true],
    ['hits + me unless anywhere game', 'меня бьет так больно и долго в доте', false],
    ['hits + me unless anywhere game', 'сидел в доте. меня бьет', true],
    ['hits + me unless anywhere game, place', 'в общежитии сегодня опять так сильно бьет меня', false],
    ['"не хочу ~ жить"', 'не хочу больше так тут вот жить', true],
    ['"не хочу ~ жить"', 'не хочу больше так тут вот я жить', false],
    ['"{me} бьют"', 'меня бьют', true],
    ['"{me} бьют"', 'бьют меня', false],
    ['"{family} ~ бьет"', 'мой брат больно бьет', true],
    ['"бьет|бил меня"', 'бил меня', true],
    ['"стем*"', 'стемнело', true],
    ['"стем*"', 'подстем', false],
    ['"слово"', 'слова', false],
    ['"^ слово"', 'это слово', false],
    ['"слово $"', 'слово есть', false],
    ['"^ слово $"', 'Слово!', true],
  ])('%s in «%s»: %s', (rule, message, expected) => expect(checkOf(rule).isDanger(message)).toBe(expected))

  test('a common word is not taken for the misspelt one it looks like', () => {
    const checkWith = (ordinary: string) =>
      createDangerCheck([read({ ordinary, words: {}, level_one: { home: ['"била меня"'] }, level_two: {} })])
    expect(['', 'была', 'бы*'].map((ordinary) => checkWith(ordinary).isDanger('была меня'))).toEqual([
      true,
      false,
      false,
    ])
    expect(checkWith('была').isDanger('била меня')).toBe(true)
  })

  test('no rules, no danger', () => expect(createDangerCheck([]).isDanger('хочу умереть')).toBe(false))
})

test('of what is danger one worries too, and a rule tells what it is about', () => {
  const check = createDangerCheck([
    read({ words: { ill: ['плохо'] }, level_one: { self: ['"умереть"'] }, level_two: { sad: ['ill'] } }),
  ])
  const texts = ['плохо', 'плохо, хочу умереть', 'хочу умереть', 'хорошо']
  expect(texts.map(check.isDanger)).toEqual([false, true, true, false])
  expect(texts.map(check.isWorry)).toEqual([true, true, true, false])
  expect(check.rulesIn('плохо, хочу умереть').map(({ subject }) => subject)).toEqual(['self', 'sad'])
})

test('the words of a class may stand in one line', () => {
  const file = read({ words: { it: 'один, два три' }, level_one: { self: ['it'] }, level_two: {} })
  expect(['один', 'два три', 'два'].map(createDangerCheck([file]).isDanger)).toEqual([true, true, false])
})

test('classes of one language are not those of another', () => {
  const file = (word: string) => read({ words: { it: [word] }, level_one: { self: ['it'] }, level_two: {} })
  const check = createDangerCheck([file('один'), file('два')])
  expect(['один', 'два', 'три'].map(check.isDanger)).toEqual([true, true, false])
})

describe('a rule that cannot be used is told with its place and what to change', () => {
  test.each([
    ['hits + me', 'me', /no class "me"/],
    ['hits + me unless sport', 'me', /no class "sport"/],
    ['hits + me + me', 'me', /names a class twice/],
    ['hits + me within 1', 'me', /can never match/],
    ['hits + me unless me', 'me', /can never match/],
    ['hits + me unless anywhere me', 'me', /can never match/],
    ['hits + me unles me', 'me', /"unles me" cannot be read/],
    ['"бьет" within 3', '', /take "within" out/],
    ['"~ слово"', '', /must begin and end with a word/],
    ['"слово ~"', '', /must begin and end with a word/],
    ['"a| b"', '', /"a\|" lacks a word/],
    ['"а*"', '', /too short/],
    ['"с*ово"', '', /one word/],
    ['"два-слова"', '', /one word/],
    ['"слово ^ слово"', '', /stands at the start or end/],
    ['""', '', /nothing in its quotes/],
  ])('%s', (rule, missing, message) => {
    const named = Object.entries(words).filter(([name]) => rule.includes(name) && name !== missing)
    const level = { home: [rule] }
    const read = RuleFile.safeParse({ words: Object.fromEntries(named), level_one: level, level_two: {} })
    const twin = RuleFile.safeParse({ words, level_one: level, level_two: {} })
    const issues = [...(read.error?.issues ?? []), ...(twin.error?.issues ?? [])]
    expect(
      issues
        .filter(({ path }) => path.join('.') === 'level_one.home.0')
        .map(({ message }) => message)
        .join(),
    ).toMatch(message)
  })

  test.each([
    ['a class that no rule uses', { words: { a: ['б'] } }, 'words.a', /used by no rule/],
    ['an empty class', { words: { a: [] } }, 'words.a', /is empty/],
    ['a class of no words', { words: { a: ' ' } }, 'words.a', /is empty/],
    ['a word that is none', { words: { a: ['~'] } }, 'words.a', /begin and end with a word/],
    ['a subject nobody knows', { level_one: { weather: ['"x"'] } }, 'level_one', /weather|[Uu]nrecognized|Invalid/],
    ['a rule that stands twice', { level_one: { self: ['"x"', '"x"'] } }, 'level_one.self.1', /stands twice/],
  ])('%s', (_, part, place, message) => {
    const { error } = RuleFile.safeParse({ words: {}, level_one: {}, level_two: {}, ...part })
    const issue = error?.issues.find(({ path }) => path.join('.').startsWith(place))
    expect(issue?.message).toMatch(message)
  })
})
