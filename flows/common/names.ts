import { foldText } from './letters.ts'
import { isQuestion } from './questions.ts'

/** Signs a name has at most, counted as a person counts them. */
export const longestName = 64
/** What 64 signs take at most, in UTF-16 units: an emoji of a whole family takes eleven. */
export const mostUnits = 1024

export type ReadName =
  | { readonly type: 'name'; readonly name: string }
  /** Nothing in it can be seen. */
  | { readonly type: 'empty' }
  | { readonly type: 'tooLong' }
  /** It says something of its own: "I live in Almaty". */
  | { readonly type: 'sentence' }

/** A name as it is kept: one line of signs that are seen and do not turn the writing round, without surrounding space. */
export function readName(text: string): ReadName {
  const line = text
    .slice(0, 4 * mostUnits)
    .replace(unseen, '')
    .replace(manyMarks, '$1')
    .replace(/\s+/gu, ' ')
    .trim()
  const name = namedIn(line)
  if (!/[\p{L}\p{N}\p{P}\p{S}]/u.test(name)) return { type: 'empty' }
  if (!isShort(name) || text.length > 4 * mostUnits) return { type: 'tooLong' }
  return isSentence(name) ? { type: 'sentence' } : { type: 'name', name }
}

/** The name alone, of a line that tells it in a sentence. */
function namedIn(line: string): string {
  const rest = line.replace(introduction, '').replace(after, '')
  return rest === line ? line : rest.replace(/[\s.!,;]+$/u, '')
}

/** Words a name has at most. */
const mostWords = 3

/** Whether it says more than a name: too many words, a number among them, a question, or a word that stands in no name. */
function isSentence(name: string): boolean {
  const words = name.split(' ').filter((word) => /[\p{L}\p{N}]/u.test(word))
  if (words.length > mostWords || isQuestion(name) || words.some(isVerb)) return true
  if (words.length === 1) return alone.has(foldText(name))
  return /\d/.test(name) || words.some((word, place) => isOfSentence(foldText(word), place === words.length - 1))
}

/** Endings that no name has: «тұрамын», «студентпін», «өзгерткім», «работать». */
function isVerb(word: string): boolean {
  return /\p{L}{2}(?:[аей]м[ыі]н|[дтн](?:ан|ен)м[ыі]н|[пб][ыі]н|(?:[лрз]|ы)ғым|ткім|скім|[аеуи]ться|[аи]ть)[.!,]*$/iu.test(
    word,
  )
}

/** A single letter at the end is an initial. */
function isOfSentence(word: string, isLast: boolean): boolean {
  return isLast && word.length === 1 ? false : ofSentences.has(word)
}

/** Whether a name has no more signs than it may. */
export function isShort(name: string): boolean {
  if (name.length > mostUnits) return false
  let count = 0
  for (const _ of signs.segment(name)) if (++count > longestName) return false
  return true
}

/** What people say before their name. */
const introduction =
  /^(?:(?:сәлем|салем|привет|здравствуйте|hi|hello)[,.!]*\s+)?(?:(?:(?:меня|мня)\s+)?зовут|(?:(?:можете|можно)\s+)?(?:звать|зовите|называйте)\s+меня|мо[её]\s+имя|я\s*[-–—]|(?:(?:менің|менин|мен[іи]ң?)\s+)?(?:ат[ыi]м|ес[іи]м[іи]м)|мен[іи](?=\s.+\sдеп\s)|my\s+name\s+is|my\s+name['’]s|(?:you\s+can\s+)?call\s+me|i\s*am|i['’]m)\s*[:,–—-]?\s+(?=\S)/iu

/** What they say behind it: «Айгүл деп атаңыз», «Айгүл меня зовут». */
const after = /(?<=\S)\s+(?:деп\s+(?:ат|айт|шақыр|шакыр)\p{L}*(?:\s+болады)?|меня\s+зовут)[.!]*$/iu

/** Words, folded, that stand in sentences about oneself or the bot and in no name. */
const ofSentences = new Set(
  [
    'мен менин маган мени менде сен сенин саган сиз сизге бул осы атын есимин не неге калай жок бар керек емес атым есимим есимимди жасым турамын келеди болады болгым окимын билмеймин туралы деген',
    'я мне меня мой моя мое мои ты тебя тебе твое вы вас вам это этот бот как что где кто не нет хочу хотел хотела буду могу живу учусь работаю люблю знаю скажу скажи ищу иду есть был была из в во на у с со от до для и а но или имя лет год',
    'i im am me my you your is are was the and not no dont what how who want live like in from at of bot name years old',
  ].flatMap((words) => words.split(' ')),
)

/** Single words that are an answer of another kind. */
const alone = new Set('я мен i не нет жок no хочу живу учусь ия да yes кто who бот bot'.split(' '))

/** Controls and formats, but for the joiner within emoji; letters and signs that are blank; halves of a sign. */
const unseen = /(?!\u200d)[\p{Cf}\p{Cs}]|(?!\s)\p{Cc}|[\u115f\u1160\u2800\u3164\uffa0]/gu

/** More marks on one letter than any name has. */
const manyMarks = /(\p{M}{3})\p{M}+/gu

const signs = new Intl.Segmenter('kk', { granularity: 'grapheme' })
