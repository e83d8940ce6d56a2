import * as z from 'zod'
import { Person } from '../../flows/person.ts'
import type { World } from '../engine/ports.ts'
import { placeOf, type Seal } from '../security/seal.ts'
import { exportChat, forgetChats } from './chats.ts'
import type { Asks, Core, FactWriters, Transaction } from './core.ts'
import { Prisma } from './generated/sqlite/client.ts'
import type { PersonModel } from './generated/sqlite/models.ts'
import type { Provider } from './models.ts'
import { type Columns, namesOf, type Row, rowsOf } from './rows.ts'
import { naming } from './trouble.ts'

/** Why nothing can be sent to a chat. */
export type Unreachable = 'blocked' | 'unreachable'

/** What is kept about a chat's person; undefined for somebody never met. */
export async function loadPerson({ prisma, seal, where }: Core, chatId: number): Promise<Person | undefined> {
  const row = await naming(where, () => prisma.person.findUnique({ where: { chatId: BigInt(chatId) } }))
  return row === null ? undefined : toPerson(row, seal)
}

/** Keeps a person outside a turn (a mentor's invitation, an import); turns write people themselves. */
export async function savePerson(core: Core, chatId: number, person: Person): Promise<void> {
  const row = personRow(chatId, person, core.clock.now(), core.seal)
  await core.prisma.$transaction((transaction) => writePeople(transaction, core.provider, [row]))
}

/** Notes why nothing can be sent to the chat at present; null when it can again. */
export async function setReachable({ prisma, where }: Core, chatId: number, reason: Unreachable | null): Promise<void> {
  // Nothing is written for the many who were never away.
  const changed = reason === null ? { unreachable: { not: null } } : {}
  const person = { chatId: BigInt(chatId), ...changed }
  await naming(where, () => prisma.person.updateMany({ where: person, data: { unreachable: reason } }))
}

/** Whether sending to the chat makes sense; true for somebody never met. */
export async function isReachable({ prisma }: Core, chatId: number): Promise<boolean> {
  const row = await prisma.person.findUnique({ where: { chatId: BigInt(chatId) }, select: { unreachable: true } })
  return (row?.unreachable ?? null) === null
}

export const facts: FactWriters = {
  /** Everything about the chat goes, its dialogue too; the next word begins anew. */
  'person.forget': (transaction, entries) =>
    forgetChats(
      transaction,
      entries.map((entry) => entry.chatId),
    ),
}

export const asks: Asks = (core) => ({
  /** All that is stored about the chat, by table, readable. */
  'person.export': (_data: unknown, world: World) => exportChat(core, world.chatId),
})

const personColumns = {
  chatId: 'bigint',
  language: 'text',
  ageBand: 'text',
  region: 'text',
  plan: 'text',
  name: 'bytes',
  consentVersion: 'int',
  consentAt: 'bigint',
  consentBy: 'text',
  quietFrom: 'int',
  quietTo: 'int',
  muted: 'text',
  createdAt: 'bigint',
  updatedAt: 'bigint',
} as const satisfies Columns

/** A person in the order of the columns. Throws a ZodError for one that is none. */
export function personRow(chatId: number, given: Person, at: number, seal: Seal): Row {
  const person = Person.parse(given)
  const { consent, quiet } = person
  return [
    chatId,
    person.language,
    person.ageBand ?? null,
    person.region ?? null,
    person.plan ?? null,
    person.name === undefined ? null : seal.seal(person.name, placeOf('Person', 'name', chatId)),
    consent?.version ?? null,
    consent?.at ?? null,
    consent?.by ?? null,
    quiet.from,
    quiet.to,
    JSON.stringify(person.muted),
    at,
    at,
  ]
}

/** Writes people whole, in one statement; when they were first met and whether they can be reached stays. */
export async function writePeople(transaction: Transaction, provider: Provider, rows: readonly Row[]): Promise<void> {
  const kept = ['chatId', 'createdAt']
  const changed = Object.keys(personColumns).filter((name) => !kept.includes(name))
  const names = namesOf(personColumns)
  const changes = Prisma.raw(changed.map((name) => `"${name}" = excluded."${name}"`).join(', '))
  await transaction.$executeRaw`
    INSERT INTO "Person" (${names}) SELECT ${names} FROM ${rowsOf(provider, personColumns, rows)} r WHERE true
    ON CONFLICT ("chatId") DO UPDATE SET ${changes}`
}

export function toPerson(row: PersonModel, seal: Seal): Person {
  return Person.parse({
    language: row.language,
    ...(row.ageBand !== null && { ageBand: row.ageBand }),
    ...(row.region !== null && { region: row.region }),
    ...(row.plan !== null && { plan: row.plan }),
    ...(row.name !== null && { name: seal.open(row.name, placeOf('Person', 'name', row.chatId)) }),
    ...(row.consentVersion !== null && {
      consent: { version: row.consentVersion, at: Number(row.consentAt), by: row.consentBy },
    }),
    quiet: { from: row.quietFrom, to: row.quietTo },
    muted: z.array(z.string()).parse(JSON.parse(row.muted)),
  })
}
