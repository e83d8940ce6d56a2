import { areas, audienceRoles, longest } from '../announcements/announcement.ts'
import { type Figures, type Reached, targetTypes } from '../announcements/contract.ts'
import { lookingIn, toldScreen } from '../announcements/notices.ts'
import { addDays, toLocal, toUtc } from '../common/calendar.ts'
import { ageBands, plans } from '../common/person.ts'
import { regions, zone } from '../common/regions.ts'
import { short } from '../fairs/screens.ts'
import { back, home, inRows, pager, skip, toBack, waiting } from '../kit/buttons.ts'
import type { Screens, View } from '../kit/flow.ts'
import { button, go, type Paragraph, screen } from '../kit/screen.ts'
import {
  type Language,
  languages,
  type Message,
  type Moment,
  marked,
  type Translate,
  translator,
  value,
} from '../kit/words.ts'
import type { AnnouncingContext as Context, AnnouncingEvent as Event, Part } from './context.ts'
import { lookOf, unwritten } from './draft.ts'
import { numbersPicture } from './figures.ts'

/** Groups on one page. */
const groupsShown = 8
/** Hours that are offered for tomorrow, local. */
const hours = [9, 12, 18] as const
const told = translator('announcements')

export const screens: Screens<Context, Event> = {
  listing,
  loading: waiting,
  reading,
  stopping: ({ t }) =>
    screen(
      [t('stopping.title'), t('stopping.how')],
      [button(t('stopping.yes'), { type: 'YES' }, 'danger')],
      [back(toBack), home()],
    ),
  takingBack: ({ t }) =>
    screen(t('takingBack.title'), [button(t('takingBack.yes'), { type: 'YES' }, 'danger')], [back(toBack), home()]),
  takenBack: ({ t }) => screen(t('takenBack'), [button(t('toList'), toBack), home()]),
  changing: waiting,
  reaching: waiting,
  nobody: ({ t }) => screen(t('nobody'), [back(toBack), home()]),
  writing: ({ t, context }) =>
    screen(
      [
        ...problemOf(t, context),
        t('writing.title', { language: nameOf(context.writing), count: longest.text }),
        ...(Object.keys(context.draft.texts).length === 0 ? [t('writing.how')] : []),
      ],
      [back(toBack), home()],
    ),
  wording,
  attaching: ({ t, context: { draft } }) =>
    screen(
      [t('attaching.title'), ...(draft.file === null ? [] : [t(`attaching.has.${draft.file.kind}`)])],
      [draft.file === null ? skip({ type: 'SKIP' }) : button(t('attaching.without'), { type: 'SKIP' })],
      [back(toBack), home()],
    ),
  acting: ({ t, context }) => {
    const { action } = context.draft
    const choice = (act: 'ask' | 'link' | (typeof targetTypes)[number]) =>
      button(marked(t(`acting.${act}`), action?.type === act), { type: 'ACT' as const, act })
    return screen(
      [...problemOf(t, context), t('acting.title')],
      [choice('ask')],
      ...inRows(targetTypes.map(choice), 2),
      [choice('link')],
      [button(t('acting.none'), { type: 'SKIP' })],
      [back(toBack), home()],
    )
  },
  linking: ({ t, context }) => screen([...problemOf(t, context), t('linking')], [back(toBack), home()]),
  seeking: ({ t, context }) =>
    screen([...problemOf(t, context), t(`seeking.${context.target ?? 'profession'}`)], [back(toBack), home()]),
  searching: waiting,
  targeting: ({ t, context: { targets } }) =>
    screen(t('targeting'), ...targets.map(({ id, label }) => [button(label, { type: 'TARGET' as const, id })]), [
      back(toBack),
      home(),
    ]),
  aiming,
  picking,
  previewing,
  urging: ({ t, context }) =>
    screen([...problemOf(t, context), t('urging', { count: longest.why })], [back(toBack), home()]),
  timing,
  confirming: ({ t, context: { draft, reached } }) =>
    screen(
      [
        t('confirming.title', { count: reached?.count ?? 0 }),
        draft.at === null ? t('confirming.now') : t('confirming.at', { at: moment(draft.at) }),
        t(draft.why === null ? 'confirming.quiet' : 'confirming.urgent'),
      ],
      [button(t('confirming.yes'), { type: 'YES' }, 'success')],
      [back(toBack), home()],
    ),
  checking: waiting,
  sent: ({ t, context: { draft } }) =>
    screen(
      draft.at === null ? t('sent.now') : t('sent.at', { at: moment(draft.at) }),
      [button(t('sent.look'), { type: 'REFRESH' })],
      [button(t('toList'), toBack), home()],
    ),
}

