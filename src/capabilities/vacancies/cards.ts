import type { DataOf } from '../../../flows/kit/contract.ts'
import {
  type CardShown,
  type HeldVacancy,
  type heldVacancy,
  keptLimit,
  type ReportReason,
  reportReasons,
  type VacancyCard,
  type vacancyCard,
  verdicts,
} from '../../../flows/vacancies/contract.ts'
import { explain } from '../../../flows/vacancies/law/explain.ts'
import type { VacancyBody } from '../../../flows/vacancies/merge.ts'
import { pagesOf } from '../../../flows/vacancies/normalise/text.ts'
import { isHeld } from '../../../flows/vacancies/scam/signs.ts'
import type { World } from '../../engine/ports.ts'
import type { Core } from '../../store/core.ts'
import { noFindings, wordingOf } from './candidates.ts'
import { reasonsOf } from './findings.ts'
import type { Names } from './names.ts'
import { ageOf, isOpen, keptIn, type ReplyTools } from './shown.ts'

/** Signs of a vacancy's own text on one page of its card. */
const textSize = 1_200

/** One page of what an author wrote; the nearest there is to the wanted one. */
export function textOf(description: string, wanted: number): CardShown['text'] {
  const pages = pagesOf(description, textSize)
  const page = Math.max(0, Math.min(wanted, pages.length - 1))
  return { body: pages[page] ?? '', page, pages: pages.length }
}

/** What a card tells of a vacancy's own facts. */
export function factsOf(body: VacancyBody, names: Names) {
  const { bin, experience, education, employment, schedule, weekHours, dayHours, night, rotation } = body
  const { format, housing, meals, contact, validThrough } = body
  return {
    ...{ bin, experience, education, employment, schedule, weekHours, dayHours, night, rotation },
    ...{ format, housing, meals, contact, validThrough },
    professions: [...names.of({ professions: body.professions, families: [], towns: [] }).professions],
  }
}

/** All that is told of single vacancies. */
export function createCards({ core, reading, findingsOf, lookers, names }: ReplyTools) {
  async function card({ id, page = 0 }: DataOf<typeof vacancyCard>, world: World): Promise<VacancyCard | null> {
    const { chatId, person, now } = world
    const [kept, findings] = await Promise.all([keptIn(core, [id]), findingsOf([id])])
    const one = kept.get(id)
    const found = findings.get(id) ?? noFindings
    if (one === undefined || found.verdict === 'barred') return null
    const { body } = one
    const [links, own, isLookedAt] = await Promise.all([linksOf(core, id), doneBy(core, chatId, id), lookers()])
    const listing = reading.listing(one, { ageBand: ageOf(person), findings: found, fits: [] })
    const signs = reading.signs(body)
    return {
      ...{ ...listing, ...factsOf(body, names), links, ...own, isLookedAt },
      isOpen: isOpen(one, now),
      text: textOf(body.description, page),
      law: explain(reading.judgement(body, ageOf(person))).map(({ head, lines }) => ({ head, lines: [...lines] })),
      // One soft sign alone is in many honest offers.
      signs: listing.isHeld && isHeld(signs) ? signs.map(({ kind, words }) => ({ kind, words })) : [],
    }
  }

  /** What is closed is not to be decided on any more. */
  async function held({ id, page }: DataOf<typeof heldVacancy>, { person, now }: World): Promise<HeldVacancy | null> {
    const [kept, findings] = await Promise.all([keptIn(core, [id]), findingsOf([id])])
    const one = kept.get(id)
    if (one === undefined || !isOpen(one, now)) return null
    const { body } = one
    const found = findings.get(id) ?? noFindings
    const listing = reading.listing(one, { ageBand: ageOf(person), findings: found, fits: [] })
    const [links, reports, review] = await Promise.all([
      linksOf(core, id),
      reasonsOf(core, id),
      core.prisma.vacancyReview.findUnique({ where: { vacancyId: id } }),
    ])
    const verdict = verdicts.find((known) => known === review?.verdict)
    return {
      card: {
        ...{ ...listing, ...factsOf(body, names), links, isOpen: true, reported: null, law: [], signs: [] },
        text: textOf(body.description, page),
      },
      wording: wordingOf(body),
      signs: reading.signs(body).map(({ kind, words }) => ({ kind, words })),
      reports,
      review:
        review === null || verdict === undefined
          ? null
          : { verdict, at: Number(review.at), stands: verdict === 'barred' || !listing.isHeld },
    }
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
