import { z } from 'zod'
import { plainText, soundsOf } from '../../common/letters.ts'
import { type Region, regions } from '../../common/regions.ts'
import { longest } from '../vacancy.ts'
import { createFinder, type Found } from './phrases.ts'
import { lineOf } from './text.ts'
import { createTownIndex, keyOf, nameKey, type Town, type TownList } from './towns.ts'

const names = z.array(z.string().min(1))

const markKinds = ['region', 'district', 'town', 'streetBefore', 'streetBehind', 'titles'] as const

/** How regions are called, and the words beside places; see `terms/regions.yaml`. */
export const RegionWords = z.strictObject({
  regions: z.record(z.enum(regions), z.strictObject({ names, stems: names, adjectives: names })),
  older: z.record(z.string(), z.array(z.enum(regions))),
  marks: z.record(z.enum(markKinds), names),
  remote: names,
  country: names,
  abroad: names,
})
export type RegionWords = z.infer<typeof RegionWords>

/** Where something is. `townAsWritten` is for towns that are not in the list, ours or foreign ones. */
export type Place = {
  readonly region: Region | null
  readonly town: string | null
  readonly townAsWritten: string | null
}

export type PlaceReader = {
  /** Reads what a source says of region and town; of several places the first one counts. */
  read(region: string | null, town: string | null): Place
  /** The first town that a running text speaks of. */
  firstIn(text: string): Place
}

export const nowhere: Place = { region: null, town: null, townAsWritten: null }

/** Addresses are short; of what is longer the beginning is read. */
const longestAddress = 300
const longestRunning = 3_000

type Mark = Found<string>
type Manner = 'town' | 'region' | 'running'
type Hit =
  | { readonly type: 'region' | 'hint'; readonly region: Region }
  | { readonly type: 'town'; readonly towns: readonly Town[]; readonly isSure: boolean }
  | { readonly type: 'abroad' }
  | { readonly type: 'unknown'; readonly text: string }

export function createPlaceReader({ towns }: z.infer<typeof TownList>, words: RegionWords): PlaceReader {
  const hitsIn = createSegmentReader(towns, words)
  const hitsOf = (text: string | null, manner: Manner): Hit[] => {
    if (text === null) return []
    const most = manner === 'running' ? longestRunning : longestAddress
    return segmentsOf(text.slice(0, most)).flatMap((segment) =>
      manner === 'running' && !/\p{Lu}/u.test(segment) ? [] : hitsIn(segment, manner),
    )
  }
  return {
    read: (region, town) => placeOf(hitsOf(region, 'region'), hitsOf(town, 'town'), words.older),
    firstIn: (text) => placeOf([], hitsOf(text, 'running'), words.older),
  }
}

/** "(область)" belongs to what stands before it. */
function segmentsOf(text: string): string[] {
  return text
    .replace(/\(\s*((?:обл|oblast|reg)\p{L}*\.?)\s*\)/giu, ' $1 ')
    .split(/[,;/|\n()•→+]|\s[-–—]\s/)
    .filter((segment) => /\p{L}/u.test(segment))
}

function placeOf(inRegion: readonly Hit[], inTown: readonly Hit[], older: RegionWords['older']): Place {
  const said = regionIn(inRegion, 'region') ?? regionIn(inTown, 'region')
  const first = firstOf(inTown) ?? firstOf(inRegion.filter((hit) => hit.type !== 'unknown'))
  if (first?.type === 'abroad') return { ...nowhere, townAsWritten: wordsIn(inTown) }
  const town = first?.type === 'town' ? townAmong(first.towns, said, older) : undefined
  if (town !== undefined) return { region: town.region, town: town.id, townAsWritten: null }
  const region = said ?? regionIn(inRegion, 'hint') ?? regionIn(inTown, 'hint')
  return { region: region ?? null, town: null, townAsWritten: wordsIn(inTown) }
}

function regionIn(hits: readonly Hit[], type: 'region' | 'hint'): Region | undefined {
  const hit = hits.find((one) => one.type === type)
  return hit !== undefined && 'region' in hit ? hit.region : undefined
}

/** «Достык 132, Алматы»: a name that streets have, too, stands back where a town of no other use is named. */
function firstOf(hits: readonly Hit[]) {
  const places = hits.filter((hit) => hit.type === 'town' || hit.type === 'abroad')
  return places.find((hit) => hit.type === 'abroad' || hit.isSure) ?? places[0]
}

