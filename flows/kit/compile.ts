import type { AnyStateNode } from 'xstate'
import { consentVersion, newcomer, type Person } from '../common/person.ts'
import { mayUse } from './access.ts'
import { contractsOf, effectPlaces, openedBy } from './actions.ts'
import { ContentError } from './content-error.ts'
import type { Contract } from './contract.ts'
import { foundType } from './events.ts'
import type { Command, Flow } from './flow.ts'
import { buttonsOf, isNavigation, type Screen } from './screen.ts'
import { listens } from './step.ts'
import { exampleTurn, type Place, stamped, walk } from './walk.ts'

/** The names that the surroundings answer to. */
export type Surroundings = {
  readonly asks: ReadonlySet<string>
  readonly tells: ReadonlySet<string>
  readonly sends: ReadonlySet<string>
}

export type Flows = {
  readonly all: readonly Flow[]
  /** By id, former ones included. */
  readonly byId: ReadonlyMap<string, Flow>
  readonly byCommand: ReadonlyMap<string, { readonly flow: Flow; readonly command: Command }>
  /** All that flows ask, tell and send, by name. */
  readonly contracts: ReadonlyMap<string, Contract>
}

export type CompileOptions = {
  /** Who answers; without them only the flows themselves are looked at. */
  readonly surroundings?: Surroundings
  /**
   * False leaves out what only walking through the flows shows (half a second of work): the program has done it before
   * it opens the database.
   */
  readonly walks?: boolean
}

/**
 * Checks that flows are whole and fit their surroundings: every state has a screen, every button an event the
 * machine knows, every `ask`, `tell` and `send` somebody who answers, every `ask` a state that hears the reply, every
 * opened flow exists, every step between versions has a migration. Throws one error that lists all that is wrong.
 */
export function compileFlows(flows: readonly Flow[], { surroundings, walks = true }: CompileOptions = {}): Flows {
  const byId = new Map(flows.flatMap((flow) => idsOf(flow).map((id) => [id, flow] as const)))
  const contracts = flows.flatMap(contractsOf)
  const problems = [
    ...duplicates(flows.flatMap(idsOf)).map((id) => `two flows are called "${id}"`),
    ...duplicates(flows.flatMap((flow) => Object.keys(flow.commands ?? {}))).map(
      (name) => `two flows answer the command /${name}`,
    ),
    ...duplicates([...new Set(contracts)].map(({ name }) => name)).map((name) => `two contracts are called "${name}"`),
    ...flows.flatMap((flow) => problemsOf(flow, byId, surroundings).map((problem) => `flow "${flow.id}": ${problem}`)),
    ...(walks ? walkFlows(flows).problems : []),
  ]
  if (problems.length > 0) throw new ContentError(`The flows cannot be used:\n- ${problems.join('\n- ')}`)
  const byCommand = new Map(
    flows.flatMap((flow) => Object.entries(flow.commands ?? {}).map(([name, command]) => [name, { flow, command }])),
  )
  return { all: flows, byId, byCommand, contracts: new Map(contracts.map((contract) => [contract.name, contract])) }
}

function idsOf({ id, formerIds = [] }: Flow): readonly string[] {
  return [id, ...formerIds]
}

function problemsOf(flow: Flow, byId: ReadonlyMap<string, Flow>, surroundings: Surroundings | undefined): string[] {
  const states = leaves(flow.machine.root).map((node) => node.path.join('.'))
  return [
    ...(flow.machine.id === flow.id ? [] : [`its machine is called "${flow.machine.id}"`]),
    ...states.filter((state) => flow.screens[state] === undefined).map((state) => `state "${state}" has no screen`),
    ...Object.keys(flow.screens)
      .filter((name) => !states.includes(name))
      .map((name) => `screen "${name}" belongs to no state`),
    ...(surroundings === undefined ? [] : unanswered(flow, surroundings)),
    ...unheard(flow),
    ...misnamed(flow),
    ...openedBy(flow)
      .filter((name) => !byId.has(name))
      .map((name) => `open "${name}" is no flow`),
    ...missingMigrations(flow).map((version) => `no migration from version ${version} to ${version + 1}`),
  ]
}

function unanswered(flow: Flow, { asks, tells, sends }: Surroundings): string[] {
  const known = { ask: asks, tell: tells, send: sends }
  const whoMust = { ask: 'answers', tell: 'records', send: 'sends' }
  return contractsOf(flow)
    .filter(({ type, name }) => !known[type].has(name))
    .map(({ type, name }) => `${type} "${name}" has nobody who ${whoMust[type]} it`)
}

