import { z } from 'zod'
import { zone } from '../../../flows/common/regions.ts'
import type { Flow } from '../../../flows/kit/flow.ts'
import { kindName } from '../../../flows/kit/notice.ts'
import type { Message, Moment } from '../../../flows/kit/words.ts'
import { type Kind, noticeKinds } from '../../delivery/kinds.ts'
import { type NoticeOutcome, noticeOutcomes } from '../../delivery/notices/notice.ts'
import type { World } from '../../engine/ports.ts'
import { fact, line, type Section, section, Time } from '../export.ts'

const Row = z.object({
  kind: z.string(),
  dueAt: Time,
  outcome: z.enum(noticeOutcomes).nullable(),
  finishedAt: Time.nullable(),
  values: z.unknown(),
})

const outcomes: Readonly<Record<NoticeOutcome, Message>> = {
  sent: { key: 'notices:outcome.sent' },
  blocked: { key: 'notices:outcome.blocked' },
  unreachable: { key: 'notices:outcome.unreachable' },
  expired: { key: 'notices:outcome.expired' },
  withdrawn: { key: 'notices:outcome.withdrawn' },
  failed: { key: 'notices:outcome.failed' },
}

/** What the bot has said on its own, and will say: the newest first. */
export function noticesSection(flows: readonly Flow[]): Section {
  const kinds = noticeKinds({ all: flows })
  return section('Notice', {
    title: { key: 'notices:title' },
    row: Row,
    tell: ({ kind: name, dueAt, outcome, finishedAt, values }, world) => {
      const kind = kinds.get(name)
      const said = kind && textOf(kind, values, world)
      if (said === undefined) return undefined
      return {
        title: kindName(name),
        order: -(finishedAt ?? dueAt),
        lines: [
          ...said.map(line),
          fact({ key: 'notices:planned' }, timeOf(dueAt)),
          fact(
            { key: 'notices:outcome.title' },
            outcome === null ? { key: 'notices:outcome.waiting' } : outcomes[outcome],
          ),
          ...(outcome !== 'sent' || finishedAt === null ? [] : [fact({ key: 'notices:sentAt' }, timeOf(finishedAt))]),
        ],
      }
    },
  })
}

/** What it says, as the person reads it; undefined for values that this version cannot say. */
function textOf({ definition, t }: Kind, values: unknown, { person }: World): readonly Message[] | undefined {
  const read = definition.values.safeParse(values)
  return read.success ? definition.screen({ values: read.data, person, t }).text.flat() : undefined
}

function timeOf(moment: number): Moment {
  return { moment, zone, style: 'datetime' }
}
