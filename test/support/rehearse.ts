import { type EventObject, setup } from 'xstate'
import { z } from 'zod'
import type { Person } from '../../flows/common/person.ts'
import { createFlows } from '../../flows/index.ts'
import { contractsOf } from '../../flows/kit/actions.ts'
import { back } from '../../flows/kit/buttons.ts'
import { compileFlows, type Flows } from '../../flows/kit/compile.ts'
import type { DataOf, Tell } from '../../flows/kit/contract.ts'
import type { Effect } from '../../flows/kit/effects.ts'
import { beginWith, type Start } from '../../flows/kit/events.ts'
import { defineFlow, type Flow, stateName } from '../../flows/kit/flow.ts'
import { buttonsOf, go, type Screen, screen } from '../../flows/kit/screen.ts'
import { exampleTurn } from '../../flows/kit/walk.ts'
import { type Language, languages, Message, translator, value } from '../../flows/kit/words.ts'
import { createLog } from '../../src/base/log.ts'
import { checkOf } from '../../src/engine/check.ts'
import { createEngine } from '../../src/engine/engine.ts'
import { createNamedIn } from '../../src/engine/named.ts'
import type { Incoming } from '../../src/engine/ports.ts'
import { type Reply, repliesByName } from '../../src/engine/reply.ts'
import { smallInstrument } from './instruments.ts'
import { createMemoryPresenter, createMemoryStore } from './memory.ts'
import { agreed } from './people.ts'
import { readWords } from './words.ts'

const chatId = 7
/** What a toy was opened with. */
const ToyContext = z.object({ input: z.unknown().optional() })
const words = await readWords()
const namedIn = createNamedIn(words)
const toys = createFlows({ instruments: [smallInstrument] }).map(toyOf)

export type RehearsalOptions = {
  /** What the person reads, if nothing else is to be known of them: somebody of age who has agreed to the terms. */
  readonly language?: Language
  readonly person?: Person
  /** When it begins, epoch ms. */
  readonly now?: number
  /** Replies to all that the flow may ask. */
  readonly replies?: readonly Reply[]
  /** What is done with facts that it tells, where replies depend on them. */
  readonly records?: readonly Recording[]
  /** What it is opened with. */
  readonly input?: unknown
  /** Whether a text speaks of sadness; otherwise none does. */
  readonly isWorry?: (text: string) => boolean
  /** Flows it opens that stand in no list: toys take their places as well. */
  readonly others?: readonly string[]
}

export type Recording = { readonly name: string; write(data: unknown): void }

/** Hears of a fact when its turn has been committed. */
export function record<T extends Tell>(tell: T, write: (data: DataOf<T>) => void): Recording {
  return { name: tell.name, write: (data) => write(tell.data.parse(data) as DataOf<T>) } // zod knows the type, not this generic
}

/**
 * One flow alone before one person, run by the engine over a store in memory. Each act ends when its screen is shown,
 * and throws where its turn failed. All other flows are toys, which say their names and lead back.
 */
export async function rehearse(flow: Flow, { input, ...options }: RehearsalOptions = {}) {
  const { take, clock, facts, showing, said, frame, person } = createScene(flow, options)
  const plain = (message: Message) => words.plain(message, person().language)
  const messages = () => showing().screen.text.flat()
  const opens = (given?: unknown) => take({ type: 'open', flow: flow.id, input: given })
  await opens(input)
  return {
    /** Opens the flow once more. */
    opens,
    writes: (text: string) => take({ type: 'text', text }),
    /** A locale key of the flow (or a whole one), a label, or what a label would be in the first language. */
    presses: async (name: string) => {
      const { screen: shown, revision } = showing()
      await take({ type: 'press', revision, ...placeOf(name, shown, flow, person().language) })
    },
    /** It is later: epoch ms. */
    until: (moment: number) => {
      clock.time = moment
    },
    /** What the screen says, without markup. */
    text: () => messages().map(plain).join('\n'),
    /** The locale keys of what it says. */
    keys: () => messages().map(({ key }) => key),
    labels: () => buttonsOf(showing().screen).map(({ label }) => plain(label)),
    /** The words that a key of the flow (or a whole one) has for the person. */
    label: (key: string) => plain({ key: wholeKey(key, flow) }),
    /** The locale key of what was said over the last screen, or above it. */
    said: () => said()?.key,
    /** All facts of one kind that have been told. */
    told: facts.told,
    person,
    /** Where the dialogue stands, as it is stored. */
    frame,
    state: () => stateName(frame().value),
    /** The flow that was opened on top of this one, and with what. */
    opened: () => (frame().flow === flow.id ? undefined : { flow: frame().flow, ...ToyContext.parse(frame().context) }),
  }
}

