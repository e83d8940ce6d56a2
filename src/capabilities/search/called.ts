import { type Access, mayUse } from '../../../flows/kit/access.ts'
import type { Called, Flow } from '../../../flows/kit/flow.ts'
import type { Hit } from '../../../flows/search/contract.ts'
import { mentions, type Phrase, readMessage, readPhrase, says, withoutFillers } from '../../base/phrases.ts'
import { fillersIn, phrasesOf, workWordsIn } from '../../i18n/lists.ts'
import type { WordsBook } from '../../i18n/words.ts'
import type { Finder } from '../capability.ts'

/** Offers at most, of what is only mentioned. */
const most = 2

/** What people call parts of the bot: where the whole message is such a call, there is one hit, and it is 'whole'. */
export function findCalled(flows: readonly Flow[], words: WordsBook): Finder {
  const workWords = soundsIn(workWordsIn(words))
  // "Find work" must not become "find", which may mean anything.
  const fillers = new Set([...soundsIn(fillersIn(words))].filter((word) => !workWords.has(word)))
  const calls = [
    ...flows.flatMap((flow) =>
      Object.entries(flow.called ?? {}).map(([name, called]) => {
        return callOf(flow, called, phrasesOf(`${flow.id}:called.${name}`, words), fillers)
      }),
    ),
    ...flows.flatMap((flow) =>
      flow.menu === undefined ? [] : [callOf(flow, { alone: true }, phrasesOf(flow.menu.label.key, words), fillers)],
    ),
  ]
  return async (text, { person }) => {
    const open = calls.filter(({ access }) => mayUse(access, person))
    const message = readMessage(text)
    const short = withoutFillers(message, fillers)
    const meant = open.find(({ phrases }) => phrases.some(({ all }) => says(message, all)))
    const nearlyMeant = meant ?? open.find(({ phrases }) => phrases.some(({ bare }) => says(short, bare)))
    if (nearlyMeant !== undefined) return [{ ...nearlyMeant.hit, fit: 'whole' }]
    // Whoever wants to work with children asks for no vacancies.
    const tells = (phrase: Phrase) => phrase.some((word) => !workWords.has(word))
    const mentioned = open.filter(
      ({ alone, phrases }) => !alone && phrases.some(({ bare }) => tells(bare) && mentions(short, bare)),
    )
    return mentioned.slice(0, most).map(({ hit }) => hit)
  }
}

function soundsIn(list: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...list].flatMap(readPhrase))
}

type Call = {
  readonly hit: Hit
  readonly alone: boolean
  /** Nobody is led to what is not open to them: others may call something else so. */
  readonly access: Access
  readonly phrases: readonly { readonly all: Phrase; readonly bare: Phrase }[]
}

function callOf(flow: Flow, called: Called, phrases: readonly string[], fillers: ReadonlySet<string>): Call {
  const label = called.label ?? flow.menu?.label
  return {
    hit: { kind: 'called', label: label ?? { key: 'common:home' }, flow: flow.id, input: called.input },
    access: flow.access ?? 'self',
    alone: called.alone === true || label === undefined,
    phrases: phrases.map((phrase) => {
      const all = readPhrase(phrase)
      return { all, bare: withoutFillers(all, fillers) }
    }),
  }
}
