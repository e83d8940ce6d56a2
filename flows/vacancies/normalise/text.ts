import { Tokenizer } from 'htmlparser2'
import { plainText } from '../../common/letters.ts'
import type { Language } from '../../kit/words.ts'
import { longest } from '../vacancy.ts'
import { remembered } from './phrases.ts'

/** Of longer texts only the beginning is read: marks of HTML may take most of it. */
const mostRead = 200_000

/** Elements whose text nobody sees. */
const unseen = new Set(['script', 'style', 'head', 'noscript', 'template', 'iframe', 'svg', 'title', 'textarea'])
/** Elements that begin and end a line. */
const lines = new Set(
  'address article aside blockquote dd div dl dt figcaption figure footer form header hr main nav ol pre section table tr ul'.split(
    ' ',
  ),
)
/** Elements that have an empty line before and behind them. */
const paragraphs = new Set('p h1 h2 h3 h4 h5 h6'.split(' '))

/**
 * The words of a text with or without marks of HTML, in plain paragraphs: lists as lines with "•", no more than one
 * empty line between two, at most `most` signs.
 */
export function plainOf(text: string, most: number = longest.description): string {
  const begin = text.slice(0, mostRead)
  return cutAtWord(tidy(hasMarks(begin) ? withoutMarks(begin) : begin), most)
}

function hasMarks(text: string): boolean {
  return /<[a-z!/?]|&(?:#|[a-z])/i.test(text)
}

function withoutMarks(text: string): string {
  // Somebody's HTML was made harmless once more on its way: "&lt;p&gt;".
  const once = readMarks(text)
  return /<\/?(?:p|br|ul|li|div|strong|b|em|h\d)\b/i.test(once) && !/<\/?[a-z]/i.test(text) ? readMarks(once) : once
}

/** The tokens alone are read: a tree of a page that is broken on purpose takes a time that grows with its square. */
function readMarks(text: string): string {
  const parts: string[] = []
  let hidden = 0
  const add = (part: string) => {
    if (hidden === 0) parts.push(part)
  }
  const between = (name: string) => {
    if (lines.has(name)) add('\n')
    if (paragraphs.has(name)) add('\n\n')
  }
  const nothing = () => {}
  const tokens = new Tokenizer(
    { decodeEntities: true },
    {
      ontext: (start, end) => add(text.slice(start, end)),
      ontextentity: (codePoint) => add(String.fromCodePoint(codePoint)),
      onopentagname(start, end) {
        const name = text.slice(start, end).toLowerCase()
        if (name === 'body') hidden = 0
        between(name)
        if (name === 'br') add('\n')
        if (name === 'li') add('\n• ')
        if (name === 'td' || name === 'th') add(' ')
        if (unseen.has(name)) hidden++
      },
      onclosetag(start, end) {
        const name = text.slice(start, end).toLowerCase()
        if (unseen.has(name)) hidden = Math.max(0, hidden - 1)
        between(name)
      },
      ...{ onattribdata: nothing, onattribentity: nothing, onattribend: nothing, onattribname: nothing },
      ...{ oncdata: nothing, oncomment: nothing, ondeclaration: nothing, onend: nothing, onopentagend: nothing },
      ...{ onprocessinginstruction: nothing, onselfclosingtag: nothing },
    },
  )
  tokens.write(text)
  tokens.end()
  return parts.join('')
}

/** Control signs and halves of letters are no text; spaces of all kinds are one. */
function tidy(text: string): string {
  return text
    .toWellFormed()
    .replaceAll('\uFFFD', '')
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .replace(/[^\P{C}\n\t\u200d]/gu, '')
    .replace(/[^\S\n]+/g, ' ')
    .split('\n')
    .map((line) => line.trim().replace(/^(?:[-–—*·●▪■‣◦✔✅➢➤►▶]|•)\s*(?=\S)/u, '• '))
    .filter((line) => line !== '•')
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/(^|\n)\n+(?=• )/g, '$1')
    .trim()
}

/** One line: for titles, names and places. */
export function lineOf(text: string, most: number): string {
  return cutAtWord(plainOf(text, most * 4).replace(/\s+/g, ' '), most)
}

/** Cut after a whole word where one ends near the edge; never within a letter of two halves. */
function cutAtWord(text: string, most: number): string {
  if (text.length <= most) return text
  const piece = text.slice(0, most - 1)
  const space = Math.max(piece.lastIndexOf(' '), piece.lastIndexOf('\n'))
  return `${(space > most * 0.8 ? piece.slice(0, space) : piece.toWellFormed().replaceAll('\uFFFD', '')).trimEnd()}…`
}

/** A text in pages of at most `size` signs, each ending with a paragraph, else a line, a sentence or a word. */
export function pagesOf(text: string, size: number): string[] {
  const pages: string[] = []
  for (let rest = text.trim(); rest !== ''; ) {
    const end = pageEnd(rest, size)
    pages.push(rest.slice(0, end).trimEnd())
    rest = rest.slice(end).trimStart()
  }
  return pages
}

function pageEnd(text: string, size: number): number {
  if (text.length <= size) return text.length
  const piece = text.slice(0, size)
  const fewest = size / 2
  for (const mark of ['\n\n', '\n', /[.!?…](?=\s)/g, ' ']) {
    const end = typeof mark === 'string' ? piece.lastIndexOf(mark) : lastEnd(piece, mark)
    if (end >= fewest) return end + (mark === ' ' ? 0 : 1)
  }
  // A letter of two halves stays whole.
  return /[\ud800-\udbff]$/.test(piece) && size > 1 ? size - 1 : size
}

function lastEnd(text: string, mark: RegExp): number {
  return [...text.matchAll(mark)].at(-1)?.index ?? -1
}

/** Frequent words of each language that the others do not have, in plain letters. */
export type LanguageWords = Readonly<Record<Language, readonly string[]>>

/** Tells the language of a text, null where it is too short or in another one. */
export type LanguageOf = (text: string) => Language | null

const sample = 3_000
const kazakhLetter = /[әғқңөұүһі]/
const russianEnd = /^[а-я]{2,}(?:ие|ая|ый|ого|ые|ть|ость|щик|тель)$/
const englishEnd = /^[a-z]{2,}(?:ing|er|ed|tion|ment)$/
/** Kazakh texts have Russian words in them, not the other way round. */
const kazakhWeight = 1.2

export function createLanguageOf(words: LanguageWords): LanguageOf {
  const lists = {
    kk: new Set(words.kk.map(plainText)),
    ru: new Set(words.ru.map(plainText)),
    en: new Set(words.en.map(plainText)),
  }
  const isOf = {
    kk: remembered((word) => kazakhLetter.test(word) || lists.kk.has(plainText(word))),
    ru: remembered((word) => lists.ru.has(plainText(word)) || russianEnd.test(word)),
    en: remembered((word) => lists.en.has(word) || englishEnd.test(word)),
  }
  return (text) => {
    const found =
      text
        .slice(0, sample)
        .toLowerCase()
        .match(/\p{L}+/gu) ?? []
    const [kazakh, russian, english] = [isOf.kk, isOf.ru, isOf.en].map(
      (isOne) => found.filter((word) => isOne(word)).length,
    )
    const [first, second] = [
      ['kk', (kazakh ?? 0) * kazakhWeight] as const,
      ['ru', russian ?? 0] as const,
      ['en', english ?? 0] as const,
    ].sort(([, one], [, other]) => other - one)
    return first === undefined || first[1] === 0 || first[1] === second?.[1] ? null : first[0]
  }
}
