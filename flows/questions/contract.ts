import { z } from 'zod'
import { GroupName, Id } from '../groups/group.ts'
import { defineAsk, defineSend, defineTell } from '../kit/contract.ts'
import { languages } from '../kit/words.ts'
import { AskedAs, longestText, paces, Said, states, Topic, tellings } from './question.ts'

/** Questions on one page of a list. */
export const pageSize = 6

const count = z.int().min(0)
const paged = { page: count, pages: z.int().min(1), total: count }
const Name = z.string().nullable()

/** What was said, without the file itself: whether there is one, and of what kind. */
const Shown = z.object({ text: z.string(), file: z.enum(['photo', 'document']).nullable() })

/** One word of a thread; the question itself comes first, under its own id. */
export const Entry = z.object({
  id: Id,
  from: z.enum(['member', 'mentor', 'note']),
  /** The mentor who said it, where they have a name; null for whoever asked. */
  by: Name,
  at: z.int(),
  said: Shown,
})
export type Entry = z.infer<typeof Entry>

/**
 * How a question stands for whoever asked: sent, read by a mentor, answered, closed. Whoever has said more since an
 * answer waits anew.
 */
export const standings = ['sent', 'read', 'answered', 'closed'] as const
export const Standing = z.enum(standings)
export type Standing = z.infer<typeof Standing>

/** A group in which one may ask: how soon the mentor whose turn it is usually answers, where that is known. */
export const Desk = z.object({ id: Id, name: GroupName, pace: z.enum(paces).nullable() })
export type Desk = z.infer<typeof Desk>

/** Why no more can be asked at present: too many are open, or too much was sent within a day. */
export const rooms = ['free', 'open', 'day'] as const

export const OwnEntry = z.object({ id: Id, topic: Topic, standing: Standing, askedAt: z.int() })
export type OwnEntry = z.infer<typeof OwnEntry>

/** What somebody who asks starts from. */
export const Overview = z.object({
  desks: z.array(Desk),
  room: z.enum(rooms),
  list: z.object({ items: z.array(OwnEntry), ...paged }),
})
export type Overview = z.infer<typeof Overview>

/** A question for whoever asked it. */
export const OwnThread = z.object({
  ...OwnEntry.shape,
  /** When a mentor read the last word, where one has. */
  readAt: z.int().nullable(),
  /** The mentor who has taken it; no name where none has, or they have none. */
  mentor: Name,
  isTaken: z.boolean(),
  pace: z.enum(paces).nullable(),
  told: z.enum(tellings),
  isUrgent: z.boolean(),
  entries: z.array(Entry),
  /** More can be said, or it can be opened again. */
  maySay: z.boolean(),
  mayReopen: z.boolean(),
})
export type OwnThread = z.infer<typeof OwnThread>

/** Whose a question is for the mentor who looks: theirs, another's, nobody's. */
export const holders = ['mine', 'other', 'nobody'] as const

const Led = {
  id: Id,
  topic: Topic,
  group: GroupName,
  /** The name it was asked under. */
  name: AskedAs,
  isUrgent: z.boolean(),
  state: z.enum(states),
  holder: z.enum(holders),
  /** Since when an answer is waited for. */
  pendingAt: z.int().nullable(),
}

export const LedEntry = z.object(Led)
export type LedEntry = z.infer<typeof LedEntry>
export const LedPage = z.object({ items: z.array(LedEntry), ...paged })
export type LedPage = z.infer<typeof LedPage>

/** A question for a mentor of the group. */
export const LedThread = z.object({
  ...Led,
  /** In which whoever asked reads now. */
  language: z.enum(languages),
  askedAt: z.int(),
  /** The mentor who has it, where they have a name. */
  mentor: Name,
  told: z.enum(tellings),
  entries: z.array(Entry),
  /** Nobody has looked at the last word yet. */
  isUnread: z.boolean(),
  /** It is theirs, or free to be taken. */
  mayAct: z.boolean(),
})
export type LedThread = z.infer<typeof LedThread>

/** Another mentor of the group, told from others by when they came; without a name by their place in that order. */
export const Colleague = z.object({ joinedAt: z.int(), name: Name, place: z.int().min(1) })
export type Colleague = z.infer<typeof Colleague>

