import type { Plan } from '../../../flows/common/person.ts'
import type { Words } from '../../../flows/kit/words.ts'
import {
  type FamilyShelf,
  type Listed,
  professionCard,
  professionFamilies,
  professionFamily,
  savedLimit,
  savedProfessions,
} from '../../../flows/professions/contract.ts'
import { fitsPlan, rankProfessions, strongestScales } from '../../../flows/professions/match.ts'
import type { World } from '../../engine/ports.ts'
import { type Reply, reply } from '../../engine/reply.ts'
import type { WordsBook } from '../../i18n/words.ts'
import type { Catalogue, Family, Profession } from './seed.ts'

export type ShelfTools = {
  readonly catalogue: () => Promise<Catalogue>
  /** The two scales in which the person's newest result is strongest; undefined without a result. */
  readonly strongest: (world: World) => Promise<readonly string[] | undefined>
  /** Ids of what the person has put by, the newest first. */
  readonly saved: (world: World) => Promise<readonly string[]>
  readonly words: Pick<WordsBook, 'plain'>
}

/** So many similar ones are shown on a card. */
const similarShown = 3

/** The look-ups behind the shelves of professions and their cards. */
export function shelfReplies({ catalogue, strongest, saved, words }: ShelfTools): readonly Reply[] {
  return [
    reply(professionFamilies, async ({ all }, { person }) => {
      const { families, professions } = await catalogue()
      return families
        .map((family) => shelfOf(family, fitting(professions, all ? undefined : person.plan)))
        .filter((shelf) => shelf.count > 0)
    }),
    reply(professionFamily, async ({ id, all }, { person }) => {
      const { families, professions } = await catalogue()
      const family = families.find((one) => one.id === id) ?? families[0]
      if (family === undefined) throw new Error('The catalogue is empty; it is loaded from prisma/seed at every start')
      const inside = fitting(professions, all ? undefined : person.plan).filter((one) => one.family === family.id)
      return {
        id: family.id,
        name: family.name,
        about: family.about,
        professions: inside.map(listed),
      }
    }),
    reply(professionCard, async ({ id }, world) => {
      const { professions } = await catalogue()
      const profession = professions.find((one) => one.id === id)
      if (profession === undefined) return null
      const [own, kept] = await Promise.all([strongest(world), saved(world)])
      const task = words.plain(
        { key: 'professions:card.task', values: { name: profession.name } },
        world.person.language,
      )
      return {
        ...cardOf(profession, own),
        similar: similarTo(profession, professions),
        saved: kept.includes(profession.id),
        room: kept.length < savedLimit,
        task,
      }
    }),
    reply(savedProfessions, async (_, world) => {
      const { professions } = await catalogue()
      const byId = new Map(professions.map((profession) => [profession.id, listed(profession)]))
      return (await saved(world)).flatMap((id) => byId.get(id) ?? [])
    }),
  ]
}

function fitting(professions: readonly Profession[], plan: Plan | undefined): readonly Profession[] {
  return plan === undefined ? professions : professions.filter(({ ways }) => fitsPlan(ways, plan))
}

function listed({ id, name }: Profession): Listed {
  return { id, name }
}

/** Those with the interests most alike, the most alike first. */
function similarTo(profession: Profession, all: readonly Profession[]): Listed[] {
  const others = new Map(all.filter(({ id }) => id !== profession.id).map((other) => [other.id, other]))
  const ranking = rankProfessions(profession.interests, [...others.values()])
  return ranking
    .slice(0, similarShown)
    .flatMap(({ id }) => others.get(id) ?? [])
    .map(listed)
}

function shelfOf(family: Family, professions: readonly Profession[]): FamilyShelf {
  const count = professions.filter((profession) => profession.family === family.id).length
  return { id: family.id, name: family.name, about: family.about, count }
}

function cardOf(profession: Profession, own: readonly string[] | undefined) {
  const strongest = strongestScales(profession.interests, 2)
  return {
    id: profession.id,
    family: profession.family,
    soc: profession.soc,
    name: profession.name,
    about: sentences(profession.about),
    day: profession.day,
    entry: profession.entry,
    ways: profession.ways,
    strongest,
    shared: own === undefined ? null : strongest.filter((scale) => own.includes(scale)),
  }
}

function sentences(about: Readonly<Record<keyof Words, readonly string[]>>): Words {
  return { kk: about.kk.join(' '), ru: about.ru.join(' '), en: about.en.join(' ') }
}
