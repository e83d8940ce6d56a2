import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Language, languages } from '../../flows/kit/words.ts'
import { parseInstrument } from '../../flows/survey/instrument.ts'
import type { LocaleTree } from '../../src/i18n/load.ts'
import type { ContentFolders } from './stage.ts'
import { localeTexts } from './wording.ts'

/** Made up for tests: a second survey, of choices, with other numbers of options and words of its own. */
const styles = ['team', 'alone', 'outdoors']
export const workStyle = {
  id: 'workstyle',
  version: 1,
  scoring: 'choice',
  scales: styles,
  items: [
    { id: 'w1', options: ['team', 'alone'] },
    { id: 'w2', options: ['outdoors', 'alone'] },
    { id: 'w3', options: ['outdoors', 'team'] },
    { id: 'w4', options: ['team', 'alone', 'outdoors'] },
    { id: 'w5', options: ['alone', 'outdoors', 'team'] },
  ],
  forms: { quick: ['w1', 'w2', 'w3', 'w4', 'w5'], rest: [] as string[] },
}
export const workStyleInstrument = parseInstrument(workStyle)

const numbered = (texts: readonly string[]) => Object.fromEntries(texts.map((text, place) => [place + 1, text]))

type Told = {
  readonly own: LocaleTree
  readonly items: readonly string[]
  readonly options: readonly (readonly string[])[]
  readonly scales: readonly string[]
}

function namespace({ own, items, options, scales }: Told): LocaleTree {
  const next = (name: string) => ({ school: `${name}: 1`, study: `${name}: 2`, work: `${name}: 3` })
  return {
    ...own,
    items: Object.fromEntries(items.map((item, place) => [`w${place + 1}`, item])),
    options: Object.fromEntries(options.map((texts, place) => [`w${place + 1}`, numbered(texts)])),
    scales: Object.fromEntries(scales.map((name, place) => [styles[place] ?? '', { name, next: next(name) }])),
  }
}

export const workStyleWords = {
  kk: namespace({
    own: {
      name: 'Қалай жұмыс істегім келеді',
      about: 'Екі-үш жауаптың бірін таңдайсыз.',
      picture: 'Маған ыңғайлы жұмыс',
      lead: {
        clear: '<b>Сізге ыңғайлысы: {{first}}</b>',
        likely: '<b>Сізге ыңғайлырағы: {{first}}</b>\nОдан кейін: {{second}}',
        close: '<b>Сізге бірдей ыңғайлы:</b> {{names}}',
      },
      liked: 'Таңдағаныңыз: {{items}}.',
      card: 'Сізге қандай жұмыс ыңғайлы?',
    },
    items: ['Тапсырма келді', 'Сенбі күні', 'Жаңа жұмыс', 'Бос сағат', 'Жазғы жұмыс'],
    options: [
      ['Достармен бірге істеу', 'Жалғыз істеу'],
      ['Далаға шығу', 'Үйде қалу'],
      ['Тауда', 'Үлкен топта'],
      ['Әңгімелесу', 'Кітап оқу', 'Серуендеу'],
      ['Кітапханада', 'Бау-бақшада', 'Лагерьде'],
    ],
    scales: ['Топпен', 'Жалғыз', 'Далада'],
  }),
  ru: namespace({
    own: {
      name: 'Как мне удобно работать',
      about: 'Выбираете один ответ из двух или трёх.',
      picture: 'Как мне удобно',
      lead: {
        clear: '<b>Вам удобнее всего: {{first}}</b>',
        likely: '<b>Вам удобнее: {{first}}</b>\nСледом: {{second}}',
        close: '<b>Вам одинаково удобно:</b> {{names}}',
      },
      liked: 'Вы выбрали: {{items}}.',
      card: 'А как удобно вам?',
    },
    items: ['Дали задание', 'Суббота', 'Новая работа', 'Свободный час', 'Работа летом'],
    options: [
      ['Делать с друзьями', 'Делать одному'],
      ['Выйти на улицу', 'Остаться дома'],
      ['В горах', 'В большой команде'],
      ['Поговорить', 'Почитать книгу', 'Погулять'],
      ['В библиотеке', 'В саду', 'В лагере'],
    ],
    scales: ['В команде', 'Наедине', 'На воздухе'],
  }),
  en: namespace({
    own: {
      name: 'How I like to work',
      about: 'You pick one of two or three answers.',
      picture: 'How I like to work',
      lead: {
        clear: '<b>What suits you most: {{first}}</b>',
        likely: '<b>What suits you more: {{first}}</b>\nNext: {{second}}',
        close: '<b>Suits you equally:</b> {{names}}',
      },
      liked: 'You chose: {{items}}.',
      card: 'How do you like to work?',
    },
    items: ['A task comes in', 'Saturday', 'A new job', 'A free hour', 'Summer work'],
    options: [
      ['Do it with friends', 'Do it alone'],
      ['Go outdoors', 'Stay at home'],
      ['In the mountains', 'In a big team'],
      ['Have a talk', 'Read a book', 'Take a walk'],
      ['In a library', 'In a garden', 'At a camp'],
    ],
    scales: ['With others', 'Alone', 'In the open'],
  }),
} as const

/** The words under a key of the made-up survey: `items.w1`. */
export function workStyleText(language: Language, key: string): string {
  const found = localeTexts(workStyleWords[language]).find((one) => one.key === key)
  if (found === undefined) throw new Error(`The made-up survey has no ${key}`)
  return found.text
}

export type Content = Required<ContentFolders> & { remove(): void }

/** The project's surveys and words with others beside them. */
export function contentWith(more: readonly { readonly id: string }[] = [workStyle]): Content {
  const folder = mkdtempSync(join(tmpdir(), 'serik-content-'))
  const root = new URL('../../', import.meta.url)
  cpSync(new URL('flows/survey/instruments', root), join(folder, 'instruments'), { recursive: true })
  cpSync(new URL('locales', root), join(folder, 'locales'), { recursive: true })
  for (const instrument of more)
    writeFileSync(join(folder, `instruments/${instrument.id}.yaml`), JSON.stringify(instrument))
  for (const language of languages)
    writeFileSync(join(folder, `locales/${language}/workstyle.json`), JSON.stringify(workStyleWords[language]))
  return {
    instruments: pathToFileURL(join(folder, 'instruments/')),
    locales: pathToFileURL(join(folder, 'locales/')),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
