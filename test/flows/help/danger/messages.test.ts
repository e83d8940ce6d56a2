import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { foldText } from '../../../../flows/common/letters.ts'
import { createDangerCheck } from '../../../../flows/help/danger/check.ts'
import { RuleFile } from '../../../../flows/help/danger/rule-file.ts'
import { languages } from '../../../../flows/kit/words.ts'
import { readDangerCheck } from '../../../../src/capabilities/help/danger.ts'
import { root } from '../../../../src/config.ts'

const { isDanger, isWorry } = await readDangerCheck(root)

test.each(languages)('the activities of the interest survey are harmless (%s)', (language) => {
  const { items } = JSON.parse(readFileSync(new URL(`locales/${language}/riasec.json`, root), 'utf8'))
  expect(Object.values<string>(items).filter(isDanger)).toEqual([])
})

describe('what is harmless elsewhere does not hide the real thing', () => {
  test.each([
    'my dad beats me at night',
    'they beat me at school',
    'he beat me to the ground',
    'a man is following me in the street',
    'i dont want to live with my stepdad',
    'i keep hurting myself at home in the kitchen',
    'i cut myself again last night',
    'i cut myself every day',
    'i cut myself because i hate myself',
    'ушла из дома в слезах',
    'ушла из дома рано утром и не вернусь',
    'не хочу жить в детдоме, там бьют',
    'не хочу жить в этом доме, страшно',
    'профилактика не помогает, мысли о самоубийстве',
  ])('%s', (message) => expect(isDanger(message)).toBe(true))
})

describe('one sentence with another verb or ending is the same danger', () => {
  test.each([
    ...['папа меня колотит', 'папа дал мне по лицу', 'папа распускает руки', 'папа наказывает ремнем'],
    ...['my dad keeps hitting me', 'my dad smacks me', 'i get hit at home'],
    ...['әкем мені тепті', 'әкем мені таяқтайды', 'үйде таяқ жедім', 'акем мени урад'],
  ])('%s', (message) => expect(isDanger(message)).toBe(true))
})

describe('words of sadness, fear and loss are worried about, and are no danger yet', () => {
  test.each(['анам жоқ, не істеймін?', 'мне плохо', 'мне грустно', 'мама умерла', 'жүрегім ауырады'])(
    '%s',
    (message) => {
      expect(isDanger(message)).toBe(false)
      expect(isWorry(message)).toBe(true)
    },
  )

  test('who is frightened by a grown-up is heard, be it by a warm line or by the help screen', () => {
    expect(isDanger('дядя напугал меня') || isWorry('дядя напугал меня')).toBe(true)
  })

  test.each([
    'привет',
    'сәлем',
    'спасибо',
    'повар',
    'аспаз',
    'вакансии',
    'где учиться на сварщика',
    'cook',
    'settings',
  ])('and ordinary words are neither: %s', (message) =>
    expect([isDanger(message), isWorry(message)]).toEqual([false, false]),
  )
})

