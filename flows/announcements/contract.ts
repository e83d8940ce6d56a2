import { z } from 'zod'
import { Group, Id } from '../groups/group.ts'
import { defineAsk, defineSend, defineTell } from '../kit/contract.ts'
import { languages, Message, value } from '../kit/words.ts'
import { Audience, announcementStates, Body, everybody } from './announcement.ts'

/** Announcements on one page. */
export const pageSize = 6

const count = z.int().min(0)
const paged = { page: count, pages: z.int().min(1), total: count }

/** What somebody may announce to: their groups, and whether all of Serik. */
export const Reach = z.object({
  groups: z.array(Group),
  mayAll: z.boolean(),
  /** Their newest announcement that asked for an answer. */
  last: z.object({ id: Id, start: z.string() }).nullable(),
})
export type Reach = z.infer<typeof Reach>

/** How many an announcement would reach, by what they read; counted up to a limit, `isMore` beyond. */
export const Reached = z.object({
  count,
  isMore: z.boolean(),
  languages: z.record(z.enum(languages), count),
})
export type Reached = z.infer<typeof Reached>

/** An announcement in a list; `start` is how its words begin. */
export const Listed = z.object({
  id: Id,
  state: z.enum(announcementStates),
  at: z.int(),
  start: z.string(),
  isMine: z.boolean(),
})
export type Listed = z.infer<typeof Listed>
export const AnnouncementPage = z.object({ items: z.array(Listed), ...paged })
export type AnnouncementPage = z.infer<typeof AnnouncementPage>

/** Why something was not delivered, with how many it was so for. */
export const Failure = z.object({ reason: z.string().max(200), count })

/** What has become of an announcement, as numbers. Nobody is named. */
export const Figures = z.object({
  /** Made, and for how many it was meant when it was sent off. */
  made: count,
  expected: count,
  waiting: count,
  delivered: count,
  blocked: count,
  unreachable: count,
  expired: count,
  /** Not sent, since they have switched announcements off or are not there any more. */
  unwanted: count,
  /** Held back, by a pause or a stop. */
  held: count,
  failed: count,
  yes: count,
  no: count,
  /** The commonest reasons for failing. */
  failures: z.array(Failure).max(5),
})
export type Figures = z.infer<typeof Figures>

export const Kept = z.object({
  id: Id,
  state: z.enum(announcementStates),
  at: z.int(),
  isMine: z.boolean(),
  body: Body,
  audience: Audience,
  figures: Figures,
})
export type Kept = z.infer<typeof Kept>

export const noFigures: Figures = {
  ...{ made: 0, expected: 0, waiting: 0, delivered: 0, blocked: 0, unreachable: 0, expired: 0, unwanted: 0 },
  ...{ held: 0, failed: 0, yes: 0, no: 0, failures: [] },
}

export const exampleGroup: Group = {
  id: 'group',
  name: 'Example',
  institution: { id: 'home', name: 'Example', region: '71' },
}
export const exampleBody: Body = {
  texts: { kk: 'Example', ru: 'Example' },
  ...{ missing: 'note', file: null, action: null, why: null },
  sender: 'mentor',
}
const audience: Audience = { ...everybody, groups: ['group'] }
const figures: Figures = {
  ...noFigures,
  ...{
    made: 20,
    expected: 20,
    waiting: 2,
    delivered: 12,
    blocked: 1,
    unreachable: 1,
    expired: 1,
    unwanted: 1,
    held: 1,
    failed: 2,
  },
  ...{ yes: 5, no: 3, failures: [{ reason: '400 Bad Request', count: 2 }] },
}
export const exampleKept: Kept = {
  ...{ id: 'example', state: 'done', at: Date.UTC(2026, 0, 14, 5), isMine: true, body: exampleBody, audience, figures },
}

/** What one may announce to. */
export const announcerReach = defineAsk('announcements.reach', {
  who: 'mentor',
  data: z.null(),
  reply: Reach,
  examples: [
    { groups: [exampleGroup, { ...exampleGroup, id: 'other' }], mayAll: false, last: null },
    { groups: [exampleGroup], mayAll: true, last: { id: 'example', start: 'Example' } },
    { groups: [], mayAll: true, last: null },
    { groups: [], mayAll: false, last: null },
  ],
})

/** How many would be reached now. */
export const countAudience = defineAsk('announcements.count', {
  who: 'mentor',
  data: z.object({ audience: Audience, isUrgent: z.boolean() }),
  reply: Reached,
  examples: [
    { count: 0, isMore: false, languages: { kk: 0, ru: 0, en: 0 } },
    { count: 20, isMore: false, languages: { kk: 12, ru: 8, en: 0 } },
    { count: 50_000, isMore: true, languages: { kk: 30_000, ru: 15_000, en: 5_000 } },
  ],
})

/** Those one may see, the newest first: a mentor their own, a coordinator all. */
export const listAnnouncements = defineAsk('announcements.list', {
  who: 'mentor',
  data: z.object({ page: count }),
  reply: AnnouncementPage,
  examples: [
    { items: [], page: 0, pages: 1, total: 0 },
    {
      items: announcementStates.map((state) => ({
        id: state,
        state,
        at: 0,
        start: 'Example',
        isMine: state !== 'going',
      })),
      ...{ page: 0, pages: 2, total: 9 },
    },
    { items: [{ id: 'example', state: 'done', at: 0, start: 'Example', isMine: true }], page: 1, pages: 2, total: 7 },
  ],
})

/** One of them, with what has become of it by now. */
export const getAnnouncement = defineAsk('announcements.one', {
  who: 'mentor',
  data: z.object({ id: Id }),
  reply: Kept.nullable(),
  examples: [
    ...announcementStates.map((state) => ({ ...exampleKept, state })),
    { ...exampleKept, body: { ...exampleBody, why: 'Example', action: { type: 'ask' as const } } },
    { ...exampleKept, isMine: false, state: 'going' as const, audience: everybody },
    null,
  ],
})

/** What a button can lead to: fairs that are coming, or what is called so. */
export const Target = z.object({ id: z.string().min(1).max(100), label: Message })
export type Target = z.infer<typeof Target>
export const targetTypes = ['fair', 'profession', 'vacancy'] as const

export const findTargets = defineAsk('announcements.targets', {
  who: 'mentor',
  data: z.object({ type: z.enum(targetTypes), text: z.string().max(200) }),
  reply: z.array(Target).max(8),
  examples: [[], [{ id: 'example', label: value('Example') }]],
})

/** What is to be sent: a new one, or the change of one that has not gone yet. `at` in the past means at once. */
export const Draft = z.object({ id: Id, body: Body, audience: Audience, at: z.int() })
export type Draft = z.infer<typeof Draft>

export const sendAnnouncement = defineTell('announcements.send', {
  who: 'mentor',
  data: Draft.extend({ expected: count }),
})

const OfOne = z.object({ id: Id })
/** Takes back what has not gone yet. */
export const takeAnnouncementBack = defineTell('announcements.takeBack', { who: 'mentor', data: OfOne })
/** What is on its way at this moment still arrives; everything else waits. */
export const pauseAnnouncement = defineTell('announcements.pause', { who: 'mentor', data: OfOne })
export const resumeAnnouncement = defineTell('announcements.resume', { who: 'mentor', data: OfOne })
/** As a pause, for good. */
export const stopAnnouncement = defineTell('announcements.stop', { who: 'mentor', data: OfOne })

/** The numbers of one as a workbook. */
export const announcementSheet = defineSend('announcements.sheet', { who: 'mentor', data: OfOne })
