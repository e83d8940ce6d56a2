import { z } from 'zod'
import { type Message, type Translate, type Value, value, Words } from '../kit/words.ts'
import type { Filter } from './matching/filter.ts'

const named = z.array(z.object({ id: z.string(), name: Words }))

/** What a filter names by ids, in words. An id that is not among them stands for itself. */
export const FilterNames = z.object({
  professions: named,
  families: named,
  /** Known towns; others stand in the filter as their source writes them. */
  towns: named,
})
export type FilterNames = z.infer<typeof FilterNames>

export const noNames: FilterNames = { professions: [], families: [], towns: [] }

/** A filter in plain words, one line for each thing that is asked for: work and place always, the rest where it is. */
export function filterLines(t: Translate, filter: Filter, names: FilterNames): Message[] {
  const { noExperience, housing, schedules, employments, formats, words, avoid } = filter
  const say = (key: string, values?: Readonly<Record<string, Value>>) => t(`vacancies:filter.${key}`, values)
  const list = (key: string, of: readonly string[], group: string) =>
    of.length === 0 ? [] : [say(key, { list: of.map((one) => t(`vacancies:${group}.${one}`)) })]
  return [
    workLine(say, filter, names),
    placeLine(t, say, filter, names),
    ...payLines(say, filter),
    ...(noExperience ? [say('noExperience')] : []),
    ...list('schedules', schedules, 'schedule'),
    ...list('employments', employments, 'employment'),
    ...list('formats', formats, 'format'),
    ...(housing ? [say('housing')] : []),
    ...(words.length === 0 ? [] : [say('words', { list: words })]),
    ...(avoid.length === 0 ? [] : [say('avoid', { list: avoid })]),
  ]
}

/** A filter in a few words, for a button: the first work it names and the first place, as far as it names any. */
export function filterName(t: Translate, filter: Filter, names: FilterNames): Message {
  const [work = filter.words[0]] = worksIn(filter, names)
  const [place] = placesIn(t, filter, names)
  return t('vacancies:filter.name', {
    work: work ?? t('vacancies:filter.nameOf.work'),
    place: place ?? t('vacancies:filter.nameOf.place'),
  })
}

/**
 * Short names of several filters: those that would have the same one are told by what the others do not ask for, as far
 * as they ask for any such thing.
 */
export function filterNames(
  t: Translate,
  all: readonly { readonly filter: Filter; readonly names: FilterNames }[],
): Message[] {
  const named = all.map(({ filter, names }) => filterName(t, filter, names))
  const lines = all.map(({ filter, names }) => filterLines(t, inShort(filter), names))
  return named.map((name, place) => {
    const twins = lines.filter((_, other) => other !== place && isSame(named[other], name))
    const twinsWith = (line: Message) => twins.filter((twin) => twin.some((one) => isSame(one, line))).length
    const own =
      lines[place]?.find((line) => twinsWith(line) === 0) ??
      lines[place]?.find((line) => twinsWith(line) < twins.length)
    if (twins.length === 0 || own === undefined) return name
    return t('vacancies:filter.name', { work: name.values?.work ?? '', place: own })
  })
}

/** So much of a filter as has room on a button. */
function inShort(filter: Filter): Filter {
  const { professions, families, regions, towns, words, avoid, leastPay, payMayBeUnknown } = filter
  return {
    ...filter,
    ...{ professions: professions.slice(0, 2), families: families.slice(0, 2) },
    ...{ regions: regions.slice(0, 2), towns: towns.slice(0, 2), remoteAnywhere: false },
    ...{ words: words.slice(0, 1), avoid: avoid.slice(0, 1) },
    payMayBeUnknown: payMayBeUnknown && leastPay === null,
  }
}

function isSame(one: Message | undefined, other: Message): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

type Say = Translate

function workLine(say: Say, filter: Filter, names: FilterNames): Message {
  const works = worksIn(filter, names)
  return works.length === 0 ? say('anyWork') : say('work', { list: works })
}

function placeLine(t: Translate, say: Say, filter: Filter, names: FilterNames): Message {
  const places = placesIn(t, filter, names)
  if (places.length === 0) return say('anywhere')
  return say(filter.remoteAnywhere ? 'placesOrRemote' : 'places', { list: places })
}

function payLines(say: Say, { leastPay, payMayBeUnknown }: Filter): Message[] {
  if (leastPay === null) return payMayBeUnknown ? [] : [say('payNamed')]
  return [say(payMayBeUnknown ? 'payOrUnknown' : 'pay', { pay: leastPay })]
}

function worksIn({ professions, families }: Filter, names: FilterNames): Value[] {
  return [
    ...professions.map((id) => nameOf(id, names.professions)),
    ...families.map((id) => nameOf(id, names.families)),
  ]
}

/** Towns are the narrower ones, and stand alone. */
function placesIn(t: Translate, { regions, towns }: Filter, names: FilterNames): Value[] {
  return towns.length > 0
    ? towns.map((town) => nameOf(town, names.towns))
    : regions.map((region) => t(`regions:${region}`))
}

function nameOf(id: string, of: FilterNames['towns']): Value {
  const found = of.find((one) => one.id === id)
  return found === undefined ? id : value(found.name)
}
