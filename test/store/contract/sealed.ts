import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { exportChat } from '../../../src/store/chats.ts'
import { Prisma } from '../../../src/store/generated/sqlite/client.ts'
import { readModels } from '../../../src/store/models.ts'
import type { Store } from '../../../src/store/open.ts'
import { SealError } from '../../../src/store/seal.ts'
import { placeIn, sealedIn, sealedTables } from '../../../src/store/sealed.ts'
import type { TestDatabase } from '../../support/databases.ts'
import { columnsIn } from '../../support/every-table.ts'
import { writeSealedRows } from '../../support/sealed-rows.ts'

/** What is sealed belongs to one place and one chat. */
export function sealedContract(database: () => TestDatabase): void {
  describe('sealed columns', () => {
    let store: Store
    beforeAll(async () => {
      store = await database().open()
    })

    test('are all the columns of bytes in the database, but for what the program knows of the database itself', async () => {
      const inDatabase: string[] = []
      for (const table of Object.values(Prisma.ModelName)) {
        const bytes = (await columnsIn(store, table)).filter(({ kind }) => kind === 'bytes')
        inDatabase.push(...bytes.map(({ name }) => `${table}.${name}`))
      }
      expect(
        sealedTables.flatMap(({ table, columns }) => columns.map((column) => `${table}.${column}`)).sort(),
      ).toEqual(inDatabase.filter((column) => column !== 'Meta.value').sort())
    })

    test('need a key of their row in the models', () => {
      const model = (key: string) => [
        { path: 'toy.prisma', content: `model Toy {\n  name String ${key}\n  word Bytes?\n}\n` },
      ]
      expect(sealedIn(model('@id'))).toEqual([{ table: 'Toy', key: 'name', columns: ['word'], isOwned: false }])
      expect(() => sealedIn(model(''))).toThrow(/model Toy seals word; give it a column `id`/)
    })

    test('are known whatever a checkout made of line ends, and a model that cannot be read is refused', () => {
      const folder = mkdtempSync(join(tmpdir(), 'serik-models-'))
      for (const { path, content } of readModels()) writeFileSync(join(folder, path), content.replaceAll('\n', '\r\n'))
      expect(sealedIn(readModels(folder))).toEqual(sealedTables)
      rmSync(folder, { recursive: true })
      expect(() => sealedIn([{ path: 'toy.prisma', content: 'model Toy { id String @id }\n' }])).toThrow(
        'Of 1 models only 0 can be read',
      )
    })

    test.each(sealedTables.filter(({ isOwned }) => isOwned))(
      'of $table cannot be read by another chat that the row is given to',
      async ({ table, columns }) => {
        const [owner, other] = [100 + sealedTables.findIndex((sealed) => sealed.table === table), 900]
        await writeSealedRows(store, owner, 'құпия')
        await store.prisma.$executeRawUnsafe(`UPDATE "${table}" SET "chatId" = ${other} WHERE "chatId" = ${owner}`)
        const rows = await store.prisma.$queryRawUnsafe<Record<string, unknown>[]>(
          `SELECT * FROM "${table}" WHERE "chatId" = ${other}`,
        )
        expect(rows).toHaveLength(1)
        for (const row of rows) {
          for (const column of columns) {
            const [bytes, place] = [row[column], placeIn(table, column, row)]
            if (!(bytes instanceof Uint8Array) || place === undefined) throw new Error(`${column} is not sealed`)
            expect(() => store.seal.open(bytes, place)).toThrow(SealError)
          }
        }
        expect(JSON.stringify(await exportChat(store, other))).not.toContain('құпия')
        await store.prisma.$executeRawUnsafe(`DELETE FROM "${table}" WHERE "chatId" = ${other}`)
      },
    )
  })
}
