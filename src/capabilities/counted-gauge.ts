import { Gauge } from 'prom-client'
import type { Clock } from '../base/clock.ts'

/** How long counts are good, ms: whoever scrapes more often does not have the database count each time. */
const goodFor = 60_000
/** How long a scrape waits for them, ms: what does not need the database is told all the same. */
const patience = 5_000

export type CountedGauge = {
  /** Begins with `serik_`. */
  readonly name: string
  readonly help: string
  readonly label: string
  /** Counts by the values of the label. */
  readonly count: () => Promise<Readonly<Record<string, number>>>
}

/** A gauge of what stands in the database, counted when it is asked for; absent where that takes too long or fails. */
export function countedGauge({ name, help, label, count }: CountedGauge, clock: Clock): Gauge {
  let [counted, until]: [Promise<Readonly<Record<string, number>> | undefined> | undefined, number] = [undefined, 0]
  const known = () => {
    const now = clock.now()
    if (counted === undefined || now >= until || now < until - goodFor) {
      until = now + goodFor
      counted = count().catch(() => undefined)
    }
    return counted
  }
  return new Gauge({
    name,
    help,
    labelNames: [label],
    registers: [],
    async collect() {
      const late = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), patience).unref())
      const found = await Promise.race([known(), late])
      this.reset()
      for (const [value, number] of Object.entries(found ?? {})) this.set({ [label]: value }, number)
    },
  })
}
