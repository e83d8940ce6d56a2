import { createNotices } from '../../src/delivery/notices/notices.ts'
import { savePerson } from '../../src/store/people.ts'
import { placeOf } from '../../src/store/seal.ts'
import { agreed } from '../support/people.ts'
import type { Scene } from './scene.ts'

/** Rows that cannot be read, of people of their own: nobody else may notice, and they themselves are met with words. */
export const damages: readonly ((scene: Scene) => Promise<void>)[] = [
  async (scene) => {
    const chatId = await stranger(scene)
    await noticeFor(scene, chatId, { values: Buffer.from('no seal') })
  },
  async (scene) => {
    const chatId = await stranger(scene)
    await scene.store.prisma.person.updateMany({ where: { chatId }, data: { muted: '{' } })
    await noticeFor(scene, chatId)
  },
  async (scene) => {
    const chatId = await stranger(scene)
    await scene.store.prisma.person.updateMany({ where: { chatId }, data: { language: 'no language', quietFrom: 99 } })
    await noticeFor(scene, chatId)
  },
  async ({ store, ...scene }) => {
    const chatId = await stranger({ store, ...scene })
    const id = `damaged-${chatId}`
    const what = store.seal.seal('?', placeOf('Reminder', 'what', id, chatId))
    const times = { nextAt: 1n, createdAt: 1n, updatedAt: 1n }
    const row = { id, chatId, what, repeat: '{', zone: 'Nowhere/None', minute: 0, state: 'active', ...times }
    await store.prisma.reminder.create({ data: row })
  },
  async (scene) => {
    const chatId = await stranger(scene)
    const person = scene.api.person(Number(chatId))
    person.starts()
    await person.waitFor(({ lastFromBot }) => lastFromBot, patience)
    await scene.store.prisma.dialogue.updateMany({ where: { chatId }, data: { stack: Buffer.from('no seal') } })
    await scene.store.prisma.person.updateMany({ where: { chatId }, data: { consentBy: 'nobody' } })
    person.writes('/help')
    await person.sees('111', patience)
  },
]

const patience = 60_000

async function stranger({ store, api, newId }: Scene): Promise<bigint> {
  const id = newId()
  api.person(id).chat.open = true
  await savePerson(store, id, { ...agreed('kk'), quiet: { from: 0, to: 0 } })
  return BigInt(id)
}

/** Put for later, damaged, and only then due: else it would be gone before. */
async function noticeFor({ store }: Scene, chatId: bigint, damage: { values?: Buffer<ArrayBuffer> } = {}) {
  const later = Date.now() + 86_400_000
  const notice = { chatId: Number(chatId), key: `damaged:${chatId}`, kind: 'campaigns.age', values: {}, priority: 40 }
  await createNotices(store).put([{ ...notice, dueAt: later }])
  await store.prisma.notice.updateMany({ where: { chatId }, data: { dueAt: 1n, ...damage } })
}
