import { setTimeout as wait } from 'node:timers/promises'
import { readInstruments } from '../../src/capabilities/survey/instruments.ts'
import { root } from '../../src/config.ts'
import type { BotApi } from '../../src/playground/bot-api/create-bot-api.ts'
import { seededRandom } from '../../src/playground/bot-api/random.ts'
import type { TestDatabase } from '../support/databases.ts'
import { type Answerer, beginSurvey, createGate, keepAnswering } from './people.ts'
import { confirmedButMissing, halfDone, problemsAtTheEnd } from './proof.ts'
import { openScene, type Scene } from './scene.ts'
import { type Trouble, troubles } from './troubles.ts'

export type ChaosPlan = {
  readonly seed: number
  readonly database?: TestDatabase['provider']
  /** People who answer questions all the while. */
  readonly people: number
  /** What happens, by name, one after another; asked for the next one until it gives none. */
  readonly troubles: Iterable<string>
}

export type ChaosResult = {
  /** How often each trouble happened. */
  readonly happened: Readonly<Record<string, number>>
  readonly presses: number
  /** Notices told while there was trouble and after it; each was heard. */
  readonly notices: number
  /** Notices heard more than once: at most those on their way when a process was killed. */
  readonly repeats: number
  readonly seconds: number
  /** What is not as it must be; empty when all is well. */
  readonly problems: readonly string[]
}

/** Notices told before each trouble, and as many after it. */
const noticesEach = 3
/** After a trouble everything is as it must be within this time, in ms. */
const patience = 60_000

/**
 * People answer and notices go out while one trouble after another befalls the bot. After each of them everybody stops
 * for a moment, and the database and the chats are compared with what was pressed and told.
 */
export async function runChaos({
  seed,
  people,
  database = 'sqlite',
  troubles: names,
}: ChaosPlan): Promise<ChaosResult> {
  const begun = performance.now()
  const random = seededRandom(seed)
  const problems: string[] = []
  const happened: Record<string, number> = {}
  let answerers: Answerer[] = []
  let isOver = false
  const { scene, ids, close } = await openScene(database, people, (signal, code) => {
    problems.push(...leftByDeath(scene, answerers, confirmed.before(), signal, code))
  })
  const confirmed = watchConfirmations(scene.api)
  try {
    const [{ forms }] = await readInstruments(new URL('flows/survey/instruments/', root))
    answerers = await Promise.all(ids.map((id) => beginSurvey(scene.api, id, forms.quick)))
    const gate = createGate(people)
    const answering = answerers.map((one) => keepAnswering(one, gate, random, () => isOver))
    let notices = 0
    for (const name of names) {
      const trouble = troubleNamed(name)
      if (!trouble.fits(scene)) continue
      happened[name] = (happened[name] ?? 0) + 1
      const before = await scene.hearers.tell(noticesEach)
      await trouble.happen(scene, random)
      const after = await scene.hearers.tell(noticesEach)
      notices += before.length + after.length
      const unheard = await scene.hearers.heard([...before, ...after]).then(
        () => [],
        (error: unknown) => [`a notice was not heard: ${String(error).split('\n')[0]}`],
      )
      await gate.shut()
      const found = [...unheard, ...(await problemsThatStay(scene, answerers))]
      gate.open()
      problems.push(...found.map((problem) => `after "${name}": ${problem}`))
    }
    isOver = true
    await Promise.all(answering)
    await scene.restart('SIGTERM')
    const repeats = scene.hearers.repeats()
    const repeatsAllowed = noticesEach * (happened.kill ?? 0)
    if (repeats > repeatsAllowed) problems.push(`${repeats} notices were heard twice, at most ${repeatsAllowed} may be`)
    return { happened, presses: pressesOf(answerers), notices, repeats, seconds: seconds(begun), problems }
  } finally {
    await close()
  }
}

function troubleNamed(name: string): Trouble {
  const found = troubles.find((trouble) => trouble.name === name)
  if (found !== undefined) return found
  throw new Error(`There is no trouble "${name}"; known are ${troubles.map((trouble) => trouble.name).join(', ')}.`)
}

/** What a process that has just gone may not have left behind. */
function leftByDeath(
  { database }: Scene,
  answerers: readonly Answerer[],
  confirmedBefore: number,
  signal: 'SIGKILL' | 'SIGTERM',
  code: number | null,
): string[] {
  if (database.provider !== 'sqlite') return []
  const missing = confirmedButMissing(database.url, answerers, confirmedBefore)
  if (signal === 'SIGKILL') return missing
  const badEnd = code === 0 ? [] : [`The bot ended with ${code} on SIGTERM`]
  return [...missing, ...badEnd, ...halfDone(database.url, answerers, confirmedBefore)]
}

/** What is wrong and does not right itself: after a trouble turns are repeated and screens shown late. */
async function problemsThatStay({ api, store }: Scene, answerers: readonly Answerer[]): Promise<string[]> {
  const until = performance.now() + patience
  for (;;) {
    const problems = await problemsAtTheEnd(api, store, answerers)
    if (problems.length === 0 || performance.now() > until) return problems
    await wait(200)
  }
}

/** The highest offset the bot has asked with: everything before it counts as received. */
function watchConfirmations(api: BotApi) {
  let offset = 0
  api.calls.changes.subscribe(({ method, payload }) => {
    if (method === 'getUpdates') offset = Math.max(offset, Number(payload.offset ?? 0))
  })
  return { before: () => offset }
}

function pressesOf(answerers: readonly Answerer[]): number {
  return answerers.reduce((sum, { presses }) => sum + presses.length, 0)
}

function seconds(begun: number): number {
  return Math.round((performance.now() - begun) / 1_000)
}
