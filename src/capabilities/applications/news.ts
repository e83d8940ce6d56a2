import { readNews, type Saying, type State } from '../../../flows/applications/contract.ts'
import { isQuestion } from '../../../flows/common/questions.ts'
import { mentions, type Phrase, readMessage, readPhrase } from '../../base/phrases.ts'
import { type Reply, reply } from '../../engine/reply.ts'
import { phrasesOf } from '../../i18n/lists.ts'
import type { WordsBook } from '../../i18n/words.ts'

/** Words of a line up to which it may tell of an application; whoever writes more tells a story. */
const mostWords = 16

const lists: Readonly<Record<Saying, string>> = {
  applied: 'applications:said.applied',
  invited: 'applications:said.invited',
  interviewed: 'applications:said.interviewed',
  offer: 'applications:said.offer',
  refused: 'applications:said.refused',
  withdrawn: 'applications:said.withdrawn',
  started: 'applications:said.started',
  interview: 'applications:said.interview',
  firstDay: 'applications:said.firstDay',
  missed: 'applications:said.missed',
}
const topics = ['interview', 'firstDay', 'missed'] as const

/** What people say of a job they went for, in any language: its state by the longest phrase, since "not taken" holds "taken". */
export function newsReply(words: WordsBook): Reply {
  const phrases = (Object.entries(lists) as [Saying, string][]) // its keys are sayings
    .flatMap(([saying, key]) => phrasesOf(key, words).map((phrase) => ({ saying, phrase: readPhrase(phrase) })))
  const ofStates = phrases
    .filter(({ saying }) => topics.every((topic) => topic !== saying))
    .sort((one, other) => lengthOf(other.phrase) - lengthOf(one.phrase))
  return reply(readNews, async ({ text }) => {
    const message = readMessage(text)
    if (isQuestion(text) || message.length > mostWords) return { text, said: [] }
    const state = ofStates.find(({ phrase }) => mentions(message, phrase))?.saying as State | undefined // no topic is among them
    const spokenOf = topics.filter((topic) =>
      phrases.some(({ saying, phrase }) => saying === topic && mentions(message, phrase)),
    )
    return { text, said: [...(state === undefined ? [] : [state]), ...spokenOf] }
  })
}

function lengthOf(phrase: Phrase): number {
  return phrase.join('').length
}
