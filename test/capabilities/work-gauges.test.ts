import { afterAll, beforeAll, expect, test } from 'vitest'
import { alerts } from '../../src/capabilities/alerts/index.ts'
import { applications } from '../../src/capabilities/applications/index.ts'
import type { Store } from '../../src/store/open.ts'
import { openedOn } from '../support/ask.ts'
import { createSqlite, type TestDatabase } from '../support/databases.ts'

let database: TestDatabase
let store: Store
beforeAll(async () => {
  database = await createSqlite()
  store = await database.open()
})
afterAll(() => database.drop())

test('what people look for, are told and went for stands among the metrics', async () => {
  const { prisma } = store
  const body = new Uint8Array()
  const looked = {
    chatId: 1n,
    filter: body,
    rhythm: 'daily',
    hour: 9,
    weekday: 1,
    perDay: 5,
    createdAt: 0n,
    updatedAt: 0n,
  }
  for (const [id, state] of [
    ['a', 'active'],
    ['b', 'active'],
    ['c', 'paused'],
  ] as const)
    await prisma.subscription.create({ data: { ...looked, id, state } })
  const found = { subscriptionId: 'a', chatId: 1n, edition: 0, score: 1, foundAt: 0n }
  await prisma.alert.create({ data: { ...found, vacancyId: 'one', toldAt: 1n } })
  await prisma.alert.create({ data: { ...found, vacancyId: 'two' } })
  await prisma.application.create({
    data: { id: 'x', chatId: 1n, body, state: 'invited', appliedAt: 0n, updatedAt: 0n },
  })
  const told: Record<string, unknown> = {}
  for (const metric of (await openedOn(store, [alerts, applications])).metrics) {
    const { name, values } = await metric.get()
    told[name] = Object.fromEntries(values.map(({ labels, value }) => [labels.state, value]))
  }
  expect(told).toEqual({
    serik_subscriptions: { active: 2, paused: 1 },
    serik_alerts: { found: 2, told: 1 },
    serik_applications: { invited: 1 },
  })
})
