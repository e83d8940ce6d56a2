import type { Person } from '../../../flows/common/person.ts'
import type { DataOf } from '../../../flows/kit/contract.ts'
import {
  type HeldVacancy,
  keptLimit,
  type ReportReason,
  reportReasons,
  type VacancyCard,
  type vacancyCard,
} from '../../../flows/vacancies/contract.ts'
import { explain } from '../../../flows/vacancies/law/explain.ts'
import { pagesOf } from '../../../flows/vacancies/normalise/text.ts'
import { isHeld } from '../../../flows/vacancies/scam/signs.ts'
import type { World } from '../../engine/ports.ts'
import type { Core } from '../../store/core.ts'
import { noFindings, wordingOf } from './candidates.ts'
import { reasonsOf } from './findings.ts'
import { ageOf, isOpen, keptIn, type ReplyTools } from './shown.ts'

/** Signs of a vacancy's own text on one page of its card, and before a mentor. */
const textSize = { page: 1_200, review: 1_500 }

/** All that is told of single vacancies. */
export function createCards({ core, reading, findingsOf, lookers, names }: ReplyTools) {
  async function card({ id, page: wanted = 0 }: DataOf<typeof vacancyCard>, world: World): Promise<VacancyCard | null> {
    const { chatId, person, now } = world
    const [kept, findings] = await Promise.all([keptIn(core, [id]), findingsOf([id])])
    const one = kept.get(id)
    const found = findings.get(id) ?? noFindings
    if (one === undefined || found.verdict === 'barred') return null
    const { body } = one
    const [links, own, isLookedAt] = await Promise.all([linksOf(core, id), doneBy(core, chatId, id), lookers()])
    const pages = pagesOf(body.description, textSize.page)
    const page = Math.max(0, Math.min(wanted, pages.length - 1))
    const listing = reading.listing(one, { ageBand: ageOf(person), findings: found, fits: [] })
    const { bin, experience, education, employment, schedule, weekHours, dayHours, night, rotation } = body
    const { format, housing, meals, contact, validThrough } = body
    const signs = reading.signs(body)
    return {
      ...listing,
      ...{ bin, experience, education, employment, schedule, weekHours, dayHours, night, rotation },
      ...{ format, housing, meals, contact, validThrough, links, ...own, isLookedAt },
      isOpen: isOpen(one, now),
      professions: names.of({ professions: body.professions, families: [], towns: [] }).professions,
      text: { body: pages[page] ?? '', page, pages: pages.length },
      law: explain(reading.judgement(body, ageOf(person))).map(({ head, lines }) => ({ head, lines: [...lines] })),
      // One soft sign alone is in many honest offers.
      signs: listing.isHeld && isHeld(signs) ? signs.map(({ kind, words }) => ({ kind, words })) : [],
    }
  }

  async function held(ids: readonly string[], person: Person): Promise<HeldVacancy[]> {
    const [kept, findings] = await Promise.all([keptIn(core, ids), findingsOf(ids)])
    const found: HeldVacancy[] = []
    for (const id of ids) {
      const one = kept.get(id)
      if (one === undefined) continue
      const seen = { ageBand: ageOf(person), findings: findings.get(id) ?? noFindings, fits: [] }
      const [links, reports] = await Promise.all([linksOf(core, id), reasonsOf(core, id)])
      found.push({
        listing: reading.listing(one, seen),
        wording: wordingOf(one.body),
        signs: reading.signs(one.body).map(({ kind, words }) => ({ kind, words })),
        reports,
        text: pagesOf(one.body.description, textSize.review)[0] ?? '',
        links,
      })
    }
    return found
  }
  return { card, held }
}

/** Pages where it stands, the first one first, each once. */
async function linksOf({ prisma }: Pick<Core, 'prisma'>, vacancyId: string) {
  const rows = await prisma.vacancySighting.findMany({
    where: { vacancyId },
    orderBy: [{ seenAt: 'asc' }, { source: 'asc' }, { sourceId: 'asc' }],
    take: 10,
  })
  const links = rows.flatMap(({ source, url }) => (url === null ? [] : [{ source, url }]))
  return [...new Map(links.map((link) => [link.url, link])).values()]
}

async function doneBy({ prisma }: Pick<Core, 'prisma'>, chat: number, vacancyId: string) {
  const chatId = BigInt(chat)
  const [marks, report, kept] = await Promise.all([
    prisma.vacancyMark.findMany({ where: { chatId, vacancyId } }),
    prisma.vacancyReport.findUnique({ where: { chatId_vacancyId: { chatId, vacancyId } } }),
    prisma.vacancyMark.count({ where: { chatId, mark: 'saved' } }),
  ])
  const has = (mark: string) => marks.some((row) => row.mark === mark)
  const reported: ReportReason | null = reportReasons.find((reason) => reason === report?.reason) ?? null
  return { saved: has('saved'), hidden: has('hidden'), reported, room: kept < keptLimit }
}
