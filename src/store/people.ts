import { newcomer, Person } from '../../flows/common/person.ts'
import { languages } from '../../flows/kit/words.ts'
import type { Core, Transaction } from './core.ts'
import { moment, readOr, small } from './damage.ts'
import { Prisma } from './generated/sqlite/client.ts'
import type { PersonModel } from './generated/sqlite/models.ts'
import { asStoreError } from './medium.ts'
import type { Provider } from './models.ts'
import { type Columns, namesOf, type Row, rowsOf } from './rows.ts'
import { placeOf, type Seal } from './seal.ts'

/** Why nothing can be sent to a chat. */
export type Unreachable = 'blocked' | 'unreachable'

/** What is kept about a chat's person, as far as it can be read; undefined for somebody never met. */
export async function loadPerson(core: Core, chatId: number): Promise<Person | undefined> {
  const row = await asStoreError(core, () => core.prisma.person.findUnique({ where: { chatId: BigInt(chatId) } }))
  if (row === null) return undefined
  const { person, lost } = readPerson(row, core.seal)
  if (lost.length > 0) core.damaged('Person', [chatId])
  return person
}

/** Keeps a person outside a turn (a mentor's invitation, an import); turns write people themselves. */
export async function savePerson(core: Core, chatId: number, person: Person): Promise<void> {
  const row = personRow(chatId, person, core.clock.now(), core.seal)
  await core.prisma.$transaction((transaction) => writePeople(transaction, core.provider, [row]))
}

/** Notes why nothing can be sent to the chat at present; null when it can again. */
export async function setReachable(core: Core, chatId: number, reason: Unreachable | null): Promise<void> {
  // Nothing is written for the many who were never away.
  const changed = reason === null ? { unreachable: { not: null } } : {}
  const person = { chatId: BigInt(chatId), ...changed }
  await asStoreError(core, () => core.prisma.person.updateMany({ where: person, data: { unreachable: reason } }))
}

/** Whether sending to the chat makes sense; true for somebody never met. */
export async function isReachable({ prisma }: Core, chatId: number): Promise<boolean> {
  const row = await prisma.person.findUnique({ where: { chatId: BigInt(chatId) }, select: { unreachable: true } })
  return (row?.unreachable ?? null) === null
}

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
  look: 'text',
  refusedAt: 'bigint',
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
    person.look ?? null,
    person.refusedAt ?? null,
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

/** A person as far as the row can be read, and what of it cannot. */
export type PersonReading = { readonly person: Person; readonly lost: readonly (keyof Person)[] }

/** Never throws for what the row holds. Who cannot be seen to have agreed, or whose age is lost, is asked anew. */
export function readPerson(row: PersonModel, seal: Seal): PersonReading {
  const person = readOr(undefined, () => toPerson(row, seal))
  return person === undefined ? salvage(row, seal) : { person, lost: [] }
}

/** Throws when anything of the row cannot be read. */
function toPerson(row: PersonModel, seal: Seal): Person {
  const fields = Object.entries(readers).map(([name, read]) => [name, read(row, seal)])
  return Person.parse(Object.fromEntries(fields.filter(([, value]) => value !== undefined)))
}

/** Each value of a person by itself; undefined when the row has none. */
const readers: { readonly [K in keyof Person]-?: (row: PersonModel, seal: Seal) => unknown } = {
  language: ({ language }) => language,
  ageBand: ({ ageBand }) => ageBand ?? undefined,
  region: ({ region }) => region ?? undefined,
  plan: ({ plan }) => plan ?? undefined,
  name: ({ name, chatId }, seal) => (name === null ? undefined : seal.open(name, placeOf('Person', 'name', chatId))),
  consent: ({ consentVersion: version, consentAt: at, consentBy: by }) =>
    version === null ? undefined : { version: small(version), at: moment(at), by },
  quiet: ({ quietFrom: from, quietTo: to }) => ({ from, to }),
  muted: ({ muted }) => JSON.parse(muted),
  look: ({ look }) => look ?? undefined,
  refusedAt: ({ refusedAt }) => (refusedAt === null ? undefined : moment(refusedAt)),
}

/** The columns behind each value. */
export const columnsOf: { readonly [K in keyof Person]-?: readonly (keyof PersonModel)[] } = {
  language: ['language'],
  ageBand: ['ageBand'],
  region: ['region'],
  plan: ['plan'],
  name: ['name'],
  consent: ['consentVersion', 'consentAt', 'consentBy'],
  quiet: ['quietFrom', 'quietTo'],
  muted: ['muted'],
  look: ['look'],
  refusedAt: ['refusedAt'],
}

/** Value by value: what is lost is as for somebody new. */
function salvage(row: PersonModel, seal: Seal): PersonReading {
  let person = newcomer(languages[0])
  const lost: (keyof Person)[] = []
  for (const name of fieldNames) {
    const value = readOr(damaged, () => readers[name](row, seal))
    if (value === undefined) continue
    const changed = value === damaged ? undefined : Person.safeParse({ ...person, [name]: value })
    if (changed?.success === true) person = changed.data
    else lost.push(name)
  }
  if (!lost.includes('ageBand') || person.consent === undefined) return { person, lost }
  const { consent: _, ...unasked } = person
  return { person: unasked, lost: [...lost, 'consent'] }
}

const damaged = Symbol('damaged')
const fieldNames = Object.keys(readers) as (keyof Person)[] // the keys of the table above
