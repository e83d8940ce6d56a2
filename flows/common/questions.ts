import { foldText } from './letters.ts'

/** How much of a text is looked at, in UTF-16 units. */
const longest = 400

/**
 * Whether a text asks something ("can I work at 16?", «жұмысқа 16да тұруға бола ма», «можно ли работать с 15»). Whoever
 * wants to be reminded asks nothing, nor does whoever means to ask somebody else later.
 */
export function isQuestion(text: string): boolean {
  const line = ` ${foldText(text.slice(0, longest))} `
  if (reminding.test(line)) return false
  if (text.includes('?')) return true
  return !later.test(line) && (kazakh.test(line) || russian.test(line) || english.test(line))
}

/** All stand in folded letters: see `foldText`. */
const reminding =
  / (?:напомн|напомин|не забу|не забы|запиши|поставь|еске сал|есиме сал|ескерт|умытпа|remind|dont forget)/
const later = / (?:сура|билип ал|анык|спрос|узна|уточн|выясн|ask |find out |check )/

const kazakh =
  / (?:(?<!\d )[мбп][ае](?: екен| айтш[а-я]*)?(?= $)|бола ?ма|болад[ыи] ?ма|барма|мумкинбе|кала[йи]|кай|(?:кашан|кайда|кайсы|кандай|канша|неше)[а-я]*|неге|нени|не (?:исте[а-я]*|керек|деген|ушин)|bola ?ma|bolad[iy] ?ma|mumkin be) /

const russian = new RegExp(
  [
    // «Что-нибудь купить» asks nothing.
    '^ (?:(?:а|и|ну|скажи|скажите|подскажи|подскажите|привет|здравствуйте|извините) )*(?:(?:с|со|в|во|на|от|до) )?(?:как|какой|какая|какое|какие|каких|какого|каком|кто|что|где|куда|откуда|когда|почему|зачем|сколько|скольки|скольких|можно|могу) (?!то |нибудь )',
    ' (?:можно|могу|может|могут|нужно|надо|есть|будет|возьмут|дадут|берут|правда|стоит|смогу|имею) ли ',
    ' (?:с|со|в) \\d+ (?:лет |года )?можно ',
  ].join('|'),
)

const english = new RegExp(
  [
    '^ (?:(?:hi|hello|hey|and|so|please) )*(?:(?:at|from|for|since) )?(?:how|what|where|who|why|which) ',
    ' when (?:can|do|does|is|are|wil|should|may) ',
    ' (?:can|could|may|should|must|wil) (?:i|we|you|they|he|she|it|kids|teens|teenagers|children|someone|anyone) ',
    ' (?:do|does|did|are|is) (?:i|we|you|they|he|she|there) ',
    // Not "at 2 am I go".
    '(?<!\\d) am i ',
  ].join('|'),
)
