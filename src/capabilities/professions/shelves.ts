import type { Plan } from '../../../flows/common/person.ts'
import type { Words } from '../../../flows/kit/words.ts'
import {
  type FamilyShelf,
  type ProfessionCard,
  professionCard,
  professionFamilies,
  professionFamily,
} from '../../../flows/professions/contract.ts'
import { fitsPlan, strongestScales } from '../../../flows/professions/match.ts'
import type { World } from '../../engine/ports.ts'
import { type Reply, reply } from '../../engine/reply.ts'
import type { Catalogue, Family, Profession } from './seed.ts'

export type ShelfTools = {
  readonly catalogue: () => Promise<Catalogue>
  /** The two scales in which the person's newest result is strongest; undefined without a result. */
  readonly strongest: (world: World) => Promise<readonly string[] | undefined>
}

/** The look-ups behind the shelves of professions and their cards. */
export function shelfReplies({ catalogue, strongest }: ShelfTools): readonly Reply[] {
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
        professions: inside.map(({ id, name }) => ({ id, name })),
      }
    }),
    reply(professionCard, async ({ id }, world) => {
      const { professions } = await catalogue()
      const profession = professions.find((one) => one.id === id)
      return profession === undefined ? null : cardOf(profession, await strongest(world))
    }),
  ]
}

function fitting(professions: readonly Profession[], plan: Plan | undefined): readonly Profession[] {
  return plan === undefined ? professions : professions.filter(({ ways }) => fitsPlan(ways, plan))
}

function shelfOf(family: Family, professions: readonly Profession[]): FamilyShelf {
  const count = professions.filter((profession) => profession.family === family.id).length
  return { id: family.id, name: family.name, about: family.about, count }
}

function cardOf(profession: Profession, own: readonly string[] | undefined): ProfessionCard {
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
