import { listSources, mostSources, type SourceHealth, trySource } from '../../../flows/sources/contract.ts'
import { type Reply, reply } from '../../engine/reply.ts'
import { change, type FactWriter } from '../../store/capability.ts'
import type { Core } from '../../store/core.ts'
import type { PlannedSource } from './planned.ts'
import { readStates, type SourceState } from './states.ts'

/** How the sources stand, for a coordinator. */
export function sourceReplies(plans: readonly PlannedSource[], core: Pick<Core, 'prisma'>): readonly Reply[] {
  return [
    reply(listSources, async () => {
      const states = await readStates(core)
      return plans.slice(0, mostSources).map((plan) => healthOf(plan, states.get(plan.source.name)))
    }),
  ]
}

export const sourceFacts: readonly FactWriter[] = [
  change(trySource, async (transaction, entries, { now }) => {
    const names = entries.map(({ data }) => data.name)
    await transaction.vacancySource.updateMany({ where: { name: { in: names } }, data: { nextAt: BigInt(now) } })
  }),
]

export function healthOf({ source: { name, kind }, on }: PlannedSource, state: SourceState | undefined): SourceHealth {
  return {
    ...{ name, kind, standing: standingOf(on, state), goodAt: state?.goodAt ?? null },
    nextAt: on ? (state?.nextAt ?? 0) : null,
    counts: state?.counts ?? null,
    trouble: state === undefined || !on ? null : troubleOf(state),
  }
}

function standingOf(on: boolean, state: SourceState | undefined): SourceHealth['standing'] {
  if (!on) return 'off'
  if (state === undefined) return 'new'
  if (troubleOf(state) !== null) return 'failing'
  return state.finishedAt === undefined ? 'running' : 'well'
}

function troubleOf({ trouble, why = '', failures }: SourceState): SourceHealth['trouble'] {
  return trouble === undefined || failures === 0 ? null : { kind: trouble, why, failures }
}