describe('answers to what the bot asks are no danger and no worry', () => {
  const ages = Array.from({ length: 20 }, (_, at) => 8 + at)
  const ways = {
    kk: (age: number) => [`жасым ${age}де`, `мен ${age} жастамын`, `маған ${age} жас`],
    ru: (age: number) => [`мне ${age}`, `мне ${age} лет`, `мне скоро будет ${age}`],
    en: (age: number) => [`I'm ${age}`, `I am ${age} years old`, `i'm a girl of ${age}`],
  }
  test.each(languages)('an age (%s)', (language) => {
    expect(ages.flatMap(ways[language]).filter((text) => isDanger(text) || isWorry(text))).toEqual([])
  })
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

describe('laughter takes back an idiom and a joke, never a wish', () => {
  test.each(['аштан өліп барам 😂 тамақ қашан', 'апам көрсе өлтіреді ғой 😂', 'әпкем мені мазақтайды ахах'])(
    '%s',
    (message) => expect(isDanger(message)).toBe(false),
  )
  test.each(['өлгім келеді 😂', 'өлгім келеді ахаха шынымен', 'өзімді өлтірем 🤣', 'қалжың емес, өлгім келеді'])(
    '%s, all the same',
    (message) => expect(isDanger(message)).toBe(true),
  )
})

describe('what a story or a game tells of happens to nobody', () => {
  test.each([
    'кітапта бала әкесінен қорқып үйден қашып кетеді',
    'амонг аста мені өлтірді, ал пышақтаған мен едім',
    'жоңғарлар қаланы қоршап алды, сонда не болды',
  ])('%s', (message) => expect(isDanger(message)).toBe(false))
  test.each(['әкем мені ойын ойнағаным үшін ұрады', 'бұл кино емес, әкем мені шынымен ұрады'])(
    '%s, which is no game',
    (message) => expect(isDanger(message)).toBe(true),
  )
})

describe('a rule finds its words', () => {
  const rules = RuleFile.parse({
    words: { die: ['умереть', 'die', 'suicidal', 'суицид*', 'повеситься'], want: ['хочу'] },
    level_one: { self: ['die + want', '"suicidal"', '"не хочу жить"', '"меня ~ бьют"', '"суицид*"'] },
    level_two: {},
  })
  const kazakh = RuleFile.parse({ words: {}, level_one: { self: ['"өлгім келеді"'] }, level_two: {} })
  const check = createDangerCheck([
    { language: 'ru', ...rules },
    { language: 'kk', ...kazakh },
  ])

  test.each([
    ['with a letter hidden', 'с*ицид'],
    ['with a mark inside', 'суи.цид'],
    ['with marks between all letters', 'с-у-и-ц-и-д'],
    ['with a sign for a letter', 'су!цид'],
    ['with digits for letters', '5u1c1d4l'.replace('5', 's')],
    ['with three letters apart', 'хочу d i e'],
    ['with letters apart', 'хочу у м е р е т ь'],
    ['with letters apart throughout', 'х о ч у у м е р е т ь'],
    ['with letters repeated', 'хочууу умеретьььь'],
    ['as they sound', 'хачу умерет'],
    ['as they sound, in the middle', 'хочу повеситса'],
    ['with a letter lost', 'хочу повситься'],
    ['with a letter too many', 'хочу повесииться'.replace('ии', 'ри')],
    ['with two letters swapped', 'хочу повеисться'],
    ['glued together', 'хочуумереть'],
    ['glued together, three', 'нехочужить'],
    ['glued to a small one', 'нехочу жить'],
    ['in Latin letters', 'ne hochu zhit'],
    ['in Latin letters, Kazakh', 'olgim keledi'],
    ['on another keyboard', 'yt [jxe ;bnm'],
  ])('%s: %s', (_, message) => expect(check.isDanger(message)).toBe(true))

  test.each([
    ['a longer word with such a beginning', 'рассуицидный'],
    ['a word of another ending', 'хочу повесить'],
    ['what sounds like it in another language', 'алғым келеді'],
    ['a part of a long word', 'похочуумеретьево'],
    ['what is not glued', 'не хочу зажить'],
  ])('and not %s: %s', (_, message) => expect(check.isDanger(message)).toBe(false))

  test('a word with Kazakh letters is no Russian one, whatever it looks like without them', () => {
    const rules = RuleFile.parse({ words: {}, level_one: { self: ['"куни"'] }, level_two: {} })
    const isFound = (language: 'kk' | 'ru', text: string) => createDangerCheck([{ language, ...rules }]).isDanger(text)
    expect(isFound('ru', 'туған күні')).toBe(false)
    expect(isFound('ru', 'туған куни')).toBe(true)
    expect(isFound('kk', 'туған күні')).toBe(true)
  })

  test('Latin words of the rules are no Kazakh or Russian ones', () => {
    const english = RuleFile.parse({
      words: { squad: ['squad'] },
      level_one: { self: ['"suicide" unless after squad'] },
      level_two: {},
    })
    const both = createDangerCheck([
      { language: 'ru', ...rules },
      { language: 'en', ...english },
    ])
    expect(both.isDanger('suicide squad')).toBe(false)
    expect(both.isDanger('suicide')).toBe(true)
  })
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

describe('the warm line', () => {
  test.each([
    'қорқынышты',
    'қорқам',
    'болды шаршадым',
    'страшно',
    'боюсь',
    'мне страшно',
    'я устала',
    'всё, устал',
    "I'm scared",
    'scared',
    "i'm tired",
  ])('answers plain fear and exhaustion: %s', (text) => expect(isWorry(text)).toBe(true))

  test.each([
    'жеке куәлігімді жоғалтып алдым',
    'жеке куалигимди жогалтып алдым',
    'телефонымды жоғалттым',
    'кілтімді жоғалтып алдым',
    'я потеряла удостоверение личности',
    'потерял ключи от комнаты',
    'I lost my identity card',
    'lost my phone',
  ])('stays away where only a thing is lost: %s', (text) => expect(isWorry(text)).toBe(false))

  test.each(['анамды жоғалттым', 'я потеряла маму', 'I lost my mom'])(
    'comes where somebody close is lost: %s',
    (text) => expect(isWorry(text)).toBe(true),
  )
})
