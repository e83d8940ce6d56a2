import { foldText } from '../../../flows/common/letters.ts'
import { isEmployer, type Person } from '../../../flows/common/person.ts'
import { mayUse } from '../../../flows/kit/access.ts'
import type { Flow } from '../../../flows/kit/flow.ts'
import { languages } from '../../../flows/kit/words.ts'
import { find, fits, type Hit } from '../../../flows/search/contract.ts'
import { Talk } from '../../../flows/search/talk.ts'
import { indexOf, readQuery } from '../../base/word-index.ts'
import { reply } from '../../engine/reply.ts'
import { fillersIn, workWordsIn } from '../../i18n/lists.ts'
import type { WordsBook } from '../../i18n/words.ts'
import { defineCapability, type Finder } from '../capability.ts'
import { readKnowledge } from '../vacancies/knowledge.ts'
import { answerReplies, findAnswers, readAnswers } from './answers.ts'
import { findCalled } from './called.ts'
import { createFindWarning } from './offers.ts'

/** Entries of the menu that are found at most. */
const most = 3

/** What a free text can mean: what all capabilities find, the entries of the menu, and what people call them. */
export const search = defineCapability({
  name: 'search',
  load: async ({ read }) => {
    const [answers, { scam }] = await Promise.all([read(readAnswers), read(readKnowledge)])
    return { answers, warning: createFindWarning(answers, scam) }
  },
  asks: ({ answers, warning }, tools) => [
    reply(find, async ({ text }, world) => {
      // Alone, whatever else the text may be: an offer names hours, days and professions, too.
      const warned = warning(text)
      if (warned !== undefined) return [warned]
      return inOrder(openTo(world.person, await tools.find(beginning(text), world), tools.flows))
    }),
    ...answerReplies(answers),
  ],
  finds: ({ answers }, { flows, words }) => {
    const finders = [findCalled(flows, words), findAnswers(answers), findInMenu(flows, words)]
    return async (text, world) => (await Promise.all(finders.map((finder) => finder(text, world)))).flat()
  },
  check: async (read) => `answers: ${(await read(readAnswers)).length}`,
})

/** So much of a text is looked for, in whole signs. */
const looked = 200

function beginning(text: string): string {
  return [...text].slice(0, looked).join('')
}

/** Nothing is offered that would lead home: what is not theirs to use, and for an employer what there is for young people. */
function openTo(person: Person, hits: readonly Hit[], flows: readonly Flow[]): readonly Hit[] {
  const access = new Map(flows.map((flow) => [flow.id, flow.access ?? 'self']))
  return hits.filter(
    ({ flow, input }) => mayUse(access.get(flow) ?? 'self', person) && !(isEmployer(person) && isForYoung(input)),
  )
}

function isForYoung(input: unknown): boolean {
  return Talk.safeParse(input).data?.talk === 'study'
}

function findInMenu(flows: readonly Flow[], words: WordsBook): Finder {
  const entries = flows.flatMap(({ id, menu }) => (menu === undefined ? [] : [{ flow: id, label: menu.label }]))
  const fillers = fillersIn(words)
  // "Find work" is called so, and whoever wants to find a telephone or to work with children means something else.
  const idle = new Set([...fillers, ...workWordsIn(words)])
  const tells = (name: string) => name.split(' ').some((word) => /\p{L}/u.test(word) && !idle.has(word))
  const inMenu = indexOf(entries, ({ label }) =>
    languages.map((language) => foldText(words.plain(label, language))).filter(tells),
  )
  return async (text) =>
    inMenu(readQuery(text, fillers), most).map(({ thing, fit }) => ({ kind: 'menu', ...thing, fit }))
}

/**
 * The best fits first, each thing once. What is called so stands alone, but for what may be a reminder; guesses, be it a
 * reminder, only where there is nothing else.
 */
function inOrder(hits: readonly Hit[]): Hit[] {
  const placeOf = ({ fit = 'word' }: Hit) => fits.indexOf(fit)
  const sorted = [...hits].sort((one, other) => placeOf(one) - placeOf(other))
  const [best] = sorted
  const kept = sorted.filter(
    (hit) => (hit.kind === 'reminder' && hit.fit !== 'near') || (best !== undefined && isAsGood(hit, best)),
  )
  return [...new Map(kept.toReversed().map((hit) => [JSON.stringify([hit.flow, hit.input]), hit])).values()].reverse()
}

function isAsGood({ fit = 'word' }: Hit, { fit: best = 'word' }: Hit): boolean {
  return isSure(best) ? isSure(fit) : fit === best
}

function isSure(fit: Hit['fit']): boolean {
  return fit === 'whole' || fit === 'exact'
}
