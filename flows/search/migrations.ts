import { z } from 'zod'
import type { Migration } from '../kit/flow.ts'
import { Words } from '../kit/words.ts'
import type { Hit } from './contract.ts'

const First = z.object({
  text: z.string(),
  results: z.object({
    flows: z.array(z.object({ id: z.string(), label: z.object({ key: z.string() }) })),
    professions: z.array(z.object({ id: z.string(), name: Words })),
    reminder: z.boolean(),
  }),
})

const Second = z.object({ text: z.string(), hits: z.array(z.unknown()) })

const Seventh = z.looseObject({
  talk: z.string().nullable(),
  hits: z.array(z.looseObject({ flow: z.string(), input: z.unknown() })),
})

export const migrations: Readonly<Record<number, Migration>> = {
  /** Every kind of result had a list of its own. */
  1: ({ value, context }) => {
    const { text, results } = First.parse(context)
    const hits: Hit[] = [
      ...(results.reminder
        ? [{ kind: 'reminder', label: { key: 'search:remind' }, flow: 'reminders', input: { text } }]
        : []),
      ...results.flows.map(({ id, label }) => ({ kind: 'menu', label, flow: id })),
      ...results.professions.map(({ id, name }) => {
        return {
          kind: 'profession',
          label: { key: 'common:value', values: { value: name } },
          flow: 'professions',
          input: { id },
        }
      }),
    ]
    return { value, context: { text, hits } }
  },
  /** Sad words were looked for like any others. */
  2: ({ value, context }) => ({ value, context: { ...Second.parse(context), worry: false } }),
  /** No hit was certain. */
  3: (stored) => stored,
  /** Commands were not looked for, and nothing but a text. */
  4: ({ value, context }) => ({ value, context: { ...z.looseObject({}).parse(context), command: false, talk: null } }),
  /** Nothing was answered but what there is today. */
  5: ({ value, context }) => {
    return { value, context: { ...z.looseObject({}).parse(context), wanted: null, answer: null, subjects: [] } }
  },
  /** No answer named signs of a scam, and what was passed on was not looked at. */
  6: ({ value, context }) => ({
    value,
    context: { ...z.looseObject({}).parse(context), signs: [], forwarded: false },
  }),
  /** Whoever looked for work was told that there are no vacancies. */
  7: ({ value, context }) => {
    const { talk, hits, ...others } = Seventh.parse(context)
    const current = hits.map((hit) => (isForJobs(hit) ? { ...hit, flow: 'vacancies', input: undefined } : hit))
    return {
      value: value === 'jobs' ? 'asking' : value,
      context: { ...others, hits: current, talk: talk === 'jobs' ? null : talk },
    }
  },
}

function isForJobs({ flow, input }: { readonly flow: string; readonly input?: unknown }): boolean {
  return flow === 'search' && z.object({ talk: z.literal('jobs') }).safeParse(input).success
}
