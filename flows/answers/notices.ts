import { z } from 'zod'
import { Id } from '../groups/group.ts'
import { defineNotice } from '../kit/notice.ts'
import { button, go, screen } from '../kit/screen.ts'
import type { Translate } from '../kit/words.ts'
import { Topic } from '../questions/question.ts'
import type { AnswersInput } from './context.ts'

/**
 * Why a mentor hears of a question: it is theirs by turn, more was said to it, it was opened again, another mentor gave
 * it to them, it has waited for a day; a coordinator, since it has waited for three.
 */
export const occasions = ['asked', 'more', 'reopened', 'handed', 'waits', 'late'] as const
export type Occasion = (typeof occasions)[number]

const Values = z.object({ id: Id, topic: Topic, what: z.enum(occasions) })
type Values = z.infer<typeof Values>
const examples: readonly Values[] = occasions.map((what) => ({ id: 'example', topic: 'work', what }))

/** Nothing of the question itself stands in it: it may come up on a locked phone. */
export const asked = defineNotice<Values>('answers.asked', {
  values: Values,
  priority: 'reply',
  examples,
  screen: ({ values, t }) =>
    screen([t(`notice.${values.what}`, { topic: topicOf(t, values) })], [opening(t, values.id)]),
})

/** The same of a question that speaks of danger, at any hour. */
export const urgent = defineNotice<Values>('answers.urgent', {
  values: Values,
  priority: 'reply',
  evenWhenQuiet: true,
  examples,
  screen: ({ values, t }) =>
    screen(
      [t('notice.urgent'), t(`notice.${values.what}`, { topic: topicOf(t, values) }), t('notice.danger')],
      [opening(t, values.id)],
    ),
})

/** What the keys of all notices to mentors of one question begin with. */
export function noticePrefix(id: string): string {
  return `answers:${id}:`
}

function topicOf(t: Translate, { topic }: Values) {
  return t(`questions:topic.${topic}`)
}

function opening(t: Translate, id: string) {
  return button(t('open'), go.open('answers', { id } satisfies AnswersInput), 'primary')
}
