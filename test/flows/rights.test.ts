import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AnyEventObject, createMachine } from 'xstate'
import { z } from 'zod'
import { consentVersion, newcomer, type Person } from '../../flows/common/person.ts'
import { createFlows } from '../../flows/index.ts'
import { type Access, accesses, mayUse } from '../../flows/kit/access.ts'
import { contractsOf } from '../../flows/kit/actions.ts'
import { compileFlows } from '../../flows/kit/compile.ts'
import { type Contract, defineAsk, defineSend, defineTell } from '../../flows/kit/contract.ts'
import { effects } from '../../flows/kit/effects.ts'
import { foundType } from '../../flows/kit/events.ts'
import { defineFlow, type Flow, type Frame } from '../../flows/kit/flow.ts'
import { screen } from '../../flows/kit/screen.ts'
import { createLog } from '../../src/base/log.ts'
import { capabilities } from '../../src/capabilities/index.ts'
import { openCapabilities } from '../../src/capabilities/open.ts'
import { readInstruments } from '../../src/capabilities/survey/instruments.ts'
import { root } from '../../src/config.ts'
import { createEngine } from '../../src/engine/engine.ts'
import type { Incoming, TurnReport } from '../../src/engine/ports.ts'
import { repliesByName } from '../../src/engine/reply.ts'
import * as toy from '../engine/toy.ts'
import { createSqlite, type TestDatabase } from '../support/databases.ts'
import { createMemoryPresenter, createMemoryStore } from '../support/memory.ts'
import { readWords } from '../support/words.ts'

/** Who may use what: as a table to be read, and as the engine holds to it. */
const content = { instruments: await readInstruments(new URL('flows/survey/instruments/', root)) }
const flows = createFlows(content)
const consent = { version: consentVersion, at: 0, by: 'self' as const }
const people = {
  'somebody new': newcomer('kk'),
  'somebody too young': { ...newcomer('kk'), refusedAt: 0 },
  'somebody who agreed to earlier terms': { ...newcomer('kk'), consent: { ...consent, version: consentVersion - 1 } },
  'somebody who has agreed': { ...newcomer('kk'), ageBand: '18+', consent },
  'a mentor': { ...newcomer('kk'), ageBand: '18+', consent: { ...consent, by: 'mentor' } },
  'a coordinator': { ...newcomer('kk'), ageBand: '18+', consent: { ...consent, by: 'coordinator' } },
  'an employer': { ...newcomer('kk'), ageBand: '18+', consent: { ...consent, by: 'employer' } },
  'somebody who has been met': { ...newcomer('kk'), ageBand: '18+', plan: 'work', consent },
} as const satisfies Record<string, Person>
type Who = keyof typeof people
const everybody = Object.keys(people) as Who[] // of an object that has no other keys
const allowed: Readonly<Record<Access, readonly Who[]>> = {
  anyone: everybody,
  agreed: ['somebody who has agreed', 'a mentor', 'a coordinator', 'an employer', 'somebody who has been met'],
  arrived: ['a mentor', 'a coordinator', 'an employer', 'somebody who has been met'],
  self: ['somebody who has agreed', 'a mentor', 'a coordinator', 'somebody who has been met'],
  met: ['a mentor', 'a coordinator', 'somebody who has been met'],
  employer: ['a mentor', 'a coordinator', 'an employer'],
  mentor: ['a mentor', 'a coordinator'],
  coordinator: ['a coordinator'],
}

describe('the table of rights', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await createSqlite()
  })
  afterAll(() => database.drop())

  test('is as it was agreed on', async () => {
    const core = await database.open()
    const opened = await openCapabilities(capabilities, {
      core,
      log: createLog('silent'),
      files: root,
      content,
      flows,
      words: await readWords(),
    })
    const done = [
      ...Object.values(opened.replies).map(({ ask }) => ask),
      ...capabilities.flatMap(({ facts = [] }) => facts.map(({ tell }) => tell)),
      ...opened.documents.map((document) => document.send),
    ]
    await expect(tableOf([...new Set([...flows.flatMap(contractsOf), ...done])])).toMatchFileSnapshot('rights.txt')
  })

  test('lets nobody into a flow who may not do all that it does', () => {
    const shut = flows.flatMap((flow) => contractsOf(flow).flatMap((contract) => shutOut(flow, contract)))
    expect(shut).toEqual([])
    expect(shutOut({ ...toy.home, access: 'anyone' }, toy.look)).toHaveLength(3)
  })
})

/** Lines of who may open the flow and not use what stands in it. */
function shutOut(flow: Flow, { name, who }: Contract): string[] {
  return everybody
    .filter((one) => mayUse(flow.access ?? 'self', people[one]) && !mayUse(who, people[one]))
    .map((one) => `${one} may open "${flow.id}" and not use "${name}"`)
}

function tableOf(contracts: readonly Contract[]): string {
  const rowsOf = (type: Contract['type']) =>
    contracts
      .filter((contract) => contract.type === type)
      .map((contract) => lineOf(contract.name, [contract.who], usersOf(contract)))
  const sections: Readonly<Record<string, readonly string[]>> = {
    people: everybody.map((one) =>
      lineOf(
        one,
        accesses.filter((access) => mayUse(access, people[one])),
      ),
    ),
    flows: flows.map(({ id, access = 'self' }) => lineOf(id, [access])).sort(),
    asks: rowsOf('ask').sort(),
    tells: rowsOf('tell').sort(),
    sends: rowsOf('send').sort(),
  }
  return Object.entries(sections)
    .map(([title, lines]) => [headOf(title), ...lines, ''].join('\n'))
    .join('\n')
}

const nameWidth = 40
const columnWidth = 13

