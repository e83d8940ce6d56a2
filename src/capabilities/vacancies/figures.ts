import type { Gauge } from 'prom-client'
import type { Core } from '../../store/core.ts'
import { countedGauge } from '../counted-gauge.ts'
import { type CountFigures, type Figure, figuresBy } from '../figures.ts'
import type { Board } from './board.ts'

/** What there is of vacancies, and what people and mentors found of them. */
export const vacancyFigures: CountFigures = async ({ prisma }, now) => {
  const [marks, reviews] = await Promise.all([
    prisma.vacancyMark.groupBy({ by: ['mark'], _count: true }),
    prisma.vacancyReview.groupBy({ by: ['verdict'], _count: true }),
  ])
  const rows = [
    { name: 'open', count: await openIn(prisma, now) },
    { name: 'open and reported', count: await reportedIn(prisma, now) },
    { name: 'kept in all', count: await prisma.vacancy.count() },
  ]
  return [
    { title: 'Vacancies', rows },
    { title: 'Open vacancies by source', rows: await sourcesIn(prisma, now) },
    { title: 'Vacancies that people marked', rows: figuresBy(marks, ({ mark }) => mark) },
    { title: 'Vacancies that mentors looked at', rows: figuresBy(reviews, ({ verdict }) => verdict) },
  ]
}

/** The same for `/metrics`, with those that are held back: the board alone knows them. */
export function vacancyGauges({ prisma, clock }: Pick<Core, 'prisma' | 'clock'>, board: Board): readonly Gauge[] {
  const states = async () => {
    const now = clock.now()
    await board.ready()
    const held = board.heldIds().length
    return { open: await openIn(prisma, now), held, reported: await reportedIn(prisma, now) }
  }
  const sources = async () => {
    const rows = await sourcesIn(prisma, clock.now())
    return Object.fromEntries(rows.map(({ name, count }) => [name, count]))
  }
  return [
    countedGauge(
      {
        name: 'serik_vacancies',
        help: 'Open vacancies, those of them that are held back until a mentor looks, and those people reported',
        label: 'state',
        count: states,
      },
      clock,
    ),
    countedGauge(
      {
        name: 'serik_vacancies_by_source',
        help: 'Open vacancies by where they were seen; one may be seen in several',
        label: 'source',
        count: sources,
      },
      clock,
    ),
  ]
}

type Prisma = Core['prisma']

function openIn(prisma: Prisma, now: number): Promise<number> {
  return prisma.vacancy.count({ where: { state: 'open', validThrough: { gte: BigInt(now) } } })
}

async function reportedIn(prisma: Prisma, now: number): Promise<number> {
  const [row] = await prisma.$queryRaw<{ count: number | bigint }[]>`
    SELECT COUNT(DISTINCT r."vacancyId") AS "count" FROM "VacancyReport" r
    JOIN "Vacancy" v ON v."id" = r."vacancyId"
    WHERE v."state" = 'open' AND v."validThrough" >= ${BigInt(now)}`
  return Number(row?.count ?? 0)
}

async function sourcesIn(prisma: Prisma, now: number): Promise<readonly Figure[]> {
  const rows = await prisma.$queryRaw<{ source: string; count: number | bigint }[]>`
    SELECT s."source", COUNT(DISTINCT s."vacancyId") AS "count" FROM "VacancySighting" s
    JOIN "Vacancy" v ON v."id" = s."vacancyId"
    WHERE v."state" = 'open' AND v."validThrough" >= ${BigInt(now)}
    GROUP BY s."source"`
  return figuresBy(
    rows.map(({ source, count }) => ({ source, _count: Number(count) })),
    ({ source }) => source,
  )
}