const noList = { items: [], page: 0, pages: 1, total: 0 }
const at = Date.UTC(2026, 0, 15, 5)
const desk: Desk = { id: 'group', name: 'Example', pace: null }
const own: OwnEntry = { id: 'example', topic: 'work', standing: 'sent', askedAt: at }
const asked: Entry = { id: 'example', from: 'member', by: null, at, said: { text: 'Example', file: null } }
const withPhoto: Entry = { ...asked, said: { text: 'Example', file: 'photo' } }
const reply: Entry = { id: 'reply', from: 'mentor', by: 'Example', at, said: { text: '', file: 'document' } }
const note: Entry = { id: 'note', from: 'note', by: null, at, said: { text: 'Example', file: null } }
const ownThread: OwnThread = {
  ...own,
  ...{ readAt: null, mentor: null, isTaken: false, pace: null, told: 'none', isUrgent: false },
  entries: [asked],
  ...{ maySay: true, mayReopen: false },
}
const led: LedEntry = {
  ...{ id: 'example', topic: 'work', group: 'Example', name: 'Example', isUrgent: false, state: 'waiting' },
  ...{ holder: 'mine', pendingAt: at },
}
const ledThread: LedThread = {
  ...led,
  ...{ language: 'kk', askedAt: at, mentor: null, told: 'none', entries: [asked], isUnread: true, mayAct: true },
}
const unsigned: Entry = { ...reply, id: 'unsigned', by: null }
const signed: Entry = { ...note, id: 'signed', by: 'Example' }
const long = (entry: Entry, count: number) =>
  Array.from({ length: count }, (_, index) => ({
    ...entry,
    id: `${entry.id}${index}`,
    said: { ...entry.said, text: 'ұ'.repeat(300) },
  }))

/** Whether a mentor is there whom the person may ask. */
export const hasMentor = defineAsk('questions.hasMentor', {
  who: 'anyone',
  data: z.null(),
  reply: z.object({ has: z.boolean() }),
  examples: [{ has: false }, { has: true }],
})

/** Where the person may ask, and what they have asked, the newest first. */
export const questionsOverview = defineAsk('questions.overview', {
  who: 'met',
  data: z.object({ page: count }),
  reply: Overview,
  examples: [
    { desks: [], room: 'free', list: noList },
    { desks: [desk], room: 'free', list: noList },
    {
      desks: [
        { ...desk, pace: 'day' },
        { ...desk, id: 'other' },
      ],
      room: 'free',
      list: {
        items: standings.map((standing) => ({ ...own, id: standing, standing })),
        ...{ page: 0, pages: 2, total: 9 },
      },
    },
    { desks: [desk], room: 'open', list: { items: [own], page: 1, pages: 2, total: 7 } },
    { desks: [desk], room: 'day', list: { items: [own], page: 0, pages: 1, total: 1 } },
    { desks: [], room: 'free', list: { items: [own], page: 0, pages: 1, total: 1 } },
  ],
})

/** One's own question; null where there is none of this id. */
export const ownQuestion = defineAsk('questions.own', {
  who: 'met',
  data: z.object({ id: Id }),
  reply: OwnThread.nullable(),
  examples: [
    ownThread,
    { ...ownThread, entries: [withPhoto], isUrgent: true, told: 'reminded', pace: 'hours' },
    { ...ownThread, standing: 'read', readAt: at, told: 'told', isTaken: true, pace: 'day' },
    { ...ownThread, standing: 'answered', mentor: 'Example', isTaken: true, entries: [asked, reply], maySay: false },
    { ...ownThread, standing: 'answered', isTaken: true, entries: long(asked, 4) },
    { ...ownThread, standing: 'closed', entries: [asked, unsigned], maySay: false, mayReopen: true },
    { ...ownThread, standing: 'closed', maySay: false },
    { ...ownThread, told: 'alone', pace: 'hour' },
    { ...ownThread, pace: 'days' },
    { ...ownThread, pace: 'later', isTaken: true, mentor: 'Example' },
    null,
  ],
})

