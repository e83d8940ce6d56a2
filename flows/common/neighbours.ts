import { type Region, regions } from './regions.ts'

/**
 * Pairs of regions that border on each other, as the regions are since 8 June 2022. Only those that are sure; where two
 * regions may touch at a far corner they are left out. Cities of republican status border on the region around them.
 */
const borders: readonly (readonly [Region, Region])[] = [
  ['71', '11'],
  ['75', '19'],
  ['79', '61'],
  ['10', '33'],
  ['10', '35'],
  ['10', '55'],
  ['10', '63'],
  ['11', '35'],
  ['11', '39'],
  ['11', '55'],
  ['11', '59'],
  ['15', '23'],
  ['15', '27'],
  ['15', '39'],
  ['15', '43'],
  ['15', '47'],
  ['15', '62'],
  ['19', '31'],
  ['19', '33'],
  ['19', '35'],
  ['23', '27'],
  ['23', '47'],
  ['31', '35'],
  ['31', '61'],
  ['31', '62'],
  ['33', '35'],
  ['35', '55'],
  ['35', '62'],
  ['39', '59'],
  ['39', '62'],
  ['43', '61'],
  ['43', '62'],
  ['55', '59'],
  ['61', '62'],
]

const neighbours: ReadonlyMap<Region, readonly Region[]> = new Map(
  regions.map((region) => [
    region,
    borders.flatMap(([one, other]) => (one === region ? [other] : other === region ? [one] : [])),
  ]),
)

/** The regions that border on this one. */
export function neighboursOf(region: Region): readonly Region[] {
  return neighbours.get(region) ?? []
}

/** The regions and all that border on them, each once. */
export function withNeighbours(chosen: readonly Region[]): readonly Region[] {
  const all = new Set([...chosen, ...chosen.flatMap(neighboursOf)])
  return regions.filter((region) => all.has(region))
}