function listing({ t, context: { list } }: View<Context>) {
  const { items, page, pages, total } = list
  return screen(
    [
      total === 0 ? t('listing.none') : t('listing.title', { count: total }),
      ...items.map(({ start, at, state, isMine }) => [
        t('listing.item', { start }),
        t(`state.${state}`, { at: moment(at) }),
        ...(isMine ? [] : [t('listing.other')]),
      ]),
    ],
    ...items.map(({ id, start }) => [button(value(short(start)), { type: 'OPEN' as const, id })]),
    pager(page, pages, t('newer'), t('older')),
    [button(t('listing.add'), { type: 'ADD' }, 'primary')],
    [back(go.leave), home()],
  )
}

function reading({ t, context: { kept } }: View<Context>) {
  if (kept === null) return waiting()
  const { state, at, body, figures, isMine } = kept
  const isOver = state === 'done' || state === 'stopped'
  const picture = figures.delivered === 0 ? {} : { picture: numbersPicture(t, figures) }
  const text: Paragraph[] = [
    t('reading.title', { start: short(Object.values(body.texts)[0] ?? '', 120) }),
    [t(`state.${state}`, { at: moment(at) }), ...(body.why === null ? [] : [t('reading.urgent', { why: body.why })])],
    ...(state === 'scheduled' ? [t('reading.expected', { count: figures.expected })] : [numberLines(t, figures)]),
    ...(figures.yes + figures.no === 0 ? [] : [t('reading.answers', { yes: figures.yes, no: figures.no })]),
  ]
  return {
    ...screen(
      text,
      state === 'scheduled' && isMine
        ? [button(t('edit'), { type: 'EDIT' as const }), button(t('takingBack.label'), { type: 'TAKE_BACK' as const })]
        : [],
      state === 'going' ? [button(t('reading.pause'), { type: 'PAUSE' as const })] : [],
      state === 'paused' ? [button(t('reading.resume'), { type: 'RESUME' as const }, 'success')] : [],
      state === 'going' || state === 'paused' ? [button(t('stopping.label'), { type: 'STOP' as const }, 'danger')] : [],
      state === 'scheduled' ? [] : [button(t('reading.refresh'), { type: 'REFRESH' as const })],
      isOver ? [button(t('reading.sheet'), { type: 'SHEET' as const })] : [],
      [button(t('toList'), toBack), home()],
    ),
    ...picture,
  }
}

/** What there is to say of: nothing is said of what happened to nobody. */
function numberLines(t: Translate, figures: Figures): Message[] {
  const { made, expected, waiting: left, failures } = figures
  const counted = (['delivered', 'blocked', 'unreachable', 'expired', 'unwanted', 'held', 'failed'] as const).filter(
    (name) => name === 'delivered' || figures[name] > 0,
  )
  return [
    t('reading.progress', { made, all: Math.max(made, expected) }),
    ...counted.map((name) => t(`figure.${name}`, { number: figures[name] })),
    ...(left === 0 ? [] : [t('figure.waiting', { number: left })]),
    ...failures
      .slice(0, 3)
      .map(({ reason, count }) => t('reading.failure', { reason: short(reason, 60), number: count })),
  ]
}

function wording({ t, context }: View<Context>) {
  const { texts, missing } = context.draft
  const absent = unwritten(context, languages)
  const first = languages.find((language) => texts[language] !== undefined) ?? 'kk'
  return screen(
    [
      t('wording.title'),
      languages.map((language) =>
        t(texts[language] === undefined ? 'wording.absent' : 'wording.written', { language: nameOf(language) }),
      ),
      ...(absent.length === 0
        ? []
        : [missing === 'note' ? t('wording.note', { language: nameOf(first) }) : t('wording.leave')]),
    ],
    ...languages.map((language) => [
      button(t(texts[language] === undefined ? 'wording.add' : 'wording.again', { language: nameOf(language) }), {
        type: 'WRITE' as const,
        language,
      }),
    ]),
    ...(absent.length === 0
      ? []
      : [
          [
            button(marked(t('wording.way.note', { language: nameOf(first) }), missing === 'note'), {
              type: 'MISSING' as const,
              way: 'note' as const,
            }),
          ],
          [
            button(marked(t('wording.way.leave'), missing === 'leave'), {
              type: 'MISSING' as const,
              way: 'leave' as const,
            }),
          ],
        ]),
    [button(t('next'), { type: 'DONE' }, 'primary')],
    [back(toBack), home()],
  )
}

