import { z } from 'zod'
import { GroupName } from '../groups/group.ts'
import { defineNotice, type NoticeDefinition } from '../kit/notice.ts'
import { type Button, button, go, link, type Navigation, type Paragraph, type Screen, screen } from '../kit/screen.ts'
import { type Language, languages, type Message, type Translate, value } from '../kit/words.ts'
import { Action, type Body, File, languageFor, Sender } from './announcement.ts'

/** What one reader gets: the words in one language, and whom they are from. */
export const ToldValues = z.object({
  id: z.string(),
  text: z.string(),
  /** What the words are in: said to whoever reads another. */
  language: z.enum(languages),
  file: File.nullable(),
  action: Action.nullable(),
  sender: Sender,
  /** The group it comes to them by; null for what goes to all of Serik. */
  group: GroupName.nullable(),
})
export type ToldValues = z.infer<typeof ToldValues>

const Answer = z.object({ yes: z.boolean() })
export type Answer = z.infer<typeof Answer>

const examples: ToldValues[] = [
  { type: 'ask' as const },
  { type: 'fair' as const, id: 'example' },
  { type: 'profession' as const, id: 'example' },
  { type: 'vacancy' as const, id: 'example' },
  { type: 'link' as const, url: 'https://example.org/' },
  null,
].map((action, place) => ({
  ...{ id: 'example', text: 'Example', language: 'en', action },
  file: place % 2 === 0 ? null : { kind: 'photo', fileId: 'example' },
  sender: place < 3 ? 'mentor' : 'coordinator',
  group: place % 2 === 0 ? 'Example' : null,
}))

type Rest = Pick<NoticeDefinition<ToldValues>, 'priority' | 'evenWhenQuiet' | 'canBeMuted'>

function telling(kind: string, rest: Rest) {
  return defineNotice<ToldValues, Answer>(kind, {
    ...rest,
    values: ToldValues,
    examples,
    screen: ({ values, person, t }) => toldScreen(values, person.language, t),
    answering: {
      answer: Answer,
      screen: ({ values, answer, person, t }) => ({
        ...toldScreen({ ...values, action: null }, person.language, t),
        text: [...toldLines(values, person.language, t), t(answer.yes ? 'answered.yes' : 'answered.no')],
      }),
      already: ({ answer, t }) => t(answer.yes ? 'answered.yes' : 'answered.no'),
      examples: [{ yes: true }, { yes: false }],
    },
  })
}

/** What a mentor or coordinator has to say. */
export const told = telling('announcements.told', { priority: 'announcement', canBeMuted: true })

/** What cannot wait until quiet hours are over; whoever sends it has said why. */
export const urgent = telling('announcements.urgent', { priority: 'alert', evenWhenQuiet: true })

const TrialValues = ToldValues.extend({
  /** The language of the reader for whom it looks so. */
  reads: z.enum(languages),
})
/** How it will look, for whoever writes it: they have asked for it this moment. */
export const trial = defineNotice<z.infer<typeof TrialValues>>('announcements.trial', {
  values: TrialValues,
  priority: 'reply',
  evenWhenQuiet: true,
  examples: examples.flatMap((values) => languages.map((reads) => ({ ...values, reads }))),
  screen: ({ values, t }) => lookingIn(values.reads, toldScreen(values, values.reads, t)),
})

const OverValues = z.object({ id: z.string(), start: z.string(), delivered: z.int(), made: z.int() })
/** Whoever sent it hears when nothing of it waits any more. */
export const over = defineNotice<z.infer<typeof OverValues>>('announcements.over', {
  values: OverValues,
  priority: 'reminder',
  examples: [
    { id: 'example', start: 'Example', delivered: 1, made: 1 },
    { id: 'example', start: 'Example', delivered: 12_000, made: 12_345 },
  ],
  screen: ({ values: { id, start, delivered, made }, t }) =>
    screen(
      [t('over.title', { start }), t('over.count', { delivered, made })],
      [button(t('over.open'), go.open('announcing', { id }))],
    ),
})

/** What the keys of all notices of one announcement begin with; the chat follows. */
export function noticePrefix(id: string): string {
  return `announcement:${id}:`
}

/** What a reader of this language gets; undefined for whoever is left out. */
export function toldIn(id: string, body: Body, own: Language, group: string | null): ToldValues | undefined {
  const language = languageFor(body, own)
  const text = language && body.texts[language]
  if (language === undefined || text === undefined) return undefined
  const { file, action, sender } = body
  return { id, text, language, file, action, sender, group }
}

/** As its reader sees it. */
export function toldScreen(values: ToldValues, reads: Language, t: Translate): Screen<Navigation> {
  const { file } = values
  return { ...screen(toldLines(values, reads, t), ...actionRows(values, t)), ...(file !== null && { file }) }
}

/** As somebody sees it who reads the language. */
export function lookingIn(language: Language, of: Screen<Navigation>): Screen<Navigation> {
  const said = (message: Message): Message => ({ ...message, in: language })
  return {
    ...of,
    text: of.text.map((paragraph) => ('key' in paragraph ? said(paragraph) : paragraph.map(said))),
    rows: of.rows.map((row) => row.map((one) => ({ ...one, label: said(one.label) }))),
  }
}

export function toldLines({ text, language, sender, group }: ToldValues, reads: Language, t: Translate): Paragraph[] {
  return [
    [t(`from.${sender}`), ...(group === null ? [] : [t('from.group', { group })])],
    ...(language === reads ? [] : [t('note', { language: { key: `common:language.${language}` } })]),
    value(text),
  ]
}

function actionRows({ id, action }: ToldValues, t: Translate): Button<Navigation>[][] {
  switch (action?.type) {
    case undefined:
      return []
    case 'ask':
      return [
        [
          button(t('act.yes'), go.open('announcements', { id, yes: true })),
          button(t('act.no'), go.open('announcements', { id, yes: false })),
        ],
      ]
    case 'fair':
      return [[button(t('act.fair'), go.open('fairs', { id: action.id }))]]
    case 'profession':
      return [[button(t('act.profession'), go.open('professions', { id: action.id }))]]
    case 'vacancy':
      return [[button(t('act.vacancy'), go.open('vacancies', { id: action.id }))]]
    case 'link':
      return [[link(t('act.link'), action.url)]]
  }
}
