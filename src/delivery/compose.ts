import { hasConsent, type Person } from '../../flows/common/person.ts'
import { type Button, button, buttonsOf, go, type Navigation, type Screen } from '../../flows/kit/screen.ts'
import type { Kind, Kinds } from './kinds.ts'
import type { ClaimedNotice, Settlement } from './notices/notice.ts'
import type { Parcel, Place } from './ports.ts'
import type { QuietEnd } from './quiet.ts'

/** A message on its way, with the notices it carries. */
export type Bundle = Parcel & {
  readonly notices: readonly ClaimedNotice[]
  readonly priority: number
  /** Whether all of them are of joining kinds. */
  readonly joins: boolean
}

export type ComposeTools = {
  readonly kinds: Kinds
  readonly quietEnd: QuietEnd
  readonly now: number
  /** Whether the parcel still is one message. */
  readonly fits: (parcel: Parcel) => boolean
  /** Ids of notices that go alone, since a message they shared was refused. */
  readonly alone: ReadonlySet<number>
  /** When the chat's next message of joining kinds may leave, if it had one within the last minute (epoch ms). */
  readonly gatheringUntil: (chatId: number) => number | undefined
}

export type Composed = { readonly bundles: readonly Bundle[]; readonly settled: readonly Settlement[] }

/** What can be sent now, as messages, and what became of everything else. `notices` are all due ones of their people. */
export function compose(notices: readonly ClaimedNotice[], tools: ComposeTools): Composed {
  const settled: Settlement[] = []
  const ready: Ready[] = []
  for (const notice of notices) {
    const judged = judge(notice, tools)
    if (judged.type === 'ready') ready.push(judged)
    else settled.push(judged.settlement)
  }
  const bundles = [...groups(ready, tools).values()].flatMap((group) => {
    const until = group.every(({ kind }) => kind.definition.joins === true && kind.definition.evenWhenQuiet !== true)
      ? tools.gatheringUntil(group[0].notice.chatId)
      : undefined
    if (until === undefined) return toBundles(group, tools)
    settled.push(...group.map(({ notice }) => later(notice, until)))
    return []
  })
  return { bundles, settled }
}

type Judged = Ready | { readonly type: 'settled'; readonly settlement: Settlement }
type Ready = {
  readonly type: 'ready'
  readonly notice: ClaimedNotice
  readonly kind: Kind
  readonly person: Person
  readonly screen: Screen<Navigation>
}
type Group = [Ready, ...Ready[]]

function judge(notice: ClaimedNotice, { kinds, quietEnd, now }: ComposeTools): Judged {
  const kind = kinds.get(notice.kind)
  const { person } = notice
  const over = (outcome: 'expired' | 'withdrawn' | 'failed', reason?: string) =>
    settledBy({ id: notice.id, outcome, tried: false, finishedAt: now, ...(reason !== undefined && { reason }) })
  if (kind === undefined) return over('withdrawn', 'no flow knows this kind')
  if (person === undefined) return over('withdrawn', 'nobody is known under this chat')
  if (person.consent === undefined) return over('withdrawn', 'consent has been taken back')
  // No notice asks for the new consent: the next press or word of the person leads to it.
  if (!hasConsent(person)) return over('withdrawn', 'the present terms have not been agreed to')
  if (notice.expiresAt !== undefined && notice.expiresAt <= now) return over('expired')
  if (person.muted.includes(notice.kind)) return over('withdrawn', 'muted')
  if (notice.unreachable !== undefined) return settledBy({ id: notice.id, outcome: notice.unreachable, tried: false })
  const end = kind.definition.evenWhenQuiet === true ? undefined : quietEnd(now, person.quiet)
  if (end !== undefined) return settledBy(later(notice, end))
  try {
    const values: unknown = kind.definition.values.parse(notice.values)
    return { type: 'ready', notice, kind, person, screen: kind.definition.screen({ values, person, t: kind.t }) }
  } catch (error) {
    // A ZodError names fields and quotes no values.
    return over('failed', `cannot be shown: ${error instanceof Error ? error.name : 'unknown error'}`)
  }
}

function settledBy(settlement: Settlement): Judged {
  return { type: 'settled', settlement }
}

function later({ id }: ClaimedNotice, dueAt: number): Settlement {
  return { id, outcome: null, dueAt, tried: false }
}

/**
 * What may stand in one message: joining notices of one person. Kinds that can be switched off join only their own
 * kind, so that the button under the message says no more than it does.
 */
function groups(ready: readonly Ready[], { alone }: ComposeTools): Map<string, Group> {
  const found = new Map<string, Group>()
  for (const one of ready) {
    const { notice, kind } = one
    const joins = kind.definition.joins === true && !alone.has(notice.id)
    const key = joins ? `${notice.chatId} ${kind.definition.canBeMuted === true ? notice.kind : ''}` : `#${notice.id}`
    const group = found.get(key)
    if (group === undefined) found.set(key, [one])
    else group.push(one)
  }
  return found
}

/** As few messages as the limits of one allow. */
function toBundles(group: Group, { fits }: ComposeTools): Bundle[] {
  const [first, ...rest] = group
  const bundles: Bundle[] = []
  let current: Group = [first]
  for (const one of rest) {
    const wider: Group = [...current, one]
    if (fits(bundleOf(wider))) current = wider
    else {
      bundles.push(bundleOf(current))
      current = [one]
    }
  }
  return [...bundles, bundleOf(current)]
}

function bundleOf(group: Group): Bundle {
  const [{ notice: first, person }] = group
  const rows: Button<Navigation>[][] = group.flatMap(({ screen }) => screen.rows.map((row) => [...row]))
  const places: Place[] = group.flatMap(({ notice, screen }) =>
    buttonsOf(screen).map((_, index) => ({ noticeId: notice.id, index })),
  )
  const mutable = group.find(({ kind }) => kind.definition.canBeMuted === true)
  if (mutable !== undefined) {
    rows.push([muteButton(mutable.notice.kind)])
    places.push({ noticeId: mutable.notice.id, index: buttonsOf(mutable.screen).length })
  }
  const [{ picture, file } = {}] = group.length === 1 ? group.map(({ screen }) => screen) : []
  return {
    chatId: first.chatId,
    person,
    screen: {
      text: group.flatMap(({ screen }) => screen.text),
      rows,
      ...(picture !== undefined && { picture }),
      ...(file !== undefined && { file }),
    },
    places,
    notices: group.map(({ notice }) => notice),
    priority: Math.min(...group.map(({ notice }) => notice.priority)),
    joins: group.every(({ kind }) => kind.definition.joins === true),
  }
}

/** Stands under every notice of a kind that can be switched off; see flows/muting. */
export function muteButton(kind: string): Button<Navigation> {
  return button({ key: 'muting:mute' }, go.open('muting', { mute: kind }))
}