/** Questions that are open in the person's own groups, or came to coordinators: urgent ones first, then what waits longest. */
export const ledQuestions = defineAsk('questions.led', {
  who: 'mentor',
  data: z.object({ page: count }),
  reply: LedPage,
  examples: [
    noList,
    {
      items: [
        { ...led, id: 'urgent', isUrgent: true },
        { ...led, name: null, holder: 'other' },
        { ...led, id: 'nobody', holder: 'nobody' },
        { ...led, id: 'answered', state: 'taken', pendingAt: null },
      ],
      ...{ page: 0, pages: 2, total: 9 },
    },
    { items: [led], page: 1, pages: 2, total: 9 },
  ],
})

/** A question that the mentor may read; null where there is none of this id. */
export const ledQuestion = defineAsk('questions.thread', {
  who: 'mentor',
  data: z.object({ id: Id }),
  reply: LedThread.nullable(),
  examples: [
    ledThread,
    { ...ledThread, name: null, isUrgent: true, entries: [withPhoto], told: 'alone', language: 'ru' },
    { ...ledThread, state: 'taken', isUnread: false, entries: [asked, note, signed], told: 'told', language: 'en' },
    {
      ...ledThread,
      state: 'taken',
      pendingAt: null,
      isUnread: false,
      entries: [asked, reply, unsigned, note],
      told: 'reminded',
    },
    { ...ledThread, state: 'taken', holder: 'other', mentor: 'Example', mayAct: false, entries: long(asked, 4) },
    { ...ledThread, state: 'taken', holder: 'other', mayAct: false },
    { ...ledThread, holder: 'nobody', told: 'reminded' },
    { ...ledThread, holder: 'other' },
    { ...ledThread, state: 'taken', holder: 'nobody' },
    { ...ledThread, state: 'closed', pendingAt: null, isUnread: false, mayAct: false },
    null,
  ],
})

/** The other mentors of the question's group who can be reached. */
export const colleagues = defineAsk('questions.colleagues', {
  who: 'mentor',
  data: z.object({ id: Id }),
  reply: z.object({ items: z.array(Colleague).max(30) }),
  examples: [
    { items: [] },
    {
      items: [
        { joinedAt: 1, name: 'Example', place: 1 },
        { joinedAt: 2, name: null, place: 2 },
      ],
    },
  ],
})

const question = z.object({ id: Id })
const Text = z.string().min(1)
/** A word on its way; `entry` is its own id. */
const word = z.object({ id: Id, entry: Id, said: Said })

/** Asks; it is given to the mentor whose turn it is. */
export const askQuestion = defineTell('questions.ask', {
  who: 'met',
  data: z.object({ id: Id, group: Id, topic: Topic, name: AskedAs, said: Said, urgent: z.boolean() }),
})

/** Says more to a question of one's own. */
export const addToQuestion = defineTell('questions.add', {
  who: 'met',
  data: z.object({ ...word.shape, urgent: z.boolean() }),
})

export const closeQuestion = defineTell('questions.close', { who: 'met', data: question })
export const reopenQuestion = defineTell('questions.reopen', { who: 'met', data: question })

/** A mentor has read the last word: whoever asked sees that. */
export const readQuestion = defineTell('questions.read', { who: 'mentor', data: question })

/** A mentor answers it from now on; the others only read it and make notes. */
export const takeQuestion = defineTell('questions.take', { who: 'mentor', data: question })

/** Answers; one that nobody has taken is taken by it. */
export const replyToQuestion = defineTell('questions.reply', { who: 'mentor', data: word })

/** A note that only mentors of the group see. */
export const noteOnQuestion = defineTell('questions.note', {
  who: 'mentor',
  data: z.object({
    id: Id,
    entry: Id,
    text: Text.refine((text) => [...text].length <= longestText, `must have ${longestText} signs at most`),
  }),
})

/** Gives it to another mentor of the group: whoever came to it at that moment. */
export const handOverQuestion = defineTell('questions.hand', {
  who: 'mentor',
  data: z.object({ id: Id, joinedAt: z.int() }),
})

export const settleQuestion = defineTell('questions.settle', { who: 'mentor', data: question })
export const resumeQuestion = defineTell('questions.resume', { who: 'mentor', data: question })

/** The file of one word of a thread, for whoever may read it. */
export const questionFile = defineSend('questions.file', { who: 'met', data: z.object({ id: Id, entry: Id }) })
