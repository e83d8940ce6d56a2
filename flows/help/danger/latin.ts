import { foldText } from '../../common/letters.ts'

/** Whether most of the letters are Latin. */
function isLatin(text: string): boolean {
  const latin = text.match(/[a-z]/gi)?.length ?? 0
  const cyrillic = text.match(/\p{Script=Cyrillic}/gu)?.length ?? 0
  return latin > cyrillic
}

/** Words that no Kazakh or Russian sentence in Latin letters has. */
const english =
  /\b(?:the|this|that|these|those|and|of|for|with|you|your|are|was|were|have|has|had|will|would|should|could|can|cant|from|what|when|which|who|why|how|they|them|their|she|his|her|its|not|dont|doesnt|im|ive|but|if|or|by|as|an|than|then|there|here|just|only|all|any|some|more|need|want|like|get|make|use)\b/i

/** Whether Latin letters may stand for Kazakh or Russian ones. */
export function isForeignInLatin(text: string): boolean {
  return isLatin(text) && !english.test(text)
}

/** Kazakh and Russian words that were typed in Latin letters, as they sound; words known as they are stay. */
export function toCyrillic(text: string, isKnown: (word: string) => boolean): string {
  return text.replace(/\S+/g, (word) => (isKnown(foldText(word)) ? word : lettersOf(word)))
}

function lettersOf(text: string): string {
  return text.toLowerCase().replace(groups, (group, at: number, whole: string) => {
    if (group === 'y') return /[aeiouäöü]/.test(whole.charAt(at - 1)) ? 'й' : 'ы'
    return letters[group] ?? group
  })
}

/** Words typed while the keyboard was switched to Latin. */
export function fromLatinKeys(text: string): string {
  return Array.from(text.toLowerCase(), (key) => keys.get(key) ?? key).join('')
}

const letters: Readonly<Record<string, string>> = {
  ...{ shch: 'щ', sch: 'щ', zh: 'ж', kh: 'х', ch: 'ч', sh: 'ш', gh: 'г', ts: 'ц' },
  ...{ ya: 'я', ia: 'я', yu: 'ю', iu: 'ю', yo: 'е', ye: 'е' },
  ...{ a: 'а', b: 'б', c: 'ц', d: 'д', e: 'е', f: 'ф', g: 'г', h: 'х', i: 'и', j: 'ж', k: 'к', l: 'л', m: 'м' },
  ...{ n: 'н', o: 'о', p: 'п', q: 'к', r: 'р', s: 'с', t: 'т', u: 'у', v: 'в', w: 'ш', x: 'х', z: 'з' },
  ...{ ä: 'а', ö: 'о', ü: 'у', ū: 'у', ş: 'ш', ç: 'ч', ğ: 'г', ñ: 'н', ı: 'ы', '4': 'ч', "'": 'ь' },
}
const groups = /shch|sch|zh|kh|ch|sh|gh|ts|[yi][au]|y[oe]|[a-zäöüūşçğñı'4]/g

const keys = pairs("qwertyuiop[]asdfghjkl;'zxcvbnm,.`", 'йцукенгшщзхъфывапролджэячсмитьбюё')

function pairs(from: string, to: string): ReadonlyMap<string, string> {
  return new Map(Array.from(from, (letter, at) => [letter, to.charAt(at)]))
}