function wordsIn(hits: readonly Hit[]): string | null {
  const unknown = hits.find((hit) => hit.type === 'unknown')
  return unknown?.type === 'unknown' ? lineOf(unknown.text, longest.town) || null : null
}

/** Of towns with one name that in the region that is said, also where it was part of that once. */
function townAmong(towns: readonly Town[], said: Region | undefined, older: RegionWords['older']): Town | undefined {
  if (said === undefined) return towns[0]
  const now = towns.find((town) => town.region === said)
  const once = towns.find((town) => older[said]?.includes(town.region))
  // A village of that name in another region is none of those in the list; a city is known by its name alone.
  return now ?? once ?? towns.find((town) => !town.common)
}

/** Reads a piece of an address between commas. */
function createSegmentReader(towns: readonly Town[], words: RegionWords) {
  const lookUp = createTownIndex(towns)
  const stems = indexOfRegions(words, 'stems')
  const regionNames = indexOfRegions(words, 'names')
  const adjectives = indexOfRegions(words, 'adjectives')
  const findMarks = createFinder({
    ...mapLists(words.marks),
    remote: spaced(words.remote),
    country: spaced(words.country),
    abroad: spaced(words.abroad),
  })

  const adjectiveRegion = (parts: readonly string[]): Region | undefined => {
    const word = /^(.*ск)\p{L}{1,3}$/u.exec(parts.join(''))?.[1]
    return word === undefined ? undefined : adjectives.get(soundsOf(word))
  }
  const regionBeside = (parts: readonly string[]): Region | undefined =>
    adjectiveRegion(parts) ?? stems.get(keyOf(parts)) ?? regionNames.get(keyOf(parts))

  return (segment: string, manner: Manner): Hit[] => {
    const parts = plainText(segment).match(/[\p{L}\d]+/gu) ?? []
    const marks = findMarks(parts)
    const taken = new Array<boolean>(parts.length).fill(false)
    const take = (from: number, to: number) => taken.fill(true, Math.max(0, from), to)
    const isFree = (from: number, to: number) =>
      from >= 0 && to <= parts.length && !taken.slice(from, to).includes(true)
    const hits: { at: number; hit: Hit }[] = []
    const isTownMark = (at: number) => marks.some((mark) => mark.value === 'town' && mark.from <= at && at < mark.to)

    for (const mark of marks) if (mark.value === 'region') readRegion(mark)
    for (const mark of marks) if (isFree(mark.from, mark.to)) readMark(mark)
    const isWhole = adjectiveRegion(parts)
    if (manner !== 'running' && isWhole !== undefined && isFree(0, parts.length))
      return [{ type: 'region', region: isWhole }]
    readNames()
    const isKnown = hits.length > 0 || marks.some(({ value }) => !['town', 'titles'].includes(value))
    if (manner === 'town' && !isKnown)
      hits.push({ at: 0, hit: { type: 'unknown', text: withoutMarks(segment, marks) } })
    return hits.sort((one, other) => one.at - other.at).map(({ hit }) => hit)

    /** Towns and regions that stand alone, the longest names first. */
    function readNames(): void {
      const isName = capitalsIn(segment, parts.length)
      for (let at = 0; at < parts.length; at++) {
        if (manner === 'running' && !isName(at)) continue
        const size = [3, 2, 1].find((one) => isFree(at, at + one) && isPlace(parts.slice(at, at + one)))
        if (size === undefined) continue
        const found = parts.slice(at, at + size)
        const region = regionNames.get(keyOf(found)) ?? adjectiveNamed(found)
        const isMarked = isTownMark(at - 1) || isTownMark(at + size)
        const known = townsFor(found, isMarked)
        const own = manner === 'region' && !isMarked ? regionsOwn(found, known) : undefined
        const called = region ?? own
        if (called !== undefined) hits.push({ at, hit: { type: 'region', region: called } })
        else if (known.length > 0)
          hits.push({
            at,
            hit: { type: 'town', towns: known, isSure: isMarked || known.some(({ common }) => !common) },
          })
        take(at, at + size)
      }
    }

    function readRegion(mark: Mark): void {
      const size = [3, 2, 1].find((one) => isNamed(mark.from - one, mark.from))
      const behind = [3, 2, 1].find((one) => isNamed(mark.to, mark.to + one)) ?? 0
      const [from, to] = size === undefined ? [mark.to, mark.to + behind] : [mark.from - size, mark.from]
      const region = regionBeside(parts.slice(from, to))
      if (region !== undefined) hits.push({ at: from, hit: { type: 'region', region } })
      take(Math.min(from, mark.from), Math.max(to, mark.to))
    }

    function readMark(mark: Mark): void {
      if (mark.value === 'district') readDistrict(mark)
      if (mark.value === 'streetBefore') {
        const next = parts.findIndex((_, at) => at >= mark.to && isTownMark(at))
        take(mark.from, next === -1 ? parts.length : next)
      }
      if (mark.value === 'streetBehind') {
        const isTitled = marks.some((other) => other.value === 'titles' && other.to === mark.from)
        take(mark.from - (isTitled ? 2 : 1), parts.length)
      }
      if (mark.value === 'abroad')
        hits.push(
          { at: mark.from, hit: { type: 'abroad' } },
          { at: mark.from, hit: { type: 'unknown', text: segment } },
        )
      if (['abroad', 'remote', 'country'].includes(mark.value)) take(mark.from, mark.to)
    }

    /** A district is no town; that it is named after one tells its region. */
    function readDistrict(mark: Mark): void {
      const before = parts[mark.from - 1]
      const isBefore =
        mark.to === parts.length ||
        /ск\p{L}{1,3}$/u.test(before ?? '') ||
        !/^(?:р|district)/.test(parts[mark.from] ?? '')
      const place = isBefore ? mark.from - 1 : mark.to
      const [hinted, ...twins] = lookUp.exactly([stemOf(parts[place] ?? '')], false)
      if (hinted !== undefined && twins.length === 0 && !hinted.common && !stems.has(keyOf([parts[place] ?? ''])))
        hits.push({ at: place, hit: { type: 'hint', region: hinted.region } })
      take(Math.min(place, mark.from), Math.max(place + 1, mark.to))
    }

    function isNamed(from: number, to: number): boolean {
      return isFree(from, to) && regionBeside(parts.slice(from, to)) !== undefined
    }

    function isPlace(some: readonly string[]): boolean {
      return (
        regionNames.has(keyOf(some)) ||
        adjectiveNamed(some) !== undefined ||
        townsFor(some, true).length > 0 ||
        (manner === 'region' && stems.has(keyOf(some)))
      )
    }

    function townsFor(some: readonly string[], isMarked: boolean): readonly Town[] {
      if (manner !== 'running') return lookUp.find(some)
      return lookUp.exactly(some, true).filter((town) => isMarked || !town.common)
    }

    /** The old names with "казахстан" in them need no word beside them. */
    function adjectiveNamed(some: readonly string[]): Region | undefined {
      return manner !== 'running' && some.length > 1 ? adjectiveRegion(some) : undefined
    }

    /** In a column of regions "Актобе" is the region; "Алматы" is the city, as that is a region, too. */
    function regionsOwn(some: readonly string[], known: readonly Town[]): Region | undefined {
      const region = stems.get(keyOf(some))
      const isCity = known.some((town) => !town.common && town.region !== region)
      return isCity ? undefined : region
    }
  }
}