function aiming({ t, context }: View<Context>) {
  const { draft, reach, reached } = context
  const { audience } = draft
  const part = (name: Part) => button(t(`part.${name}`), { type: 'PART' as const, part: name })
  const hasGroups = (reach?.groups.length ?? 0) > 0
  return screen(
    [t('aiming.title'), audienceLines(t, context), reachedLines(t, reached)],
    ...inRows(
      [
        ...(hasGroups ? [part('groups'), part('without')] : []),
        ...(['roles', 'regions', 'ages', 'languages', 'plans', 'interests'] as const).map(part),
      ],
      2,
    ),
    reach?.last == null
      ? []
      : [button(marked(t('aiming.silent'), audience.silentOf !== null), { type: 'SILENT' as const })],
    [button(t('next'), { type: 'DONE' }, 'primary')],
    [back(toBack), home()],
  )
}

function reachedLines(t: Translate, reached: Reached | null): Message[] {
  if (reached === null) return []
  const spoken = languages.filter((language) => reached.languages[language] > 0)
  return [
    t(reached.isMore ? 'aiming.more' : 'aiming.count', { count: reached.count }),
    ...spoken.map((language) =>
      t('aiming.language', { language: nameOf(language), number: reached.languages[language] }),
    ),
  ]
}

/** What was chosen of whom it is for; what leaves nobody out is not named. */
function audienceLines(t: Translate, { draft: { audience }, reach }: Context): Message[] {
  const { groups, without, silentOf } = audience
  const names = (ids: readonly string[]) => namesOf(ids, reach?.groups ?? [])
  const chosen = (['regions', 'ages', 'languages', 'plans', 'interests'] as const).filter(
    (part) => audience[part].length > 0,
  )
  return [
    groups.length === 0
      ? t(reach?.mayAll === false ? 'aiming.noGroup' : 'aiming.all')
      : t('aiming.groups', { names: names(groups) }),
    t('aiming.roles', { names: audience.roles.map((role) => t(`role.${role}`)) }),
    ...chosen.map((part) => t(`aiming.${part}`, { names: audience[part].map((one) => labelOf(part, one)) })),
    ...(without.length === 0 ? [] : [t('aiming.without', { names: names(without) })]),
    ...(silentOf === null ? [] : [t('aiming.onlySilent')]),
  ]
}

/** The first few by their names, and how many there are besides. */
function namesOf(ids: readonly string[], groups: readonly { readonly id: string; readonly name: string }[]): string {
  const known = ids.flatMap((id) => groups.find((group) => group.id === id)?.name ?? [])
  const named = known.slice(0, 3).map((name) => short(name, 30))
  return known.length > named.length ? `${named.join(', ')} +${known.length - named.length}` : named.join(', ')
}

function labelOf(part: Exclude<Part, 'groups' | 'without'>, one: string): Message {
  switch (part) {
    case 'roles':
      return { key: `announcing:role.${one}` }
    case 'regions':
      return { key: `regions:${one}` }
    case 'ages':
      return { key: `common:age.${one}` }
    case 'languages':
      return { key: `common:language.${one}` }
    case 'plans':
      return { key: `common:plan.${one}` }
    case 'interests':
      return { key: `riasec:scales.${one}.name` }
  }
}

const values: Readonly<Record<Exclude<Part, 'groups' | 'without'>, readonly string[]>> = {
  ...{ roles: audienceRoles, regions, ages: ageBands, languages, plans, interests: areas },
}

