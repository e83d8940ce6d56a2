import { createNotices } from '../../src/store/notices.ts'
import type { Store } from '../../src/store/open.ts'
import { facts } from '../../src/store/reminders.ts'

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
 * of these has come back. What nobody opens is not sealed, so that a million rows take less than a minute.
 */
export async function seedCrowd(store: Store, { people, finished, due, expired, reminders }: Crowd, now: number) {
  await seedPeople(store, people, now)
  await seedPicturesAndCodes(store, Math.floor(people / 10), now)
  await seedReminders(store, people, reminders, now)
  const past = `${now} - ${scattered} % ${105 * day}`
  await seedNotices(store, 'sent', people, finished, [past, `${past} + ${7 * day}`, `'sent'`, past])
  await seedNotices(store, 'late', people, expired, [`${now - 9 * day}`, `${now - day}`, 'NULL', 'NULL'])
  await put(store, 'away', fives(people), now)
  await store.prisma.$executeRaw`UPDATE "Notice" SET "outcome" = 'blocked' WHERE "key" LIKE 'crowd:away:%'`
  await put(store, 'due', scatteredChats(people, due), now)
}

function fives(people: number): number[] {
  return Array.from({ length: Math.floor(people / 5) }, (_, at) => firstChat + 5 * at)
}

function scatteredChats(people: number, count: number): number[] {
  return Array.from({ length: count }, (_, at) => firstChat + ((at * 7_919) % people))
}

/** Numbers in no order, the same on both databases; none comes twice. */
const scattered = '((i * 2654435761) % 4503599627370496)'

function series(count: number): string {
  return `WITH RECURSIVE n(i) AS (SELECT CAST(0 AS bigint) UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${count})`
}

function bytes({ provider }: Store, count: number): string {
  return provider === 'sqlite' ? `x'${'ab'.repeat(count)}'` : `'\\x${'ab'.repeat(count)}'::bytea`
}

async function seedPeople(store: Store, count: number, now: number): Promise<void> {
  const chat = `${firstChat} + i`
  const past = (days: number) => `${now} - ${scattered} % ${days * day}`
  await store.prisma.$executeRawUnsafe(`
    INSERT INTO "Person" ("chatId", "language", "ageBand", "region", "plan", "consentVersion", "consentAt", "consentBy",
      "quietFrom", "quietTo", "muted", "unreachable", "createdAt", "updatedAt")
    ${series(count)} SELECT ${chat}, 'kk', CASE i % 4 WHEN 0 THEN '14-15' WHEN 1 THEN '16-17' ELSE '18+' END, '75',
      'college', 1, ${past(400)}, CASE WHEN i % 4 < 3 THEN 'guardian' ELSE 'self' END, 0, 0, '[]',
      CASE WHEN i % 5 = 0 AND i % 500 > 0 THEN 'blocked' END, ${now - 400 * day}, ${now} FROM n`)
  await store.prisma.$executeRawUnsafe(`
    INSERT INTO "Dialogue" ("chatId", "revision", "stack", "recent", "shown", "messageId", "messageKind", "updatedAt")
    ${series(count)} SELECT ${chat}, 30, ${bytes(store, 1_100)}, '[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16]', 30, 100,
      'text', ${past(90)} FROM n`)
  await store.prisma.$executeRawUnsafe(`
    INSERT INTO "SurveyAttempt" ("id", "chatId", "instrument", "form", "answers", "startedAt", "updatedAt", "finishedAt",
      "result")
    ${series(count)} SELECT CAST(${scattered} AS text), ${chat}, 'riasec', 'quick', ${bytes(store, 100)}, ${past(250)},
      ${past(250)}, CASE WHEN i % 5 > 0 THEN ${past(250)} END, ${bytes(store, 100)} FROM n`)
}

async function seedPicturesAndCodes({ prisma }: Store, count: number, now: number): Promise<void> {
  const past = `${now} - ${scattered} % ${300 * day}`
  await prisma.$executeRawUnsafe(`
    INSERT INTO "Picture" ("digest", "fileId", "at")
    ${series(count)} SELECT CAST(${scattered} AS text), 'file', ${past} FROM n`)
  await prisma.$executeRawUnsafe(`
    INSERT INTO "ConsentCode" ("hash", "kind", "createdAt", "expiresAt", "usesLeft")
    ${series(count)} SELECT CAST(${scattered} AS text), 'guardian', ${past}, ${past} + ${310 * day}, 1 FROM n`)
}

async function seedReminders(store: Store, people: number, due: number, now: number): Promise<void> {
  await store.prisma.$executeRawUnsafe(`
    INSERT INTO "Reminder" ("id", "chatId", "what", "repeat", "zone", "minute", "nextAt", "state", "createdAt",
      "updatedAt")
    ${series(Math.floor(people / 2))} SELECT 'later' || CAST(${scattered} AS text), ${firstChat} + i * 2,
      ${bytes(store, 60)}, '{"type":"daily"}', 'Asia/Almaty', 540, ${now + day} + ${scattered} % ${day}, 'active', ${now},
      ${now} FROM n`)
  const common = { what: 'дәрі ішу', repeat: { type: 'daily' }, zone: 'Asia/Almaty', minute: 540, state: 'active' }
  const entries = Array.from({ length: due }, (_, at) => {
    const data = { ...common, id: `due${at}`, nextAt: now - 1_000 }
    return { chatId: firstChat + (at % people), data, at: now }
  })
  const tools = { ...store, now }
  for (const slice of slices(entries)) {
    await store.prisma.$transaction(async (transaction) => facts['reminder.save']?.(transaction, slice, tools))
  }
}

/** `columns` are SQL for dueAt, expiresAt, outcome and finishedAt. */
async function seedNotices(
  store: Store,
  name: string,
  people: number,
  count: number,
  columns: readonly string[],
): Promise<void> {
  const [dueAt, expiresAt, outcome, finishedAt] = columns
  await store.prisma.$executeRawUnsafe(`
    INSERT INTO "Notice" ("id", "key", "kind", "chatId", "priority", "dueAt", "expiresAt", "values", "createdAt",
      "outcome", "finishedAt")
    ${series(count)} SELECT '${name}' || CAST(${scattered} AS text), 'crowd:${name}:' || CAST(${scattered} AS text),
      'campaigns.age', ${firstChat} + ${scattered} % ${people}, 40, ${dueAt}, ${expiresAt}, ${bytes(store, 40)}, ${dueAt},
      ${outcome}, ${finishedAt} FROM n`)
}

async function put(store: Store, name: string, chats: readonly number[], now: number): Promise<void> {
  const common = { kind: 'campaigns.age', dueAt: now - 1_000, expiresAt: now + 7 * day, values: {}, priority: 40 }
  const notices = chats.map((chatId, at) => ({ ...common, chatId, key: `crowd:${name}:${at}` }))
  for (const slice of slices(notices)) await createNotices(store).put(slice)
}

function* slices<T>(list: readonly T[], size = 1_000): Generator<readonly T[]> {
  for (let at = 0; at < list.length; at += size) yield list.slice(at, at + size)
}