/** Asks whose reply would be lost: the state that the dialogue is in by then does not hear it. */
function unheard(flow: Flow): string[] {
  return effectPlaces(flow).flatMap(({ action, states }) => {
    const { type, name } = action.effect
    if (type !== 'ask') return []
    if (states.length === 0) return [`ask "${name}" stands at the exit of a state: put it at the entry of the next`]
    const deaf = states.filter((state) => !hears(state, foundType(name)))
    return deaf.map((state) => `ask "${name}": state "${state.path.join('.')}" does not hear "${foundType(name)}"`)
  })
}

/** Whether the state itself, one around it or one it is left for at once does something with the event. */
function hears(node: AnyStateNode, type: string, seen: ReadonlySet<AnyStateNode> = new Set()): boolean {
  if (seen.has(node)) return false
  for (let around: AnyStateNode | undefined = node; around !== undefined; around = around.parent) {
    if (around.transitions.has(type)) return true
  }
  const onward = (node.always ?? []).flatMap((transition) => [...(transition.target ?? [])])
  return onward.some((next) => hears(next, type, new Set([...seen, node])))
}

function misnamed({ id, notices = [] }: Flow): string[] {
  return notices
    .filter(({ kind }) => !kind.startsWith(`${id}.`))
    .map(({ kind }) => `its kind of notice "${kind}" must be called "${id}.…"`)
}

function missingMigrations(flow: Flow): number[] {
  const versions = Array.from({ length: flow.version - 1 }, (_, index) => index + 1)
  return versions.filter((version) => flow.migrations?.[version] === undefined)
}

/**
 * Walks through every flow as each of the example people who may use it: what is wrong with steps, screens and buttons, and the
 * screens that were met.
 */
export function walkFlows(flows: readonly Flow[]): { problems: string[]; screens: Screen[] } {
  const known = new Set(flows.map(({ id }) => id))
  const walks = flows.map((flow) => walkOne(flow, known))
  return {
    problems: walks.flatMap(({ problems }) => problems),
    screens: walks.flatMap(({ places }) => places.map(({ screen }) => screen)),
  }
}

function walkOne(flow: Flow, known: ReadonlySet<string>): { problems: string[]; places: readonly Place[] } {
  try {
    const people = examplePeople().filter((person) => mayUse(flow.access ?? 'self', person))
    const places = people.flatMap((person) => walk(flow, person, 200))
    const problems = new Set(places.flatMap((place) => buttonProblems(flow, place, known)))
    return { problems: [...problems].map((problem) => `flow "${flow.id}": ${problem}`), places }
  } catch (error) {
    return { problems: [chain(error)], places: [] }
  }
}

function buttonProblems(flow: Flow, { state, frame, screen }: Place, known: ReadonlySet<string>): string[] {
  return buttonsOf(screen).flatMap((button): string[] => {
    if ('url' in button) return []
    const { event } = button
    if (!isNavigation(event)) {
      const isHeard = listens(flow, frame, stamped(event))
      return isHeard ? [] : [`state "${state}" does nothing when its button "${event.type}" is pressed`]
    }
    const leadsNowhere = event.type === 'go.open' && !known.has(event.flow)
    return leadsNowhere ? [`a button of state "${state}" opens "${event.flow}", which is no flow`] : []
  })
}

/** Somebody just met or too young, somebody under age, a mentor, a coordinator, an employer and somebody grown: the people whose screens differ. */
export function examplePeople(): readonly Person[] {
  const consent = { version: consentVersion, at: 0, by: 'guardian' as const }
  return [
    newcomer('kk'),
    { ...newcomer('kk'), refusedAt: exampleTurn.at },
    { ...newcomer('ru'), ageBand: '14-15', region: '75', plan: 'college', name: 'Т', consent },
    { ...newcomer('kk'), ageBand: '18+', consent: { ...consent, by: 'mentor' } },
    { ...newcomer('ru'), ageBand: '18+', consent: { ...consent, by: 'coordinator' } },
    { ...newcomer('en'), ageBand: '18+', consent: { ...consent, by: 'employer' } },
    { ...newcomer('en'), ageBand: '18+', region: '71', plan: 'work', consent: { ...consent, by: 'self' } },
  ]
}

function chain(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause === undefined ? error.message : `${error.message}: ${chain(error.cause)}`
}

/** States a dialogue can stand in: leaves that are neither final nor left at once by an eventless transition. */
function leaves(node: AnyStateNode): AnyStateNode[] {
  const children = Object.values(node.states)
  if (children.length > 0) return children.flatMap(leaves)
  const leftAtOnce = node.always?.some((transition) => transition.guard === undefined) === true
  return node.type === 'final' || leftAtOnce ? [] : [node]
}

function duplicates(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))]
}
