import { z } from 'zod'
import { zone } from '../../../flows/common/regions.ts'
import { translator } from '../../../flows/kit/words.ts'
import { Asked, Said, states } from '../../../flows/questions/question.ts'
import { fact, line, section, Time } from '../export.ts'

const t = translator('questions')
const when = { key: 'questions:export.at' }
const now = {
  waiting: { key: 'questions:export.waiting' },
  taken: { key: 'questions:export.taken' },
  closed: { key: 'questions:export.closed' },
} as const
const titles = {
  more: { key: 'questions:export.more' },
  reply: { key: 'questions:export.reply' },
  note: { key: 'questions:export.note' },
} as const

/** What the person asked, the newest first. */
export const questionsSection = section('Question', {
  title: { key: 'questions:menu' },
  row: z.object({ body: Asked, state: z.enum(states), askedAt: Time }),
  tell: ({ body: { topic, name, said }, state, askedAt }) => ({
    title: t(`topic.${topic}`),
    order: -askedAt,
    lines: [
      line({ key: 'common:value', values: { value: said.text } }),
      fact({ key: 'questions:export.as' }, name ?? { key: 'questions:export.nameless' }),
      fact({ key: 'questions:export.state' }, now[state]),
      fact(when, { moment: askedAt, zone, style: 'datetime' }),
    ],
  }),
})

/** What was said to questions since, and the notes of a mentor. */
export const entriesSection = section('QuestionEntry', {
  title: { key: 'questions:export.words' },
  row: z.object({ body: Said, kind: z.enum(['more', 'reply', 'note']), at: Time }),
  tell: ({ body: { text, file }, kind, at }) => ({
    title: titles[kind],
    order: at,
    lines: [
      ...(text === '' ? [] : [line({ key: 'common:value', values: { value: text } })]),
      ...(file === null ? [] : [line(t(`replied.${file.kind}`))]),
      fact(when, { moment: at, zone, style: 'datetime' }),
    ],
  }),
})
