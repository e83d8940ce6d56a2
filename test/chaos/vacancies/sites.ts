import type { IncomingMessage, ServerResponse } from 'node:http'
import { openSite } from '../../capabilities/sources/readers/world.ts'
import { type Market, type Offer, titles } from './market.ts'

export const employerOf = (number: number) => `Employer ${number}`

/** A board in HeadHunter's form and a feed in Jooble's, each with a server of its own, which show what the market has. */
export async function openSites(market: Market) {
  const listeners = new Set<(agent: string) => void>()
  const asked = ({ headers }: IncomingMessage) => {
    for (const listener of listeners) listener(headers['user-agent'] ?? '')
  }
  const board = await openSite({
    '/areas': JSON.stringify([{ id: '40', name: 'Казахстан', areas: [] }]),
    '/vacancies': (request, response) => {
      search(market, request, response)
      asked(request)
    },
    '/vacancies/': (request, response) => card(market, request, response),
  })
  const feed = await openSite({
    '/feed.xml': (request, response) => {
      response.writeHead(200, { 'content-type': 'application/xml' }).end(feedOf(market))
      asked(request)
    },
  })
  const sources = [
    { name: 'board', kind: 'headhunter', url: board.url, areas: ['Казахстан'] },
    { name: 'feed', kind: 'jooble', url: `${feed.url}/feed.xml` },
  ].map((source) => ({ ...source, on: true, everyHours: 0.25, privateHosts: ['127.0.0.1'] }))
  return {
    /** The file of sources: JSON is YAML as well. */
    file: JSON.stringify({ sources }),
    /** Hears the name under which somebody was just given vacancies. */
    onAsked(listener: (agent: string) => void) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    close: () => Promise.all([board.close(), feed.close()]),
  }
}

/** As HeadHunter: what was published, raised or archived in the time that is asked for, the newest first. */
function search({ offers }: Market, request: IncomingMessage, response: ServerResponse): void {
  const query = new URL(request.url ?? '', 'http://localhost').searchParams
  const [from = 0, to = 0] = ['date_from', 'date_to'].map((name) => Date.parse(query.get(name) ?? ''))
  const found = offers
    .filter(({ places, changedAt }) => places.includes('board') && changedAt >= from && changedAt <= to)
    .sort((one, other) => other.changedAt - one.changedAt)
  const [page, size] = [Number(query.get('page')), Number(query.get('per_page'))]
  const items = found.slice(page * size, (page + 1) * size).map(itemOf)
  response.writeHead(200, { 'content-type': 'application/json; charset=UTF-8' })
  response.end(JSON.stringify({ items, found: found.length, pages: Math.ceil(found.length / size), page }))
}

/** One of them by its number: looked at again hours after it was read. */
function card({ offers }: Market, request: IncomingMessage, response: ServerResponse): void {
  const offer = offers.find(({ number, places }) => places.includes('board') && request.url?.endsWith(`/${number}`))
  response.writeHead(offer === undefined ? 404 : 200, { 'content-type': 'application/json; charset=UTF-8' })
  response.end(JSON.stringify(offer === undefined ? { errors: [{ type: 'not_found' }] } : itemOf(offer)))
}

function itemOf({ number, profession, pay, state, changedAt }: Offer) {
  return {
    id: String(number),
    name: titles[profession],
    area: { id: '160', name: 'Алматы' },
    alternate_url: `https://board.example.org/vacancy/${number}`,
    archived: state === 'closed',
    employer: { name: employerOf(number) },
    salary_range: { from: pay, to: pay, currency: 'KZT', gross: false, mode: { id: 'MONTH' } },
    schedule: { id: 'fullDay' },
    published_at: new Date(changedAt).toISOString(),
  }
}

/** What stands on the board as well names no pay here: the two would say the same at different times. */
function feedOf({ offers }: Market): string {
  const jobs = offers
    .filter(({ places }) => places.includes('feed'))
    .map(({ number, profession, pay, places, publishedAt }) => {
      const salary = places.length > 1 ? '' : `<salary>${pay} тенге на руки</salary>`
      return `<job id="f${number}"><link>https://feed.example.org/${number}</link><name>${titles[profession]}</name>
        <company>${employerOf(number)}</company><region>Алматы</region>${salary}
        <pubdate>${new Date(publishedAt).toISOString()}</pubdate></job>`
    })
  return `<?xml version="1.0" encoding="utf-8"?><jobs>${jobs.join('')}</jobs>`
}
