import { z } from 'zod'
import type { Plan } from '../../../flows/common/person.ts'
import type { Words } from '../../../flows/kit/words.ts'
import type { FamilyShelf, ProfessionCard } from '../../../flows/professions/context.ts'
import { fitsPlan, strongestScales } from '../../../flows/professions/match.ts'
import type { Answerer, World } from '../../engine/ports.ts'
import type { Catalogue, Family, Profession } from './seed.ts'

export type GuidanceTools = {
  readonly catalogue: () => Promise<Catalogue>
  /** The newest finished result of a person's interest survey, if there is one. */
  readonly newestResult: (
    world: World,
  ) => Promise<{ readonly ranking: readonly { readonly scale: string }[] } | undefined>
}

/** The look-ups behind the shelves of professions and their cards. */
export function shelfAnswers({ catalogue, newestResult }: GuidanceTools): Record<string, Answerer> {
  return {
    'professions.families': async (data, { person }) => {
      const { all } = All.parse(data)
      const { families, professions } = await catalogue()
      return families
        .map((family) => shelfOf(family, fitting(professions, all ? undefined : person.plan)))
        .filter((shelf) => shelf.count > 0)
    },
    'professions.family': async (data, { person }) => {
      const { id, all } = All.extend({ id: z.string() }).parse(data)
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
    },
    'professions.card': async (data, world) => {
      const { id } = z.object({ id: z.string() }).parse(data)
      const { professions } = await catalogue()
      const profession = professions.find((one) => one.id === id)
      if (profession === undefined) return null
      const result = await newestResult(world)
      return cardOf(
        profession,
        result?.ranking.slice(0, 2).map(({ scale }) => scale),
      )
    },
  }
}

const All = z.object({ all: z.boolean() })

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
