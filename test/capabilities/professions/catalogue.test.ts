import { expect, test } from 'vitest'
import { createCatalogueCache } from '../../../src/capabilities/professions/catalogue.ts'
import type { Core } from '../../../src/store/core.ts'

test('while its table cannot be read the catalogue stays as it was read before', async () => {
  let isBroken = false
  const clock = { time: 0, now: () => clock.time }
  const rows = async () => {
    if (isBroken) throw new Error('database disk image is malformed')
    return []
  }
  const prisma = { family: { findMany: rows }, profession: { findMany: rows } }
  const core = { prisma, clock, damaged: () => {} } as unknown as Core // all that the catalogue needs
  const { get } = createCatalogueCache(core)
  const first = await get()
  isBroken = true
  clock.time += 3_600_000
  expect(await get()).toBe(first)
  isBroken = false
  expect(await get(), 'and is read anew as soon as it can be').not.toBe(first)
})

test('without one read before, the look-up fails and the next one tries again', async () => {
  let isBroken = true
  const rows = async () => {
    if (isBroken) throw new Error('database disk image is malformed')
    return []
  }
  const prisma = { family: { findMany: rows }, profession: { findMany: rows } }
  const core = { prisma, clock: { now: () => 0 }, damaged: () => {} } as unknown as Core // all that the catalogue needs
  const { get } = createCatalogueCache(core)
  await expect(get()).rejects.toThrow('malformed')
  isBroken = false
  expect(await get()).toEqual({ families: [], professions: [] })
})