/** The engine with all that it works with, and what has come of the last turn. */
function createScene(flow: Flow, options: RehearsalOptions) {
  const {
    replies = [],
    records = [],
    now = exampleTurn.at,
    person = agreed(options.language ?? languages[0]),
  } = options
  const memory = createMemoryStore()
  const screens = createMemoryPresenter()
  const facts = createFacts(flow, records)
  const failures: string[] = []
  const clock = { time: now, now: () => clock.time }
  let updates = 0
  let said: Message | undefined
  memory.people.set(chatId, person)
  const engine = createEngine({
    flows: flowsAround(flow, replies, options.others),
    replies: repliesByName(replies),
    store: memory.store,
    presenter: screens.presenter,
    isDanger: () => false,
    isWorry: options.isWorry ?? (() => false),
    namedIn,
    clock,
    newId: () => `id${updates}`,
    log: createLog('error', { write: (line) => void failures.push(line) }),
    onTurn: ({ effects }) => facts.tell(effects),
  })
  const showing = () => there(screens.showings.at(-1), 'Nothing is shown')
  const take = async (action: Incoming['action']): Promise<void> => {
    const query = `query ${++updates}`
    const isPress = action.type === 'press' || action.type === 'open'
    await engine.take({ chatId, updateId: updates, ...(isPress && { query }), action })
    await engine.idle()
    if (failures.length > 0) throw new Error(`The turn failed: ${failures.join('')}`)
    const remark = showing().remark
    said = isPress ? screens.answers.at(-1)?.say : remark && 'key' in remark ? remark : remark?.[0]
  }
  return {
    take,
    clock,
    facts,
    showing,
    said: () => said,
    frame: () => there(memory.dialogues.get(chatId)?.stack.at(-1), 'Nothing is open'),
    person: () => there(memory.people.get(chatId), 'Nobody is there'),
  }
}

function there<T>(thing: T | undefined, otherwise: string): T {
  if (thing === undefined) throw new Error(otherwise)
  return thing
}

/** Facts as they are told, each of the shape that was agreed on. */
function createFacts(flow: Flow, records: readonly Recording[]) {
  const contracts = new Map(contractsOf(flow).map((contract) => [contract.name, contract] as const))
  const all: { readonly name: string; readonly data: unknown }[] = []
  return {
    tell(effects: readonly Effect[]): void {
      for (const { type, name, data } of effects) {
        if (type !== 'tell') continue
        all.push({ name, data: contracts.get(name)?.data.parse(data) })
        for (const record of records) if (record.name === name) record.write(data)
      }
    },
    told: <T extends Tell>({ name }: T) =>
      all.filter((fact) => fact.name === name).map(({ data }) => data as DataOf<T>), // parsed when it was told
  }
}

/** The flow among toys in the places of all others. Throws when something that it asks has no reply. */
function flowsAround(flow: Flow, replies: readonly Reply[], others: readonly string[] = []): Flows {
  const names = (type: 'tell' | 'send') =>
    contractsOf(flow)
      .filter((one) => one.type === type)
      .map(({ name }) => name)
  const surroundings = {
    asks: new Set(replies.map(({ ask }) => ask.name)),
    tells: new Set(names('tell')),
    sends: new Set(names('send')),
  }
  const known = [flow.id, ...toys.map(({ id }) => id)]
  const more = others.filter((id) => !known.includes(id)).map((id) => toyOf({ id }))
  const around = [...toys.filter(({ id }) => id !== flow.id), ...more]
  return compileFlows([flow, ...around], { surroundings, walks: false })
}

function toyOf({ id }: Pick<Flow, 'id'>): Flow {
  return defineFlow<z.infer<typeof ToyContext>, EventObject>({
    id,
    version: 1,
    context: ToyContext,
    access: 'anyone',
    machine: setup({ types: { input: {} as Start<unknown> } }).createMachine({
      id,
      context: beginWith(({ input }: Start<unknown>) => ({ input })),
      initial: 'standing',
      states: { standing: {} },
    }),
    screens: { standing: () => screen(value(id), [back(go.leave)]) },
  })
}

/** Where a button stands. Throws when there is none of that name, or several that do different things. */
function placeOf(name: string, shown: Screen, flow: Flow, language: Language) {
  const buttons = buttonsOf(shown).map((button, index) => ({ index, button, label: unmarked(button.label) }))
  const key = wholeKey(name, flow)
  const ways: readonly ((label: Message) => boolean)[] = [
    (label) => label.key === key,
    (label) => words.plain(label, language) === name,
    (label) => words.plain(label, languages[0]) === name,
  ]
  const called = ways.map((is) => buttons.filter(({ label }) => is(label))).find(({ length }) => length > 0) ?? []
  const [first, ...others] = called.flatMap(({ index, button }) =>
    'event' in button ? [{ index, check: checkOf(button.event) }] : [],
  )
  if (first !== undefined && others.every(({ check }) => check === first.check)) return first
  const labels = buttons.map(({ label }) => `${words.plain(label, language)} (${label.key})`)
  throw new Error(`${first === undefined ? 'No' : 'More than one'} button "${name}" among ${labels.join(', ')}`)
}

function wholeKey(key: string, flow: Flow): string {
  return translator(flow.id)(key).key
}

/** A label without the mark of what is chosen at present. */
function unmarked(label: Message): Message {
  return label.key === 'common:present' ? Message.parse(label.values?.label) : label
}
