import { Counter, type Registry } from 'prom-client'
import { readCode } from '../../flows/onboarding/code.ts'

/** Different links that are watched at most; from its third start on one is counted by name, for it is nobody's own word. */
const watched = { links: 50, from: 3 }

/** Counts how people begin: without a link, by a code, by a link of a poster or a page. Of whom it was nothing is kept. */
export function countStarts(registry: Registry): (payload: string) => void {
  const starts = new Counter({
    name: 'serik_starts_total',
    help: 'Starts without a link, by a code of consent, by a link; of links the most usual by name',
    labelNames: ['by', 'link'],
    registers: [registry],
  })
  const seen = new Map<string, number>()
  const nameOf = (link: string) => {
    const times = (seen.get(link) ?? 0) + 1
    if (/^[\w-]{1,64}$/.test(link) && (seen.has(link) || seen.size < watched.links)) seen.set(link, times)
    return times >= watched.from ? link : 'other'
  }
  return (payload) => {
    if (payload === '') starts.inc({ by: 'nothing', link: '' })
    else if (readCode(payload) !== undefined) starts.inc({ by: 'code', link: '' })
    else starts.inc({ by: 'link', link: nameOf(payload) })
  }
}
