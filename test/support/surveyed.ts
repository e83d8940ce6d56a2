import { exampleTurn } from '../../flows/kit/walk.ts'
import { matchProfessions } from '../../flows/professions/contract.ts'
import {
  type Attempt,
  discardSurvey,
  type EarlierResult,
  finishSurvey,
  openSurvey,
  recordAnswers,
  surveyHistory,
  surveyStanding,
} from '../../flows/survey/contract.ts'
import { createSurvey } from '../../flows/survey/index.ts'
import type { Instrument } from '../../flows/survey/instrument.ts'
import { openingsOf } from '../../flows/vacancies/contract.ts'
import type { Finder } from '../../src/capabilities/capability.ts'
import { typedReply } from '../../src/capabilities/survey/typed.ts'
import { type Reply, reply } from '../../src/engine/reply.ts'
import { record, rehearse } from './rehearse.ts'
import { readWords } from './words.ts'

const words = await readWords()

/** The search, which finds something for whatever is no answer. */
const knowsAll: Finder = async () => [{ kind: 'menu', label: { key: 'common:home' }, flow: 'home', input: undefined }]

/** Whoever has never answered any survey, and what is written for an answer read as the bot reads it. */
export function standingReplies(instruments: readonly Instrument[]): readonly Reply[] {
  return [
    reply(surveyStanding, async () => ({ unfinished: null, result: null })),
    typedReply(instruments, words, knowsAll),
  ]
}

type Options = {
  readonly instruments: readonly [Instrument, ...Instrument[]]
  readonly unfinished?: Attempt
  readonly earlier?: readonly EarlierResult[]
}

/** A survey before somebody who speaks English, with what a database would keep of it. */
export async function rehearseSurvey({ instruments, unfinished, earlier = [] }: Options) {
  const open = new Map(unfinished === undefined ? [] : [[unfinished.attempt, unfinished]])
  let finished = [...earlier]
  const replies = [
    ...standingReplies(instruments),
    reply(openSurvey, async () => [...open.values()].at(-1) ?? null),
    reply(surveyHistory, async () => finished),
    reply(matchProfessions, async () => []),
    reply(openingsOf, async () => ({ total: 0 })),
  ]
  const keep = ({ attempt, form, answers }: Attempt) => open.set(attempt, { attempt, form, answers })
  const records = [
    record(recordAnswers, (data) => {
      const was = finished.find(({ attempt }) => attempt === data.attempt)
      if (was === undefined) keep(data)
      else finished = finished.map((one) => (one === was ? { ...one, answers: data.answers } : one))
    }),
    record(finishSurvey, ({ attempt, form, answers, result }) => {
      open.delete(attempt)
      const others = finished.filter((one) => one.attempt !== attempt)
      finished = [{ attempt, form, answers, result, finishedAt: 0 }, ...others]
    }),
    record(discardSurvey, ({ attempt }) => void open.delete(attempt ?? '')),
  ]
  const flow = createSurvey(instruments)
  const stage = await rehearse(flow, { language: 'en', replies, records })
  let now = exampleTurn.at
  /** Nobody answers in no time. */
  const unhurried = async (act: () => Promise<void>) => {
    now += 3_000
    stage.until(now)
    await act()
  }
  const rates = async (...values: number[]) => {
    for (const value of values) await unhurried(() => stage.presses(`riasec:rate.${value}`))
  }
  const writes = (text: string) => unhurried(() => stage.writes(text))
  return { ...stage, rates, writes, open: () => [...open.values()], finished: () => finished }
}
