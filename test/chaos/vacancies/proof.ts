import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { FoundValues, found } from '../../../flows/alerts/notices.ts'
import { opened } from '../../../src/delivery/notices/rows.ts'
import type { Person } from '../../../src/playground/people/person.ts'
import type { Store } from '../../../src/store/open.ts'
import type { Interviews } from './interviews.ts'
import type { Market, News, Telling } from './market.ts'
import { employerOf } from './sites.ts'

/** What is kept of vacancies that differs from what the market has: each once, as it is now. */
export async function wronglyKept({ prisma }: Store, { offers }: Market): Promise<string[]> {
  const rows = await prisma.vacancy.findMany()
  const kept = rows.map(({ body, state, edition }) => {
    const { employer, pay } = Body.parse(JSON.parse(body))
    return `${employer}: ${state}, edition ${edition}, pay ${pay?.min}`
  })
  const expected = offers.map(({ number, state, edition, pay }) => {
    return `${employerOf(number)}: ${state}, edition ${edition}, pay ${pay}`
  })
  const seen = await prisma.vacancySighting.count()
  // What is closed was forgotten by the place that says so.
  const places = offers.flatMap((offer) => (offer.state === 'open' ? offer.places : [])).length
  return [
    ...differences('kept', expected, kept),
    ...(seen === places ? [] : [`kept as seen in ${seen} places instead of ${places}`]),
  ]
}

const Body = z.object({ employer: z.string(), pay: z.object({ min: z.number() }).nullable() })

/** What stands in notices, sent or about to be, that differs from what must be told. */
export async function wronglyNoticed({ prisma, seal }: Store, market: Market): Promise<string[]> {
  const rows = await prisma.notice.findMany({
    where: { kind: found.kind, OR: [{ outcome: null }, { outcome: { not: 'withdrawn' } }] },
  })
  const failed = rows.filter(({ outcome }) => outcome !== null && outcome !== 'sent')
  const noticed = rows.flatMap((row) => {
    const { chatId, values } = opened(row, seal)
    return FoundValues.parse(values).items.map(({ listing, news }) => `${chatId}: ${listing.employer} ${news}`)
  })
  return [
    ...differences('in notices', market.tellings().map(lineOf), noticed),
    ...failed.map(({ chatId, outcome }) => `a notice for ${chatId} is ${outcome}`),
  ]
}

/** What stands in the chats that differs from what must have been told by now (epoch ms). */
export function wronglyTold(
  people: readonly Person[],
  { market, interviews, now }: { readonly market: Market; readonly interviews: Interviews; readonly now: number },
): string[] {
  const told = people.flatMap((person) => once(person).flatMap((html) => toldIn(person.id, html)))
  const reminded = interviews.spokenOf(now).map((employer) => `${interviews.chatId}: ${employer} new`)
  return differences('in chats', [...market.tellings().map(lineOf), ...reminded], told)
}

/** Messages that stand in a chat more than once. */
export function repeatsIn(person: Person): number {
  return sentTo(person).length - once(person).length
}

function once(person: Person): string[] {
  return [...new Set(sentTo(person))]
}

function sentTo({ messages }: Person): string[] {
  // The menu may stand there as well.
  return messages.filter(({ by, html }) => by === 'bot' && employer.test(html)).map(({ html }) => html)
}

const employer = /Employer \d+/

const Words = z.object({ found: z.object({ news: z.object({ morePay: z.string(), again: z.string() }) }) })
const { news: words } = Words.parse(
  JSON.parse(readFileSync(new URL('../../../locales/kk/alerts.json', import.meta.url), 'utf8')),
).found

/** What a message tells: an employer in a paragraph, and above them why they are named. */
function toldIn(chatId: number, html: string): string[] {
  return html.split('\n\n').flatMap((paragraph) => {
    const name = employer.exec(paragraph)?.[0]
    const news = (['morePay', 'again'] as const).find((kind) => paragraph.includes(words[kind])) ?? 'new'
    return name === undefined ? [] : [`${chatId}: ${name} ${news satisfies News}`]
  })
}

function lineOf({ chatId, offer, news }: Telling): string {
  return `${chatId}: ${employerOf(offer)} ${news}`
}

/** Lines that are missing and lines that are too many, as often as they are. */
function differences(where: string, expected: readonly string[], present: readonly string[]): string[] {
  return [...without(expected, present, `missing ${where}`), ...without(present, expected, `too much ${where}`)]
}

function without(lines: readonly string[], taken: readonly string[], what: string): string[] {
  const rest = [...lines]
  for (const line of taken) {
    const at = rest.indexOf(line)
    if (at >= 0) rest.splice(at, 1)
  }
  return rest.map((line) => `${what}: ${line}`)
}
