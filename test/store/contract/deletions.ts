import { appendFileSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { newcomer } from '../../../flows/common/person.ts'
import { chatTables } from '../../../src/store/chats.ts'
import { createDeletionLog } from '../../../src/store/deletion-log.ts'
import { deletionsKept, pruneDeletions } from '../../../src/store/deletions.ts'
import type { Store } from '../../../src/store/open.ts'
import { loadPerson, savePerson } from '../../../src/store/people.ts'
import { createSeal, type DataKey } from '../../../src/store/seal.ts'
import { type TestDatabase, testKey, testTime } from '../../support/databases.ts'
import { writeSealedRows } from '../../support/sealed-rows.ts'
import { fact, turn } from '../../support/turns.ts'

const [gone, stays] = [71, 72]
const person = newcomer('kk')

/** Who was deleted is deleted from every copy that is put back, and nobody else is. */
export function deletionsContract(given: () => TestDatabase): void {
  let store: Store
  const reopen = async (options = {}) => {
    await store.close()
    store = await given().open(options)
  }
  const asksToBeForgotten = (chatId: number) =>
    store.dialogues.commit(turn(chatId, 1, { person, facts: [fact('person.forget', null)] }))
  const known = async () => {
    const found = await Promise.all([gone, stays].map((chatId) => loadPerson(store, chatId)))
    return [gone, stays].filter((_, index) => found[index] !== undefined)
  }
  const log = () => given().deletionLog
  const logOf = (key: DataKey, file = log()) =>
    createDeletionLog(file, { seal: createSeal(key), clock: given().clock, newId: () => 'another' })

  beforeEach(async () => {
    given().clock.time = testTime
    store = await given().open()
    for (const table of [...chatTables, 'Deletion']) await store.prisma.$executeRawUnsafe(`DELETE FROM "${table}"`)
    rmSync(log(), { force: true })
    await savePerson(store, gone, person)
    await savePerson(store, stays, person)
  })
  afterEach(() => store.close())

  describe('deleted is deleted', () => {
    test('when a copy from before is put back, by whatever means: everything of theirs goes, and nobody else’s', async () => {
      await writeSealedRows(store, gone, 'құпия')
      const copy = await given().copy()
      store = await given().open()
      expect(await asksToBeForgotten(gone)).toBe(false) // another revision: nothing is told
      expect(await known()).toEqual([gone, stays])
      const { dialogue } = await store.dialogues.load(gone)
      const next = (dialogue?.revision ?? 0) + 1
      await store.dialogues.commit(turn(gone, next, { person, facts: [fact('person.forget', null)] }))
      expect(await known()).toEqual([stays])
      await copy.putBack()
      store = await given().open()
      expect(store.deletedAgain).toEqual({ chats: 1, unreadable: 0 })
      for (const table of chatTables) {
        const rows = await store.prisma.$queryRawUnsafe(`SELECT 1 FROM "${table}" WHERE "chatId" = ${gone}`)
        expect(rows, table).toEqual([])
      }
      expect(await known()).toEqual([stays])
    })

    test('and done again only once: whoever begins anew afterwards is not deleted at the next start', async () => {
      const copy = await given().copy()
      store = await given().open()
      await asksToBeForgotten(gone)
      await copy.putBack()
      store = await given().open()
      await savePerson(store, gone, person)
      await reopen()
      expect(store.deletedAgain).toEqual({ chats: 0, unreadable: 0 })
      expect(await known()).toEqual([gone, stays])
    })

    test('but whoever came back before the copy was made stays', async () => {
      await asksToBeForgotten(gone)
      await savePerson(store, gone, person)
      const copy = await given().copy()
      await copy.putBack()
      store = await given().open()
      expect(await known()).toEqual([gone, stays])
    })

    test('and a deletion that failed and was tried again does not take whoever came back meanwhile', async () => {
      await store.deletions.append([gone]) // the line of a commit that failed
      await asksToBeForgotten(gone)
      await savePerson(store, gone, person)
      await reopen()
      expect(await known()).toEqual([gone, stays])
    })

    test('also when a crash came after its line was written and before the commit', async () => {
      await store.deletions.append([gone])
      await reopen()
      expect(store.deletedAgain.chats).toBe(1)
      expect(await known()).toEqual([stays])
    })
  })

  describe('the log of deletions', () => {
    test('holds no number of a chat that can be read, and only its owner may open it', async () => {
      await asksToBeForgotten(gone)
      expect(linesOf(log()).join()).toMatch(/^[\w-]+ \d+ [\w-]{40,}$/)
      expect(statSync(log()).mode & 0o777).toBe(0o600)
    })

    test('that is full lets the update wait: nothing is deleted without its line', async () => {
      symlinkSync('/dev/full', log())
      await expect(asksToBeForgotten(gone)).rejects.toMatchObject({ name: 'StoreError', reason: 'full' })
      expect(await known()).toEqual([gone, stays])
      rmSync(log())
      expect(await asksToBeForgotten(gone)).toBe(true)
      expect(await known()).toEqual([stays])
    })

    test('that could never be written is refused at the start, with the name of the setting', async () => {
      await store.close()
      writeFileSync(`${log()}.file`, '')
      mkdirSync(`${log()}.folder`)
      symlinkSync(`${log()}.nowhere/serik.forgotten`, `${log()}.link`)
      mkdirSync(`${log()}.locked.lock`)
      const impossible = [
        `${log()}.file/x/serik.forgotten`,
        ...['folder', 'link', 'locked'].map((end) => `${log()}.${end}`),
      ]
      for (const deletionLog of impossible) {
        const opened = given().open({ deletionLog })
        await expect(opened).rejects.toMatchObject({ message: expect.stringMatching(/Set FORGOTTEN_LOG/) })
      }
      store = await given().open({ deletionLog: `${log()}.folder/new/serik.forgotten` })
      expect(await asksToBeForgotten(gone)).toBe(true)
    })

    test('is read through what an editor or a crash has left around a line', async () => {
      await asksToBeForgotten(gone)
      const [line = ''] = linesOf(log())
      for (const around of [`\uFEFF${line}\r\n`, `  ${line} \n`, `${'\0'.repeat(4096)}${line}\n`]) {
        writeFileSync(log(), around)
        expect(await store.deletions.read(), JSON.stringify(around)).toMatchObject({
          deletions: [{ chatId: gone }],
          unreadable: 0,
        })
      }
    })

    test('never stops the start: torn, damaged, repeated lines, and those of another key', async () => {
      const copy = await given().copy()
      store = await given().open()
      await asksToBeForgotten(gone)
      const [line = ''] = linesOf(log())
      const foreign = logOf(Buffer.alloc(32, 9), `${log()}.foreign`)
      await foreign.append([stays])
      const moved = line.replace(/ \d+ /, ` ${testTime + 1} `)
      const lines = [line, '', 'x', '\u0000\uFFFD', line.replace(/\S+$/, 'AAAA'), moved, ...linesOf(foreign.file)]
      writeFileSync(log(), [...lines, line.slice(0, -9)].join('\n'))
      await copy.putBack()
      store = await given().open()
      expect(store.deletedAgain).toEqual({ chats: 1, unreadable: 6 })
      expect(await known()).toEqual([stays])
      await savePerson(store, gone, person)
      expect(await asksToBeForgotten(gone)).toBe(true) // the torn line does not swallow the next
      expect((await store.deletions.read()).deletions.map(({ chatId }) => chatId)).toEqual([gone, gone])
    })

    test('forgets after 40 days; the database remembers for longer, so that no old line is carried out', async () => {
      await asksToBeForgotten(gone)
      appendFileSync(log(), 'torn')
      await savePerson(store, gone, person)
      given().clock.time = testTime + deletionsKept
      expect(await pruneDeletions(store)).toEqual({ lines: 1, rows: 0 })
      const aside = readFileSync(log())
      given().clock.time++
      expect(await pruneDeletions(store)).toEqual({ lines: 1, rows: 0 })
      given().clock.time = testTime + 2 * deletionsKept + 1
      expect(await pruneDeletions(store)).toEqual({ lines: 0, rows: 1 })
      writeFileSync(log(), aside)
      await reopen()
      expect(await known()).toEqual([gone, stays])
    })

    test('is read with both keys while they are changed, and with the new one after that', async () => {
      const copy = await given().copy()
      store = await given().open()
      await asksToBeForgotten(gone)
      await copy.putBack()
      const fresh = Buffer.alloc(32, 8)
      await logOf({ key: fresh, old: testKey }).reseal()
      expect((await logOf(fresh).read()).deletions).toMatchObject([{ chatId: gone }])
      await logOf({ key: testKey, old: fresh }).reseal()
      store = await given().open()
      expect(await known()).toEqual([stays])
    })
  })
}

function linesOf(file: string): string[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
}