function picking({ t, context }: View<Context>) {
  const { part, page, draft, reach } = context
  const chosen: readonly string[] = draft.audience[part]
  const toggle = (id: string, label: Message) =>
    button(marked(label, chosen.includes(id)), { type: 'TOGGLE' as const, id })
  const all = [button(t('picking.all'), { type: 'ALL' as const })]
  const ends = [button(t('done'), { type: 'DONE' as const }, 'primary')]
  if (part !== 'groups' && part !== 'without') {
    const width = part === 'interests' ? 1 : 2
    return screen(
      [t(`picking.${part}`), ...noteOf(t, part)],
      ...inRows(
        values[part].map((one) => toggle(one, labelOf(part, one))),
        width,
      ),
      part === 'roles' ? [] : all,
      ends,
      [back(toBack), home()],
    )
  }
  const groups = reach?.groups ?? []
  const pages = Math.max(1, Math.ceil(groups.length / groupsShown))
  const shown = groups.slice(page * groupsShown, (page + 1) * groupsShown)
  return screen(
    t(`picking.${part}`),
    ...shown.map(({ id, name, institution }) => [
      toggle(id, t('picking.group', { name: short(name, 24), institution: short(institution.name, 24) })),
    ]),
    pager(page, pages, t('newer'), t('older')),
    part === 'groups' && reach?.mayAll !== true ? [] : all,
    ends,
    [back(toBack), home()],
  )
}

/** Age, plan and interests of a member are known to their mentors only where they are shared. */
function noteOf(t: Translate, part: Part): Message[] {
  return part === 'ages' || part === 'plans' || part === 'interests' ? [t('picking.shared')] : []
}

function previewing({ t, context }: View<Context>) {
  const { draft, shown, reached } = context
  const look = lookOf(context)
  const looked = look && lookingIn(shown, toldScreen(look, shown, told))
  const labels = looked?.rows.flat().map(({ label }) => t('previewing.button', { label })) ?? []
  const leftOut = unwritten(context, languages).reduce((sum, language) => sum + (reached?.languages[language] ?? 0), 0)
  const gone = draft.missing === 'leave' ? leftOut : 0
  return screen(
    [
      t('previewing.title', { language: nameOf(shown) }),
      ...(draft.file === null ? [] : [t(`previewing.${draft.file.kind}`)]),
      ...(looked === undefined ? [t('previewing.leftOut')] : looked.text),
      labels,
      [
        t(reached?.isMore === true ? 'aiming.more' : 'aiming.count', {
          count: Math.max(0, (reached?.count ?? 0) - gone),
        }),
        draft.at === null ? t('previewing.now') : t('previewing.at', { at: moment(draft.at) }),
        ...(draft.why === null ? [] : [t('previewing.urgent')]),
      ],
    ],
    languages.map((language) =>
      button(marked(nameOf(language), language === shown), { type: 'LOOK' as const, language }),
    ),
    [button(t('change.words'), { type: 'WORDS' }), button(t('change.file'), { type: 'FILE' })],
    [button(t('change.button'), { type: 'BUTTON' }), button(t('change.whom'), { type: 'WHOM' })],
    [
      button(t('change.when'), { type: 'LATER' }),
      draft.why === null ? button(t('change.urgent'), { type: 'URGENT' }) : button(t('change.calm'), { type: 'CALM' }),
    ],
    [button(t('previewing.test'), { type: 'TEST' })],
    [button(t(draft.at === null ? 'previewing.send' : 'previewing.plan'), { type: 'SEND' }, 'success')],
    [button(t('cancel'), { type: 'CANCEL' }), home()],
  )
}

function timing({ t, context }: View<Context>) {
  const tomorrow = addDays(toLocal(context.now, zone), 1)
  const offered = hours.map((hour) => toUtc({ ...tomorrow, hour, minute: 0 }, zone))
  return screen(
    [...problemOf(t, context), t('timing.title')],
    offered.map((at) =>
      button(t('timing.tomorrow', { time: { moment: at, zone, style: 'time' } }), { type: 'AT' as const, at }),
    ),
    [button(t('timing.now'), { type: 'SKIP' })],
    [back(toBack), home()],
  )
}

function nameOf(language: Language): Message {
  return { key: `common:language.${language}` }
}

function moment(at: number): Moment {
  return { moment: at, zone, style: 'datetime' }
}

function problemOf(t: Translate, { problem }: Context): Message[] {
  return problem === null ? [] : [t(`problem.${problem}`, problem === 'long' ? { count: longest.text } : undefined)]
}
