import { foldText } from '../common/letters.ts'

/** What a line written instead of a press says: an answer, that there is none, or a number that is none of the answers. */
export type Typed =
  | { readonly type: 'answer'; readonly value: number }
  | { readonly type: 'unsure' }
  | { readonly type: 'outside' }

type Range = { readonly from: number; readonly to: number }

/** Reads an answer of five degrees, or the number or letter of an option; undefined for what is about something else. */
export function readTyped(text: string, range: Range, scoring: 'rating' | 'choice'): Typed | undefined {
  const plain = withoutFrames(text)
  const words = foldText(plain)
  if (unsure.has(words)) return { type: 'unsure' }
  const value = numberIn(plain) ?? (scoring === 'rating' ? degreeOf(plain, words) : letters.get(words))
  if (value === undefined) return undefined
  return value >= range.from && value <= range.to ? { type: 'answer', value } : { type: 'outside' }
}

/** Digits in frames and wide digits are digits; what chooses the look of a sign is no sign. */
function withoutFrames(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\uFE0E\uFE0F\u20E3]|\p{Emoji_Modifier}/gu, '')
    .trim()
}

/** A number that stands alone, or with a word for points. */
function numberIn(text: string): number | undefined {
  const found = /^([-+]?\d{1,3})\s*[.!)]*\s*(?:ball?|points?|балл?\p{L}{0,3}|ұпай|упай)?[.!]*$/iu.exec(text)
  return found === null ? undefined : Number(found[1])
}

function degreeOf(text: string, words: string): number | undefined {
  return faces.get(text.replace(/\s+/g, '')) ?? degrees.get(words)
}

/** The faces of the buttons, and what people put for them. A face repeated says the same. */
const faces = byEach([
  ['😖 😫 😡 🤮 🤢 💩 😠 😤 😣', 1],
  ['🙁 ☹ 😕 😞 😒 👎 😔 😟 :( :-( :/ =( ((', 2],
  ['😐 😑 🤷 🤷‍♂ 🤷‍♀ 😶 🤔 :| :-|', 3],
  ['🙂 😊 👍 😀 😃 😄 😁 ☺ 👌 :) :-) =) ))', 4],
  ['😍 🥰 🤩 ❤ 😻 🔥 💯 💖 :D :-D <3', 5],
])

const degrees = byFolded([
  ['мүлде ұнамайды, мүлдем ұнамайды, мүлдем ұнамады, жек көремін, жек көрем, тіпті ұнамайды', 1],
  ['совсем не нравится, вообще не нравится, очень не нравится, ненавижу, терпеть не могу, фу, ужас', 1],
  ['hate it, i hate it, hate, not at all, awful, really dislike', 1],
  ['ұнамайды, ұнамаайды, ұната қоймаймын, жоқ, онша емес, онша ұнамайды, қызық емес', 2],
  ['не нравится, ненравится, не очень, нет, не особо, не хочу, неинтересно, не интересно, скучно', 2],
  ['dislike, i dislike it, dont like it, i dont like it, no, nope, not really, boring', 2],
  ['бәрібір, орташа, ортасы, ортаса', 3],
  ['все равно, всё равно, нормально, норм, средне, так себе, нейтрально, пофиг, без разницы, ни то ни сё', 3],
  ['neutral, ok, okay, so so, meh, whatever, in between', 3],
  ['ұнайды, ұнаиды, иә, ия, қызық, жақсы, болады', 4],
  ['нравится, нравиться, да, интересно, хорошо, прикольно', 4],
  ['like, i like it, like it, yes, yeah, interesting, good, fun', 4],
  ['өте ұнайды, қатты ұнайды, керемет, супер, жақсы көремін, жақсы көрем', 5],
  ['очень нравится, обожаю, люблю, супер, круто, класс, очень интересно', 5],
  ['love it, i love it, love, a lot, really like it, i really like it, great, super', 5],
])

const unsure = new Set(
  listed(
    'білмеймін, білмим, білмейм, білмедім, түсінбедім, не дерімді білмеймін, не знаю, незнаю, хз, я хз, хз если честно, ' +
      'не уверен, не уверена, сложно сказать, затрудняюсь, не понял, не поняла, dont know, i dont know, idk, dunno, not sure, no idea',
  ).map(foldText),
)

/** Letters by which the options of a question are named. */
const letters = byFolded([
  ['a, а', 1],
  ['b, б', 2],
  ['c, в', 3],
])

function byEach(entries: readonly (readonly [string, number])[]): ReadonlyMap<string, number> {
  return new Map(entries.flatMap(([signs, value]) => signs.split(' ').map((sign) => [sign, value] as const)))
}

function byFolded(entries: readonly (readonly [string, number])[]): ReadonlyMap<string, number> {
  return new Map(entries.flatMap(([words, value]) => listed(words).map((word) => [foldText(word), value] as const)))
}

function listed(words: string): string[] {
  return words.split(', ')
}
