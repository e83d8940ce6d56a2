import { afterAll, beforeAll, describe } from 'vitest'
import { createPostgresql, createSqlite, hasPostgresql, type TestDatabase } from '../support/databases.ts'
import { capabilitiesContract } from './contract/capabilities.ts'
import { deletionsContract } from './contract/deletions.ts'
import { dialoguesContract } from './contract/dialogues.ts'
import { strangersContract } from './contract/foreign-values.ts'
import { ownerContract } from './contract/owner.ts'
import { rotationContract } from './contract/rotation.ts'
import { sealedContract } from './contract/sealed.ts'

const postgresql = await hasPostgresql()

describe('SQLite', () => contract(createSqlite))
describe.skipIf(!postgresql)('PostgreSQL', () => contract(createPostgresql))

/** Every part of the contract on a database of its own. */
function contract(create: () => Promise<TestDatabase>): void {
  for (const part of [
    dialoguesContract,
    capabilitiesContract,
    sealedContract,
    rotationContract,
    deletionsContract,
    strangersContract,
    ownerContract,
  ]) {
    describe(part.name, () => {
      let database: TestDatabase
      beforeAll(async () => {
        database = await create()
      })
      afterAll(() => database.drop())
      part(() => database)
    })
  }
}
