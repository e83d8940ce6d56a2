import type { Command } from 'commander'
import { dayLength } from '../../flows/common/calendar.ts'
import { consentVersion } from '../../flows/common/person.ts'
import { type CountFigures, type Figures, figuresBy } from '../capabilities/figures.ts'
import { capabilities } from '../capabilities/index.ts'
import type { Operator } from '../capabilities/operator.ts'
import type { Core } from '../store/core.ts'
import { openStore } from '../store/open.ts'

/** Counts below it are not told: in a small home a number can be a name. */
const least = 5

/** Adds `stats`: how many people use Serik and for what, in numbers too rough to point at anybody. */
export function addStats(program: Command, operator: Pick<Operator, 'config' | 'clock' | 'write'>): void {
  program
    .command('stats')
    .description('how many people use Serik and for what; rounded; small numbers are not shown')
    .option('--json', 'as JSON, for other programs')
    .action(async ({ json = false }: { json?: boolean }) => {
      const { databaseUrl: url, dataKey: key } = operator.config()
      const store = await openStore({ url, key, clock: operator.clock, exclusive: false, create: false })
      try {
        const figures = (await count(store, operator.clock.now())).map(rounded)
        for (const line of json ? [JSON.stringify(figures)] : linesOf(figures)) operator.write(line)
      } finally {
        await store.close()
      }
    })
}

/** All counts as they are, before any is rounded. */
export async function count(core: Core, now: number): Promise<readonly Figures[]> {
  const counters = [countPeople, countTurns, ...capabilities.flatMap(({ figures }) => figures ?? [])]
  const counted = []
  for (const counter of counters) counted.push(...(await counter(core, now)))
  return counted
}

type Told = { readonly title: string; readonly rows: readonly { readonly name: string; readonly count: string }[] }

/**
 * A count as it may be told: to the nearest five, so that no difference between two of them points at one person, and
 * "fewer than 5" below that.
 */
export function toldCount(count: number): string {
  if (count === 0) return '0'
  return count < least ? `fewer than ${least}` : String(Math.round(count / least) * least)
}

function rounded({ title, rows }: Figures): Told {
  return { title, rows: rows.map(({ name, count }) => ({ name, count: toldCount(count) })) }
}

function linesOf(figures: readonly Told[]): string[] {
  const width = Math.max(...figures.flatMap(({ rows }) => rows.map(({ name }) => name.length)))
  return [
    ...figures.flatMap(({ title, rows }) => [
      title,
      ...(rows.length === 0 ? ['  nothing yet'] : []),
      ...rows.map(({ name, count }) => `  ${name.padEnd(width)}  ${count}`),
      '',
    ]),
    `Rounded to ${least}; numbers below ${least} are not shown, so that they point at nobody.`,
  ]
}

const countPeople: CountFigures = async ({ prisma }) => {
  const agreed = { consentVersion: { gte: consentVersion } }
  const [all, withConsent, away, languages, ages, plans] = [
    await prisma.person.count(),
    await prisma.person.count({ where: agreed }),
    await prisma.person.count({ where: { unreachable: { not: null } } }),
    await prisma.person.groupBy({ by: ['language'], where: agreed, _count: true }),
    await prisma.person.groupBy({ by: ['ageBand'], where: agreed, _count: true }),
    await prisma.person.groupBy({ by: ['plan'], where: agreed, _count: true }),
  ]
  const rows = [
    { name: 'known', count: all },
    { name: 'agreed to the present terms', count: withConsent },
    { name: 'have blocked the bot or are gone', count: away },
  ]
  return [
    { title: 'People', rows },
    { title: 'Language', rows: figuresBy(languages, ({ language }) => language) },
    { title: 'Age', rows: figuresBy(ages, ({ ageBand }) => ageBand) },
    { title: 'Plan', rows: figuresBy(plans, ({ plan }) => plan) },
  ]
}

/** Each turn raises the revision of its chat by one; those of people who were deleted are gone with them. */
const countTurns: CountFigures = async ({ prisma }, now) => {
  const since = (days: number) =>
    prisma.dialogue.count({ where: { updatedAt: { gte: BigInt(now - days * dayLength) } } })
  const { _sum: sum } = await prisma.dialogue.aggregate({ _sum: { revision: true } })
  return [
    {
      title: 'People who wrote or pressed',
      rows: [
        { name: 'in the last day', count: await since(1) },
        { name: 'in the last 7 days', count: await since(7) },
        { name: 'in the last 30 days', count: await since(30) },
      ],
    },
    { title: 'Turns', rows: [{ name: 'of all who are here now', count: sum.revision ?? 0 }] },
  ]
}
