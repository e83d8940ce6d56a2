import { isMentor } from '../../../flows/common/person.ts'
import type { FairsInput } from '../../../flows/fairs/context.ts'
import { languages } from '../../../flows/kit/words.ts'
import { holds, type Pattern, type Phrase, readMessage, readPattern } from '../../base/phrases.ts'
import { fillersIn } from '../../i18n/lists.ts'
import type { WordsBook } from '../../i18n/words.ts'
import type { Finder } from '../capability.ts'

/** A message with more words says something else besides. */
const mostWords = 12

/**
 * What is said of fairs, however it is put: when one is, that one wants to go, has signed up, or is not coming after
 * all. Whoever makes fairs means those. Where other words stand beside, it is only mentioned.
 */
export function findFairs(words: Pick<WordsBook, 'plain'>): Finder {
  const listOf = (key: string) => patternsOf(key, words)
  const [fair, named] = [listOf('fairs:finding.fair'), listOf('fairs:finding.named')]
  const [leaving, plan] = [listOf('fairs:finding.leaving'), listOf('fairs:finding.plan')]
  const beside = listOf('fairs:finding.beside')
  const fillers = [...fillersIn(words)].map(readPattern)
  const known = [...fair, ...leaving, ...plan, ...beside, ...fillers].flat().map((word) => [word])
  return async (text, { person }) => {
    const message = readMessage(text)
    if (message.length > mostWords || !says(message, fair)) return []
    const isWhole = message.every((word) => says([word], known))
    if (!isWhole && !says(message, named)) return []
    const own = saysExactly(message, leaving) ? 'leave' : saysExactly(message, plan) ? 'plan' : undefined
    const input: FairsInput = own && { own }
    const flow = isMentor(person) && own === undefined ? 'fairmaking' : 'fairs'
    return [{ kind: 'called', label: { key: 'fairs:name' }, flow, input, ...(isWhole && { fit: 'whole' as const }) }]
  }
}

function says(message: Phrase, patterns: readonly Pattern[]): boolean {
  return patterns.some((pattern) => holds(message, pattern))
}

/** Without a letter forgiven: who wants to sign up and who has signed up differ in one. */
function saysExactly(message: Phrase, patterns: readonly Pattern[]): boolean {
  return patterns.some((pattern) =>
    pattern.every(({ sound, isOpen }) => message.some((word) => (isOpen ? word.startsWith(sound) : word === sound))),
  )
}

/** The patterns of a list, of all languages. */
function patternsOf(key: string, words: Pick<WordsBook, 'plain'>): readonly Pattern[] {
  const written = languages.flatMap((language) => words.plain({ key }, language).split(','))
  return written.filter((pattern) => pattern.trim() !== '').map(readPattern)
}
