import { z } from 'zod'
import { Id } from '../groups/group.ts'
import { help } from '../kit/buttons.ts'
import { defineNotice, type NoticeDefinition } from '../kit/notice.ts'
import { button, go, screen } from '../kit/screen.ts'
import { quoted, type Translate } from '../kit/words.ts'
import type { QuestionsInput } from './context.ts'
import { longestText, SentAlong, Topic } from './question.ts'

const RepliedValues = z.object({
  id: Id,
  topic: Topic,
  text: z.string().refine((text) => [...text].length <= longestText),
  file: SentAlong.nullable(),
})
const photo = { kind: 'photo', fileId: 'example', name: null } as const

/** Signs of an answer that have room beside a file; with more of them the file is fetched from the thread. */
const longestCaption = 800

const reply: Omit<NoticeDefinition<z.infer<typeof RepliedValues>>, 'kind'> = {
  values: RepliedValues,
  priority: 'reply',
  examples: [
    { id: 'example', topic: 'work', text: 'Example', file: null },
    { id: 'example', topic: 'feelings', text: '', file: photo },
    { id: 'example', topic: 'other', text: 'Example', file: { ...photo, kind: 'document' } },
    { id: 'example', topic: 'other', text: 'ұ'.repeat(longestCaption + 1), file: photo },
  ],
  screen: ({ values: { id, topic, text, file }, t }) => {
    const isBeside = file !== null && [...text].length <= longestCaption
    const answer = screen(
      [
        t('replied.title', { topic: t(`topic.${topic}`) }),
        ...(text === '' ? [] : [quoted(text)]),
        ...(file === null || isBeside ? [] : [t(`replied.${file.kind}`)]),
      ],
      [opening(t, id)],
    )
    return isBeside ? { ...answer, file: { kind: file.kind, fileId: file.fileId } } : answer
  },
}

/** A mentor has answered; what they sent comes with it. */
export const replied = defineNotice('questions.replied', reply)
/** The same to a question that speaks of danger, at any hour. */
export const repliedNow = defineNotice('questions.repliedNow', { ...reply, evenWhenQuiet: true })

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
