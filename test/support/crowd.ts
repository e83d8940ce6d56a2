import { consentVersion } from '../../flows/common/person.ts'
import { reminderFacts } from '../../src/capabilities/reminders/rows.ts'
import { createNotices } from '../../src/delivery/notices/notices.ts'
import { writersOf } from '../../src/store/capability.ts'
import { chatTables } from '../../src/store/chats.ts'
import type { Store } from '../../src/store/open.ts'
import { type Column, columnsIn } from './every-table.ts'

/** How many there are of each. */
export type Crowd = {
  readonly people: number
  /** Notices over for 0 to 105 days. */
  readonly finished: number
  /** Notices due a second ago. */
  readonly due: number
  /** Notices that expired while nothing ran. */
  readonly expired: number
  /** Reminders due this minute, besides those for later: every second person has one. */
  readonly reminders: number
}

export const firstChat = 10_000_000
const day = 24 * 60 * 60 * 1000

/**
 * Fills an empty database as of `now` (epoch ms). Every fifth person is away and has a notice waiting; every hundredth
 * of these has come back. Every thousandth has agreed to nothing and been silent for long. What nobody opens is not sealed, so that a million rows take less than a minute.
 */
export async function seedCrowd(store: Store, crowd: Crowd, now: number): Promise<void> {
  const { people, finished, due, expired } = crowd
  await seedPeople(store, people, now)
  await seedRest(store, people, now)
  await seedReminders(store, crowd, now)
  const past = pastOf(now, 105)
  const over = { dueAt: past, expiresAt: `${past} + ${7 * day}`, outcome: `'sent'`, finishedAt: past }
  await seedNotices(store, 'over', finished, people, over)
  await seedNotices(store, 'late', expired, people, { dueAt: `${now - 9 * day}`, expiresAt: `${now - day}` })
  await put(store, 'away', fives(people), now)
  await store.prisma.$executeRaw`UPDATE "Notice" SET "outcome" = 'blocked' WHERE "key" LIKE 'crowd:away:%'`
  await put(store, 'due', scatteredChats(people, due), now)
  for (const table of chatTables) if (await isEmpty(store, table)) await seedTable(store, table, people, now)
}

/** Numbers in no order, the same on both databases; none comes twice. */
const scattered = '((i * 2654435761) % 4503599627370496)'

/** A time within the last days. */
function pastOf(now: number, days: number): string {
  return `${now} - ${scattered} % ${days * day}`
}

const chat = `${firstChat} + i`
const piece = 50_000

/** Rows of SQL by column, numbered from 0 as `i`, in pieces that no time limit of a statement ends. */
async function fill({ prisma }: Store, table: string, count: number, columns: Readonly<Record<string, string>>) {
  const names = Object.keys(columns).map((name) => `"${name}"`)
  for (let from = 0; from < count; from += piece) {
    const last = Math.min(from + piece, count) - 1
    await prisma.$executeRawUnsafe(`
      INSERT INTO "${table}" (${names.join(', ')})
      WITH RECURSIVE n(i) AS (SELECT CAST(${from} AS bigint) UNION ALL SELECT i + 1 FROM n WHERE i < ${last})
      SELECT ${Object.values(columns).join(', ')} FROM n`)
  }
}

function bytes({ provider }: Store, count: number): string {
  return provider === 'sqlite' ? `x'${'ab'.repeat(count)}'` : `'\\x${'ab'.repeat(count)}'::bytea`
}

async function seedPeople(store: Store, count: number, now: number): Promise<void> {
  await fill(store, 'Person', count, {
    chatId: chat,
    language: `'kk'`,
    ageBand: `CASE i % 4 WHEN 0 THEN '14-15' WHEN 1 THEN '16-17' ELSE '18+' END`,
    region: `'75'`,
    plan: `'college'`,
    consentVersion: `CASE WHEN i % 1000 <> 7 THEN ${consentVersion} END`,
    consentAt: pastOf(now, 400),
    consentBy: `CASE WHEN i % 4 < 3 THEN 'guardian' ELSE 'self' END`,
    quietFrom: '0',
    quietTo: '0',
    muted: `'[]'`,
    unreachable: `CASE WHEN i % 5 = 0 AND i % 500 > 0 THEN 'blocked' END`,
    createdAt: `${now - 400 * day}`,
    updatedAt: `${now - 100 * day}`,
  })
  await fill(store, 'Dialogue', count, {
    chatId: chat,
    revision: '30',
    stack: bytes(store, 1_100),
    recent: `'[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16]'`,
    shown: '30',
    messageId: '100',
    messageKind: `'text'`,
    updatedAt: pastOf(now, 90),
  })
  await fill(store, 'SurveyAttempt', count, {
    id: `CAST(${scattered} AS text)`,
    chatId: chat,
    instrument: `'riasec'`,
    form: `'quick'`,
    answers: bytes(store, 100),
    startedAt: pastOf(now, 250),
    updatedAt: pastOf(now, 250),
    finishedAt: `CASE WHEN i % 5 > 0 THEN ${pastOf(now, 250)} END`,
    result: bytes(store, 100),
  })
}