/** Whether a word begins with a capital letter; where words cannot be told apart all may. */
function capitalsIn(segment: string, count: number): (at: number) => boolean {
  const written = segment.match(/[\p{L}\d]+/gu) ?? []
  return (at) => written.length !== count || /^\p{Lu}/u.test(written[at] ?? '')
}

/** Signs within names and marks are no part of them: "р-н" and «р н» are one. */
function spaced(list: readonly string[]): string[] {
  return list.map((one) => one.replace(/[-/.]/g, ' '))
}

function mapLists(marks: RegionWords['marks']): RegionWords['marks'] {
  return {
    region: spaced(marks.region),
    district: spaced(marks.district),
    town: spaced(marks.town),
    streetBefore: spaced(marks.streetBefore),
    streetBehind: spaced(marks.streetBehind),
    titles: spaced(marks.titles),
  }
}

function withoutMarks(segment: string, marks: readonly { value: string; from: number; to: number }[]): string {
  const parts = segment.trim().split(/(?<=[.\s])/)
  const [first] = marks
  return (first?.value === 'town' && first.from === 0 ? parts.slice(1).join('') : segment).replace(
    /^[\s.«"]+|[\s.»"]+$/g,
    '',
  )
}

function stemOf(adjective: string): string {
  return adjective.replace(/ск\p{L}{1,3}$/u, '')
}

function indexOfRegions(words: RegionWords, kind: 'names' | 'stems' | 'adjectives'): ReadonlyMap<string, Region> {
  return new Map(
    regions.flatMap((region) => words.regions[region][kind].map((name) => [nameKey(name), region] as const)),
  )
}