function headOf(title: string): string {
  return [title.padEnd(nameWidth), ...accesses.map((access) => access.padEnd(columnWidth))].join('').trimEnd()
}

/** A mark under each of the accesses, and whose flows it is used by. */
function lineOf(name: string, marked: readonly Access[], users = ''): string {
  const marks = accesses.map((access) => (marked.includes(access) ? '×' : '·').padEnd(columnWidth))
  return [`  ${name}`.padEnd(nameWidth), ...marks, users].join('').trimEnd()
}

function usersOf(contract: Contract): string {
  const users = flows.filter((flow) => contractsOf(flow).includes(contract)).map(({ id }) => id)
  return users.sort().join(', ') || 'no flow'
}

describe('the engine', () => {
  const chatId = 7
  const parts = { data: z.unknown(), reply: z.unknown(), examples: [] }
  /** What the flows use, and one of each kind for every access. */
  const contracts: readonly Contract[] = [
    ...new Set(flows.flatMap(contractsOf)),
    ...accesses.flatMap((who) => [
      defineAsk(`${who}.ask`, { who, ...parts }),
      defineTell(`${who}.tell`, { who, ...parts }),
      defineSend(`${who}.send`, { who, ...parts }),
    ]),
  ]
  const userOf = ({ name }: Contract) => `user of ${name}`
  const roomOf = (access: Access) => `room of ${access}`
  const compiled = compileFlows(
    [
      ...[toy.home, toy.top, toy.onboarding],
      ...contracts.map((contract) => flowOf(userOf(contract), 'anyone', using(contract))),
      ...accesses.map((access) => flowOf(roomOf(access), access, {})),
    ],
    { walks: false },
  )

  /** A person in a chat, with all that comes of what they do. */
  function scene(who: Who, stack: readonly Frame[] = []) {
    const { store, dialogues, people: kept, facts } = createMemoryStore()
    const { presenter, showings, sends } = createMemoryPresenter()
    const looked: string[] = []
    const turns: TurnReport[] = []
    kept.set(chatId, people[who])
    dialogues.set(chatId, { chatId, revision: 1, stack, recent: [], shown: 1 })
    const replies = contracts.flatMap((contract) =>
      contract.type !== 'ask' ? [] : [{ ask: contract, look: async () => void looked.push(contract.name) }],
    )
    const engine = createEngine({
      flows: compiled,
      replies: repliesByName(replies),
      store,
      presenter,
      isDanger: () => false,
      isWorry: () => false,
      namedIn: () => undefined,
      clock: { now: () => 1000 },
      newId: () => 'id',
      log: createLog('silent'),
      onTurn: (turn) => void turns.push(turn),
    })
    const take = async (action: Incoming['action']) => {
      await engine.take({ chatId, updateId: 1, action })
      await engine.idle()
    }
    return {
      opens: (flow: string) => take({ type: 'open', flow }),
      comesBack: () => take({ type: 'show' }),
      open: () => dialogues.get(chatId)?.stack.map(({ flow }) => flow),
      remark: () => showings.at(-1)?.remark,
      done: () => turns.flatMap(({ effects }) => effects.map(({ name }) => name)),
      recorded: () => [...facts, ...sends].map(({ name }) => name).concat(looked),
      person: () => kept.get(chatId),
    }
  }

  describe.each(everybody)('for %s', (who) => {
    test.each(contracts.map((contract) => [contract.type, contract.name, contract] as const))(
      'does the %s %s, or gives the turn up with nothing recorded',
      async (_type, name, contract) => {
        const { opens, open, remark, done, recorded, person } = scene(who)
        await opens(userOf(contract))
        if (allowed[contract.who].includes(who)) {
          expect(done()).toContain(name)
          expect(open()?.at(-1)).toBe(userOf(contract))
          return
        }
        expect(remark()).toEqual({ key: 'common:trouble' })
        expect(recorded()).toEqual([])
        expect(done()).not.toContain(name)
        expect(open()).not.toContain(userOf(contract))
        expect(person()).toEqual(people[who])
      },
    )

    const elsewhere = allowed.arrived.includes(who) ? ['home'] : ['onboarding']

    test.each(accesses)('opens a flow that is for %s, or leads home', async (access) => {
      const { opens, open, remark } = scene(who)
      await opens(roomOf(access))
      expect(open()?.includes(roomOf(access))).toBe(allowed[access].includes(who))
      if (!allowed[access].includes(who)) expect(open()).toEqual(elsewhere)
      expect(remark()).toBeUndefined()
    })

    test.each(accesses)('leads out of a flow for %s that is open from before', async (access) => {
      const frame = { flow: roomOf(access), version: 1, value: 'standing', context: {} }
      const { comesBack, open } = scene(who, [frame])
      await comesBack()
      expect(open()).toEqual(allowed[access].includes(who) ? [roomOf(access)] : elsewhere)
    })
  })
})

const { ask, tell, send } = effects<object, AnyEventObject>()

/** A state that uses the contract at once. */
function using(contract: Contract): object {
  switch (contract.type) {
    case 'ask':
      return { entry: ask(contract, () => ({})), on: { [foundType(contract.name)]: {} } }
    case 'tell':
      return { entry: tell(contract, () => ({})) }
    case 'send':
      return { entry: send(contract, () => ({})) }
  }
}

function flowOf(id: string, access: Access, standing: object): Flow {
  const context = z.object({})
  const machine = createMachine({ id, initial: 'standing', states: { standing } } as never) // a state of any shape
  return defineFlow<object, AnyEventObject>({
    id,
    version: 1,
    access,
    context,
    machine,
    screens: { standing: () => screen({ key: 'standing' }) },
  })
}
