import type { Person } from '../../../flows/common/person.ts'
import { mayUse } from '../../../flows/kit/access.ts'
import {
  countVacancies,
  heldVacancies,
  heldVacancy,
  keptLimit,
  listedVacancies,
  mostPages,
  nameFilter,
  openingsOf,
  pageSize,
  readSearch,
  savedVacancies,
  searchVacancies,
  vacancyCard,
} from '../../../flows/vacancies/contract.ts'
import type { Listing } from '../../../flows/vacancies/listing.ts'
import { type Filter, ofProfessions } from '../../../flows/vacancies/matching/filter.ts'
import { nearest } from '../../../flows/vacancies/matching/nearest.ts'
import type { Fit } from '../../../flows/vacancies/matching/rank.ts'
import { type Reply, reply } from '../../engine/reply.ts'
import type { Core } from '../../store/core.ts'
import { noFindings } from './candidates.ts'
import { createCards } from './cards.ts'
import { ownTerms } from './defaults.ts'
import { withSought } from './said.ts'
import { ageOf, forPerson, isOpen, keptIn, type ReplyTools } from './shown.ts'

/** What a person hid, of which so many count: what was hidden long ago is closed by now. */
const hiddenLimit = 1_000

/** The look-ups behind lists, cards and what mentors look at. */
export function vacancyReplies(tools: ReplyTools): readonly Reply[] {
  const { core, board, reading, findingsOf, lookers, names, readSought } = tools
  const cards = createCards(tools)

  const queryFor = async (filter: Filter, chatId: number, person: Person) => {
    const [hidden, isLookedAt] = await Promise.all([hiddenBy(core, chatId), lookers(), board.ready()])
    return { filter: forPerson(filter, person), without: hidden, withHeld: !isLookedAt }
  }
  const listings = async (
    ids: readonly string[],
    person: Person,
    fitsOf: (id: string) => readonly Fit[] = () => [],
  ): Promise<readonly Listed[]> => {
    const [kept, findings] = await Promise.all([keptIn(core, ids), findingsOf(ids)])
    return ids.flatMap((id) => {
      const one = kept.get(id)
      const found = findings.get(id) ?? noFindings
      if (one === undefined || found.verdict === 'barred') return []
      const seen = { ageBand: ageOf(person), findings: found, fits: fitsOf(id) }
      return [{ listing: reading.listing(one, seen), isOpen: isOpen(one, core.clock.now()) }]
    })
  }

  return [
    reply(searchVacancies, async ({ filter, page: wanted }, { chatId, person, now }) => {
      const query = await queryFor(filter, chatId, person)
      const { hits, total } = board.search(query, (Math.min(wanted, mostPages - 1) + 1) * pageSize)
      const page = Math.min(wanted, lastPage(total))
      const fits = new Map(hits.map((hit) => [hit.id, hit.fits]))
      const shown = hits.slice(page * pageSize, (page + 1) * pageSize).map(({ id }) => id)
      const counting = { count: (wider: Filter) => board.count({ ...query, filter: wider }) }
      return {
        items: (await listings(shown, person, (id) => fits.get(id) ?? [])).map(({ listing }) => listing),
        ...{ total, page, pages: lastPage(total) + 1 },
        nearer: total > 0 ? [] : [...nearest(query.filter, counting, now, names.familyOf)],
      }
    }),
    reply(countVacancies, async ({ filter }, { chatId, person }) => {
      return { total: board.count(await queryFor(filter, chatId, person)) }
    }),
    reply(openingsOf, async ({ professions }, world) => {
      const { chatId, person } = world
      if (professions.length === 0 || !mayUse('met', person)) return { total: 0 }
      const filter = ofProfessions(await ownTerms(core, world), professions)
      return { total: board.count(await queryFor(filter, chatId, person)) }
    }),
    reply(vacancyCard, cards.card),
    reply(listedVacancies, async ({ ids }, { person }) => {
      const found = await listings([...new Set(ids)], person)
      return found.filter(({ isOpen: open }) => open).map(({ listing }) => listing)
    }),
    reply(savedVacancies, async ({ page: wanted }, { chatId, person }) => {
      const rows = await core.prisma.vacancyMark.findMany({
        where: { chatId: BigInt(chatId), mark: 'saved' },
        orderBy: [{ at: 'desc' }, { vacancyId: 'asc' }],
        take: keptLimit,
      })
      const all = await listings(
        rows.map(({ vacancyId }) => vacancyId),
        person,
      )
      const pages = Math.max(1, Math.ceil(all.length / pageSize))
      const page = Math.min(wanted, pages - 1)
      return { items: all.slice(page * pageSize, (page + 1) * pageSize), total: all.length, page, pages }
    }),
    reply(nameFilter, async ({ filter }) => names.of(filter)),
    reply(readSearch, async ({ text, filter }) => {
      const sought = readSought(text)
      return sought === undefined ? null : { filter: withSought(filter, sought) }
    }),
    reply(heldVacancies, async ({ page: wanted }, { person }) => {
      await board.ready()
      const ids = board.heldIds()
      const pages = Math.max(1, Math.ceil(ids.length / pageSize))
      const page = Math.min(wanted, pages - 1)
      const shown = ids.slice(page * pageSize, (page + 1) * pageSize)
      const kept = await keptIn(core, shown)
      const findings = await findingsOf(shown)
      const items = shown.flatMap((id) => {
        const one = kept.get(id)
        const seen = { ageBand: ageOf(person), findings: findings.get(id) ?? noFindings, fits: [] }
        return one === undefined ? [] : [reading.listing(one, seen)]
      })
      return { items, total: ids.length, page, pages }
    }),
    reply(heldVacancy, cards.held),
  ]
}

type Listed = { readonly listing: Listing; readonly isOpen: boolean }

async function hiddenBy({ prisma }: Pick<Core, 'prisma'>, chatId: number): Promise<ReadonlySet<string>> {
  const rows = await prisma.vacancyMark.findMany({
    where: { chatId: BigInt(chatId), mark: 'hidden' },
    select: { vacancyId: true },
    orderBy: { at: 'desc' },
    take: hiddenLimit,
  })
  return new Set(rows.map(({ vacancyId }) => vacancyId))
}

function lastPage(total: number): number {
  return Math.max(0, Math.min(mostPages, Math.ceil(total / pageSize)) - 1)
}
