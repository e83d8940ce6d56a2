import { z } from 'zod'
import { distance, plainText, soundsOf } from '../../common/letters.ts'
import { regions } from '../../common/regions.ts'
import { remembered } from './phrases.ts'

/** The towns of Kazakhstan; see `terms/towns.yaml`. */
export const TownList = z.strictObject({
  towns: z.array(
    z.strictObject({
      id: z.string().regex(/^[a-z]+(-[a-z]+)*$/),
      region: z.enum(regions),
      kk: z.string().min(1),
      ru: z.string().min(1),
      other: z.array(z.string().min(1)).default([]),
      common: z.boolean().default(false),
    }),
  ),
})
export type Town = z.infer<typeof TownList>['towns'][number]

/** One spelling for all scripts: "Ust-Kamenogorsk" as «Усть-Каменогорск». */
export function keyOf(parts: readonly string[]): string {
  return parts.length === 1 ? soundOf(parts[0] ?? '') : parts.map(soundOf).join('')
}

const soundOf = remembered(soundsOf)

/** The key of a name as it is written in a list. */
export function nameKey(name: string): string {
  return keyOf(plainText(name).match(/[\p{L}\d]+/gu) ?? [])
}

/** Endings of a Kazakh case, as they sound. */
const caseEnding = /(?:да|де|та|те|[дтн][ае]н|[гк][ае]|[ндт]ин|[дт][ае]ги|[лдт]ик|[днт]и)$/

const shortestStem = 2
/** Shorter names are taken for too many words when a letter of them may be wrong. */
const shortestMisspelt = 6
/** Of names of several words this many letters. */
const longEnough = 10
/** Fewer letters of several words are no name: "as a" is not «Аса». */
const shortestJoined = 5

/** Finds towns by their names in every script and case; `find` knows them with a letter wrong, too. */
export function createTownIndex(towns: readonly Town[]) {
  const exact = new Map<string, Town[]>()
  const main = new Map<string, Town[]>()
  const add = (map: Map<string, Town[]>, key: string, town: Town) => {
    const known = map.get(key) ?? []
    if (!known.includes(town)) map.set(key, [...known, town])
  }
  for (const town of towns) {
    for (const name of [town.kk, town.ru, town.id]) add(main, nameKey(name), town)
    for (const name of [town.kk, town.ru, town.id, ...town.other]) add(exact, nameKey(name), town)
  }
  const inflected = (names: ReadonlyMap<string, Town[]>, isAll: boolean) => {
    const forms = new Map<string, Town[]>()
    for (const town of towns)
      for (const name of isAll ? [town.ru, ...town.other] : [town.ru])
        for (const form of russianForms(nameKey(name))) if (!names.has(form)) add(forms, form, town)
    return forms
  }
  const forms = { main: inflected(main, false), exact: inflected(exact, true) }
  const byFirst = new Map<string, string[]>()
  for (const key of exact.keys()) byFirst.set(key.charAt(0), [...(byFirst.get(key.charAt(0)) ?? []), key])

  const exactly = (parts: readonly string[], isMain: boolean): readonly Town[] => {
    const key = keyOf(parts)
    if (parts.length > 1 && key.length < shortestJoined) return []
    const [names, endings] = isMain ? [main, forms.main] : [exact, forms.exact]
    const bare = key.replace(caseEnding, '')
    return names.get(key) ?? endings.get(key) ?? (bare.length >= shortestStem ? names.get(bare) : undefined) ?? []
  }
  const misspelt = (key: string): readonly Town[] => {
    if (key.length < shortestMisspelt) return []
    const near = (byFirst.get(key.charAt(0)) ?? []).filter(
      (name) => name.length >= shortestMisspelt && distance(key, name, 1) <= 1,
    )
    const found = new Set(near.flatMap((name) => exact.get(name) ?? []))
    return found.size === 1 ? [...found] : []
  }
  return {
    exactly,
    find: (parts: readonly string[]) => {
      const found = exactly(parts, false)
      return found.length > 0 || (parts.length > 1 && keyOf(parts).length < longEnough) ? found : misspelt(keyOf(parts))
    },
  }
}

/** The cases of a Russian name of a town, in sounds. */
function russianForms(name: string): string[] {
  if (name.length < 4) return []
  const last = name.slice(-1)
  const stem = name.slice(0, -1)
  const endings =
    last === 'а'
      ? ['и', 'е', 'у', 'ои']
      : /[ктнрвзслмдгбпжш]/.test(last)
        ? ['а', 'у', 'ом', 'е']
        : last === 'и'
          ? ['е', 'иа', 'иу', 'ом', 'ого']
          : []
  const base = last === 'а' || last === 'и' ? stem : name
  // Doubled letters sound as one: «в Семее».
  return endings.map((ending) => (base + ending).replace(/(.)\1/g, '$1'))
}
