import { foldText } from './letters.ts'
import type { Plan } from './person.ts'

/** Whether it leaves out professions; a university admits every shorter way, too. */
export function isNarrowing(plan: Plan | undefined): plan is 'work' | 'college' {
  return plan === 'work' || plan === 'college'
}

/** Words of a line that may say a plan; a longer one tells of more than that. */
const mostWords = 16
const longest = 200

/** How the words begin by which a plan is known; folded. */
const beginnings: readonly (readonly [Plan, RegExp])[] = [
  ['college', /^(?:кол+ед[жш]|техникум|тжк$|кол+еж|kol+edzh|col+ed?ge)/u],
  ['university', /^(?:университет|универ|институт|вуз|жоо$|universit|uni$)/u],
  ['work', /^(?:жумыс|работ|заработ|work|job)/u],
]

/** Words by which it may be said that it is not so; a question about it is no plan either. */
const denial = /^(?:не|нет|ни|емес|жок|not?|dont|never)$|[мбп][ае]й(?:м|мын|мин|ды|ди|мыз|миз)?$/u

/** Reads the one plan that a sentence names, as «9-дан кейін колледжге барам»; undefined where it is denied or asked, or there are several. */
export function readPlan(text: string): Plan | undefined {
  if (text.length > longest || text.includes('?')) return undefined
  const words = foldText(text).split(' ')
  if (words.length > mostWords || words.some((word) => denial.test(word))) return undefined
  const named = beginnings.filter(([, beginning]) => words.some((word) => beginning.test(word)))
  return named.length === 1 ? named[0]?.[0] : undefined
}
