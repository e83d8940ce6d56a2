import { z } from 'zod'
import { Id } from '../groups/group.ts'
import { help } from '../kit/buttons.ts'
import { defineNotice } from '../kit/notice.ts'
import { button, go, screen } from '../kit/screen.ts'
import { quoted, type Translate } from '../kit/words.ts'
import type { QuestionsInput } from './context.ts'
import { longestText, Topic } from './question.ts'

const RepliedValues = z.object({
  id: Id,
  topic: Topic,
  text: z.string().refine((text) => [...text].length <= longestText),
  file: z.enum(['photo', 'document']).nullable(),
})
/** A mentor has answered. */
export const replied = defineNotice<z.infer<typeof RepliedValues>>('questions.replied', {
  values: RepliedValues,
  priority: 'reply',
  examples: [
    { id: 'example', topic: 'work', text: 'Example', file: null },
    { id: 'example', topic: 'feelings', text: '', file: 'photo' },
    { id: 'example', topic: 'other', text: 'Example', file: 'document' },
  ],
  screen: ({ values: { id, topic, text, file }, t }) =>
    screen(
      [
        t('replied.title', { topic: t(`topic.${topic}`) }),
        ...(text === '' ? [] : [quoted(text)]),
        ...(file === null ? [] : [t(`replied.${file}`)]),
      ],
      [opening(t, id)],
    ),
})

/**
 * What has become of a question without a word of whoever asked: the mentor was reminded, or another
 * one has it now; the coordinators were told; there is nobody to tell; a mentor closed it or opened it again; it was closed since both were silent, or since nobody answered.
 */
export const news = ['reminded', 'given', 'told', 'alone', 'closed', 'reopened', 'ended', 'unanswered'] as const

const ChangedValues = z.object({ id: Id, topic: Topic, what: z.enum(news) })
export const changed = defineNotice<z.infer<typeof ChangedValues>>('questions.changed', {
  values: ChangedValues,
  priority: 'reply',
  examples: news.map((what) => ({ id: 'example', topic: 'study', what })),
  screen: ({ values: { id, topic, what }, t }) =>
    screen(
      [t(`changed.${what}`, { topic: t(`topic.${topic}`) })],
      [opening(t, id)],
      lonely.includes(what) ? [help()] : [],
    ),
})

/** Nobody has answered: beside it stands whom else to turn to. */
const lonely: readonly (typeof news)[number][] = ['reminded', 'given', 'told', 'alone', 'unanswered']

function opening(t: Translate, id: string) {
  return button(t('open'), go.open('questions', { id } satisfies QuestionsInput), 'primary')
}