/** What is small, or rarely there: as many as there are people, so that no plan is good only for few. */
async function seedRest(store: Store, count: number, now: number): Promise<void> {
  await fill(store, 'Picture', count, {
    digest: `CAST(${scattered} AS text)`,
    fileId: `'file'`,
    at: pastOf(now, 300),
  })
  await fill(store, 'ArchivedFrame', count, {
    id: `CAST(${scattered} AS text)`,
    chatId: chat,
    frame: bytes(store, 100),
    reason: `'unreadable'`,
    at: pastOf(now, 300),
  })
  // Closed ones, so that none of them has to be read.
  await fill(store, 'Vacancy', count, {
    id: `CAST(${scattered} AS text)`,
    identity: `CAST(${scattered} AS text)`,
    state: `'closed'`,
    body: `'{}'`,
    validThrough: pastOf(now, 40),
    edition: '0',
    storedAt: `${now - 60 * day}`,
    changedAt: `${now - 50 * day} + ${scattered} % ${10 * day}`,
    newsAt: `${now - 60 * day} + ${scattered} % ${10 * day}`,
  })
  await fill(store, 'VacancyReview', count, {
    vacancyId: `CAST(${scattered} AS text)`,
    verdict: `'cleared'`,
    at: `${now - 50 * day}`,
  })
  await fill(store, 'ConsentCode', count, {
    hash: `CAST(${scattered} AS text)`,
    kind: `'guardian'`,
    createdAt: pastOf(now, 300),
    expiresAt: `${now + day} + ${scattered} % ${300 * day}`,
    usesLeft: '1',
  })
}

async function isEmpty({ prisma }: Store, table: string): Promise<boolean> {
  return (await prisma.$queryRawUnsafe<unknown[]>(`SELECT 1 FROM "${table}" LIMIT 1`)).length === 0
}

/** A table that nothing above knows: a row for each person, of what must be in it. */
/** Columns that name another chat, where there is one. */
const others: readonly string[] = ['mentorId']

async function seedTable(store: Store, table: string, count: number, now: number): Promise<void> {
  const values = { bytes: bytes(store, 40), small: '1', number: pastOf(now, 300), text: `CAST(${scattered} AS text)` }
  const isFilled = ({ name, isRequired }: Column) => isRequired || others.includes(name)
  const filled = (await columnsIn(store, table)).filter(isFilled)
  const chats = ['chatId', ...others]
  const columns = filled.map(({ name, kind }) => [name, chats.includes(name) ? chat : values[kind]])
  await fill(store, table, count, Object.fromEntries(columns))
}

async function seedReminders(store: Store, { people, reminders }: Crowd, now: number): Promise<void> {
  await fill(store, 'Reminder', Math.floor(people / 2), {
    id: `'later' || CAST(${scattered} AS text)`,
    chatId: `${firstChat} + i * 2`,
    what: bytes(store, 60),
    repeat: `'{"type":"daily"}'`,
    zone: `'Asia/Almaty'`,
    minute: '540',
    nextAt: `${now + day} + ${scattered} % ${day}`,
    state: `'active'`,
    createdAt: `${now}`,
    updatedAt: `${now}`,
  })
  const common = { what: 'дәрі ішу', repeat: { type: 'daily' }, zone: 'Asia/Almaty', minute: 540, state: 'active' }
  const entries = Array.from({ length: reminders }, (_, at) => {
    const data = { ...common, id: `due${at}`, nextAt: now - 1_000 }
    return { chatId: firstChat + (at % people), data, at: now }
  })
  const tools = { ...store, now }
  for (const slice of slices(entries)) {
    await store.prisma.$transaction(async (transaction) =>
      writersOf([{ name: 'reminders', facts: reminderFacts }])['reminder.save']?.(transaction, slice, tools),
    )
  }
}

/** `state` is SQL by column. */
async function seedNotices(
  store: Store,
  name: string,
  count: number,
  people: number,
  state: Readonly<Record<'dueAt' | 'expiresAt', string>> & Readonly<Record<string, string>>,
): Promise<void> {
  await fill(store, 'Notice', count, {
    id: `'${name}' || CAST(${scattered} AS text)`,
    key: `'crowd:${name}:' || CAST(${scattered} AS text)`,
    kind: `'campaigns.age'`,
    chatId: `${firstChat} + ${scattered} % ${people}`,
    priority: '40',
    values: bytes(store, 40),
    createdAt: state.dueAt,
    ...state,
  })
}

async function put(store: Store, name: string, chats: readonly number[], now: number): Promise<void> {
  const common = { kind: 'campaigns.age', dueAt: now - 1_000, expiresAt: now + 7 * day, values: {}, priority: 40 }
  const notices = chats.map((chatId, at) => ({ ...common, chatId, key: `crowd:${name}:${at}` }))
  for (const slice of slices(notices)) await createNotices(store).put(slice)
}

function fives(people: number): number[] {
  return Array.from({ length: Math.floor(people / 5) }, (_, at) => firstChat + 5 * at)
}

function scatteredChats(people: number, count: number): number[] {
  return Array.from({ length: count }, (_, at) => firstChat + ((at * 7_919) % people))
}

function* slices<T>(list: readonly T[], size = 1_000): Generator<readonly T[]> {
  for (let at = 0; at < list.length; at += size) yield list.slice(at, at + size)
}
