// What is left of a line beside the time: what to remember.

import { anySign, gap } from './found.ts'

/** Words that only lead to the time behind them, or close the one before: no part of what to remember. */
export const scraps: readonly RegExp[] = [
  new RegExp(
    `(?<!${anySign}|[a-zа-я]-)(?:в|во|на|к|ко|с|со|до|по|около|примерно|ровно|не +поздн?ее|не +позже|в +районе|приблизительно|максимум|начиная|сразу|года?|г|числа|мен|жане|сагат|тура|дал|шамамен|тек|ж|жылы|sometime|some +time|exactly|roughly|circa|approx|approximately|no +later +than|not +later +than|at|on|by|from|in|of|for|the|around|about|starting)[.,]?(?= *${gap})`,
    'g',
  ),
  new RegExp(`(?<=${gap} ?)(?:of|года?|г\\.|числа|ж\\.|жылы|жылгы|o[' ]?clock)(?!${anySign})`, 'g'),
]

/** What the line says beside time, in the person's own letters: `kept` has gaps for what is no part of it. */
export function titleOf(text: string, kept: string): string {
  const bare = Array.from({ length: text.length }, (_, place) =>
    kept.charAt(place) === gap ? ' ' : text.charAt(place),
  )
  const rest = bare
    .join('')
    .replace(/\( *\)|\[ *\]|" *"|« *»|“ *”/g, ' ')
    .replace(/ +/g, ' ')
    .replace(/ ([,.;:!?])/g, '$1')
    .replace(/,+(?=[,.!?])/g, '')
  const trimmed = withoutEdges(withoutEdges(rest).replace(looseEnd, ''))
  return hasWords(trimmed) || /\p{Extended_Pictographic}/u.test(trimmed) ? trimmed : ''
}

/** The line with gaps also over the words that belonged to the time alone; `whole` is the line before it was read. */
export function withoutScraps(line: string, whole: string): string {
  const unlessOfVerb = (words: string, start: number) =>
    isOfVerb(words, whole.slice(start + words.length)) ? words : gaps(words)
  return [...scraps, ...scraps].reduce((left, scrap) => left.replace(scrap, unlessOfVerb), line)
}

/** "Log in at 9": the time has a preposition of its own. */
function isOfVerb(words: string, behind: string): boolean {
  return /^(?:in|on)$/.test(words) && /^ (?:at|by|in|on|every|each|from|before|after) /.test(behind)
}

export function gaps(words: string): string {
  return gap.repeat(words.length)
}

export function hasWords(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text)
}

/** A preposition whose noun was the time. */
const looseEnd = /(?<= )(?:в|во|на|к|с|и|до|по|мен|және|at|by|from|and|of)$/i
const edge = /[\s,.;:–—|-]/

function withoutEdges(text: string): string {
  let [start, end] = [0, text.length]
  while (start < end && edge.test(text.charAt(start))) start++
  while (start < end && edge.test(text.charAt(end - 1))) end--
  return text.slice(start, end)
}
