import { describe, expect, test } from 'vitest'
import { openSurvey } from '../../flows/survey/contract.ts'
import { createNotices } from '../../src/delivery/notices/notices.ts'
import { createDialogues } from '../../src/store/dialogues/dialogues.ts'
import type { PrismaClient } from '../../src/store/generated/sqlite/client.ts'
import { loadPerson, setReachable } from '../../src/store/people.ts'
import { createSeal } from '../../src/store/seal.ts'
import { ask } from '../support/ask.ts'
import { testKey } from '../support/databases.ts'
import { world } from '../support/turns.ts'

/** A core over a client that is made for the test; what the test does not touch is absent. */
function coreOf(prisma: object) {
  return {
    prisma: prisma as PrismaClient, // only the members that the test meets
    provider: 'sqlite' as const,
    seal: createSeal(testKey),
    clock: { now: () => 0 },
    newId: () => 'id',
    where: 'here',
    deletions: undefined as never, // never asked
    damaged: () => {},
    breathe: async () => {},
  }
}

const busy = async () => {
  throw Object.assign(new Error('database is locked'), { code: 'SQLITE_BUSY' })
}
const locked = { name: 'StoreError', reason: 'locked' }

describe('look-ups', () => {
  test('say that the database is in the way, so that the update comes again instead of being left out', async () => {
    const asking = ask(openSurvey, { instrument: 'riasec' }, world(1), coreOf({ surveyAttempt: { findMany: busy } }))
    await expect(asking).rejects.toMatchObject(locked)
  })
})

describe('a press on a notice, a block, a return', () => {
  test('comes again when the database is in the way', async () => {
    const core = coreOf({ notice: { findUnique: busy }, person: { findUnique: busy, updateMany: busy } })
    await expect(createNotices(core).find(1)).rejects.toMatchObject(locked)
    await expect(loadPerson(core, 1)).rejects.toMatchObject(locked)
    await expect(setReachable(core, 1, 'blocked')).rejects.toMatchObject(locked)
  })
})

describe('loading', () => {
  test('reads the dialogue before the person, so that no older person passes with a newer dialogue', async () => {
    const asked: string[] = []
    let under = 0
    const $queryRaw = async (parts: TemplateStringsArray) => {
      expect(++under).toBe(1)
      asked.push(/FROM "(\w+)"/.exec(parts.join(''))?.[1] ?? '')
      await new Promise((resolve) => setImmediate(resolve))
      under--
      return []
    }
    const dialogues = createDialogues(coreOf({ $queryRaw }), {})
    expect(await dialogues.load(1)).toEqual({ dialogue: undefined, person: undefined })
    expect(asked).toEqual(['Dialogue', 'Person'])
  })
})
