import { withNeighbours } from '../../../flows/common/neighbours.ts'
import type { Person } from '../../../flows/common/person.ts'
import { type Region, regions } from '../../../flows/common/regions.ts'
import { matchProfessions, savedProfessions } from '../../../flows/professions/contract.ts'
import { surveyHistory } from '../../../flows/survey/contract.ts'
import { defaultFilter } from '../../../flows/vacancies/contract.ts'
import { Filter, mostNamed } from '../../../flows/vacancies/matching/filter.ts'
import type { World } from '../../engine/ports.ts'
import { type Reply, reply } from '../../engine/reply.ts'
import type { Core } from '../../store/core.ts'
import { readOr } from '../../store/damage.ts'
import { placeOf } from '../../store/seal.ts'
import type { Tools } from '../capability.ts'
import type { Names } from './names.ts'
import { ageOf, forPerson } from './shown.ts'

/** Professions of the newest result, and those put by, that are proposed at most. */
const most = 8

/** What a person would look for: what they last chose, else what is known of them. */
export function defaultsReply(tools: Pick<Tools, 'core' | 'ask' | 'content'>, names: Names): Reply {
  return reply(defaultFilter, async (_, world) => {
    const [own, chosen] = await Promise.all([ownProfessions(tools, world), chosenBy(tools.core, world)])
    const professions = names.of({ professions: own.slice(0, most), families: [], towns: [] }).professions
    if (chosen !== undefined) return { filter: chosen, professions, isChosen: true }
    const families = new Set(professions.flatMap(({ id }) => names.familyOf(id) ?? []))
    const work = {
      professions: professions.map(({ id }) => id),
      families: [...families].slice(0, mostNamed.families),
    }
    return { filter: { ...ofBeginning(world.person), ...work }, professions, isChosen: false }
  })
}

/** The same, whatever the work: where, for how much and on what terms. */
export async function ownTerms(core: Core, world: World): Promise<Filter> {
  return (await chosenBy(core, world)) ?? ofBeginning(world.person)
}

/** What is known of whoever has chosen nothing yet. */
function ofBeginning(person: Person): Filter {
  return Filter.parse({ regions: regionsOf(person), noExperience: isBeginner(person), ageBand: ageOf(person) })
}

async function chosenBy(core: Core, { chatId, person }: World): Promise<Filter | undefined> {
  const row = await core.prisma.vacancySearch.findUnique({ where: { chatId: BigInt(chatId) } })
  if (row === null) return undefined
  const place = placeOf('VacancySearch', 'filter', row.chatId)
  const filter = readOr(undefined, () => Filter.parse(JSON.parse(core.seal.open(row.filter, place))))
  if (filter === undefined) core.damaged('VacancySearch', [row.chatId])
  return filter && forPerson(filter, person)
}

/** What was put by first, then what fits the newest result of the survey that home suggests. */
async function ownProfessions({ ask, content }: Pick<Tools, 'ask' | 'content'>, world: World): Promise<string[]> {
  const instrument = content.instruments[0].id
  const [saved, [newest]] = await Promise.all([
    ask(savedProfessions, null, world),
    ask(surveyHistory, { instrument }, world),
  ])
  const { form, answers, result } = newest ?? {}
  const found =
    form === undefined || answers === undefined || result === undefined
      ? []
      : await ask(matchProfessions, { instrument, form, answers, scores: result.scores }, world)
  const suggested = found.flatMap(({ professions }) => professions.map(({ id }) => id))
  return [...new Set([...saved.map(({ id }) => id), ...suggested])]
}

/** The person's own region and those around it; none where they have not said it. */
export function regionsOf({ region }: Person): readonly Region[] {
  const own = regions.find((one) => one === region)
  return own === undefined ? [] : withNeighbours([own])
}

/** Whoever has not worked yet: minors, and those who have not decided. */
function isBeginner({ ageBand, plan }: Person): boolean {
  return ageBand !== '18+' || plan === undefined || plan === 'undecided'
}
