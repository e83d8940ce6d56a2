import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { regions } from '../../flows/common/regions.ts'
import { createNormalise } from '../../flows/vacancies/normalise/normalise.ts'
import { isHeld, signsOf } from '../../flows/vacancies/scam/signs.ts'
import type { Vacancy } from '../../flows/vacancies/vacancy.ts'
import { createPostingPages } from '../../src/capabilities/sources/readers/posting-pages.ts'
import type { SourceEvent } from '../../src/capabilities/sources/readers/source.ts'
import { readScam } from '../../src/capabilities/vacancies/scam.ts'
import { readVacancyWords } from '../../src/capabilities/vacancies/terms.ts'
import { root } from '../../src/config.ts'
import { createBotApi, type Listening } from '../../src/playground/bot-api/create-bot-api.ts'
import type { OfferForm } from '../../src/playground/employer/offer.ts'
import { createOffers, rememberOffers } from '../../src/playground/employer/offers.ts'
import { readPageWords } from '../../src/playground/employer/words.ts'
import { createMovableClock } from '../../src/playground/movable-clock.ts'
import { createPlayground } from '../../src/playground/server.ts'
import { createTime, fetcherFor } from '../capabilities/sources/readers/world.ts'
import { createSqlite } from '../support/databases.ts'

const normalise = createNormalise(await readVacancyWords(root))
const scam = await readScam(root)
const start = Date.UTC(2026, 10, 30, 9)

const form: OfferForm = {
  title: 'Аспаз көмекшісі',
  employer: 'Асхана',
  region: '71',
  town: 'Астана',
  payFrom: 180_000,
  payTo: 220_000,
  schedule: 'fiveTwo',
  hours: 36,
  night: 'day',
  experience: 'none',
  housing: true,
  description: 'Көкөніс тазалап, ыдыс жуасыз.\nТүскі ас тегін.',
  contact: '+7 700 000 00 00',
  until: '2026-12-30',
  language: 'kk',
}

let server: Listening
let clock: ReturnType<typeof createMovableClock>['clock']
beforeEach(async () => {
  clock = createMovableClock({ now: () => start }).clock
  const api = createBotApi({ clock })
  createPlayground({ api, clock, offers: createOffers({ clock }) })
  server = await api.listen()
})
afterEach(() => server.close())

const post = async (path: string, body: unknown = {}) => {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(server.url + path, { method: 'POST', headers, body: JSON.stringify(body) })
  return { status: response.status, body: z.object({ id: z.string().default('') }).parse(await response.json()) }
}
const publish = async (changes: Partial<OfferForm> = {}): Promise<string> =>
  (await post('/employer/vacancies', { ...form, ...changes })).body.id
const get = async (path: string) => {
  const response = await fetch(server.url + path)
  return { status: response.status, text: await response.text(), headers: response.headers }
}

/** Reads the employer's site as the bot reads any other. */
function createReader() {
  const time = createTime(start)
  const fetcher = fetcherFor(time)
  const gone: (string | null)[] = []
  let since: string | undefined
  const read = async (): Promise<Vacancy[]> => {
    const source = createPostingPages({
      name: 'playground',
      language: null,
      list: `${server.url}/employer/vacancies?page={page}`,
      cards: '/employer/vacancies/*',
      most: { cards: 100, lists: 10 },
    })
    const events: SourceEvent[] = []
    for await (const event of source.read(since, { fetcher, clock: time.clock })) {
      events.push(event)
      if (event.type === 'checkpoint') since = event.checkpoint
    }
    for (const event of events) if (event.type === 'gone') gone.push(event.url)
    return events.flatMap((event) => {
      if (event.type !== 'vacancy') return []
      const result = normalise(event.raw, { now: start, source: 'playground', professionsFor: () => [] })
      if (result.type === 'refused') throw new Error(result.why)
      expect(result.doubts).toEqual([])
      return [result.vacancy]
    })
  }
  return { read, gone }
}

describe('what the employer publishes', () => {
  test('is read by the bot as any vacancy is, and says of itself that it is a sample', async () => {
    const id = await publish()
    expect(await createReader().read()).toEqual([
      expect.objectContaining({
        title: 'Аспаз көмекшісі',
        employer: 'Асхана (үлгі)',
        region: '71',
        town: 'astana',
        pay: { min: 180_000, max: 220_000, currency: 'KZT', tax: null, period: 'month' },
        experience: 'none',
        employment: 'full',
        schedule: 'fiveTwo',
        weekHours: 36,
        night: false,
        housing: true,
        meals: true,
        contact: { phone: expect.stringMatching(/700/), mail: null, telegram: null },
        publishedAt: start,
        validThrough: Date.UTC(2026, 11, 30, 18, 59, 59),
        language: 'kk',
        seen: [{ source: 'playground', id, url: `${server.url}/employer/vacancies/${id}` }],
      }),
    ])
    const { text } = await get(`/employer/vacancies/${id}`)
    expect(text).toContain('Сынақ алаңының үлгісі')
  })

  test.each(['kk', 'ru', 'en'] as const)('is understood in every field, written in %s', async (language) => {
    const { read } = createReader()
    const choices: Partial<OfferForm>[] = [
      { schedule: 'fiveTwo', night: 'day', experience: 'none', hours: 20 },
      { schedule: 'sixOne', night: 'night', experience: 'under1', hours: 40 },
      { schedule: 'shifts', night: null, experience: '1to3', hours: null },
      { schedule: 'flexible', night: 'day', experience: '3to6', hours: 24 },
      { schedule: null, night: null, experience: 'over6', hours: 36, housing: false },
    ]
    const about = { description: '', language }
    for (const [at, choice] of choices.entries()) await publish({ ...about, ...choice, title: `${form.title} ${at}` })
    const vacancies = (await read()).reverse()
    expect(vacancies).toHaveLength(choices.length)
    for (const [at, { schedule, night, experience, hours, housing }] of choices.entries())
      expect(vacancies[at], JSON.stringify(choices[at])).toMatchObject({
        region: '71',
        schedule,
        night: night === undefined || night === null ? null : night === 'night',
        experience,
        weekHours: hours,
        housing: housing === false ? null : true,
      })
  })

  test('is read in every region', async () => {
    const { read } = createReader()
    for (const region of regions)
      for (const language of ['kk', 'ru', 'en'] as const)
        await publish({ region, town: '', language, title: `${region} ${language}` })
    const wrong = (await read()).filter(({ title, region }) => !title.startsWith(`${region} `))
    expect(wrong.map(({ title, region }) => [title, region])).toEqual([])
  })

  test('is read anew when it pays more, under its number', async () => {
    const { read } = createReader()
    const id = await publish()
    await read()
    expect(await read()).toEqual([])
    await post(`/employer/vacancies/${id}/raise`)
    const [vacancy] = await read()
    expect(vacancy?.pay).toMatchObject({ min: 198_000, max: 242_000 })
    expect(vacancy?.seen[0]?.id).toBe(id)
    expect(await read()).toEqual([])
  })

  test('is gone when it is closed, or its last day is over', async () => {
    const [id, other] = [await publish(), await publish({ until: '2026-12-01' })]
    await post(`/employer/vacancies/${id}/close`)
    expect((await get(`/employer/vacancies/${id}`)).status).toBe(410)
    expect((await get(`/employer/vacancies/${other}`)).status).toBe(200)
    await clock.moveTo(Date.UTC(2026, 11, 1, 19))
    expect((await get(`/employer/vacancies/${other}`)).status).toBe(410)
    expect((await get('/employer/vacancies/nobody')).status).toBe(404)
  })

  test('is looked at once more when it is closed, so that whoever reads the list learns of it', async () => {
    const { read, gone } = createReader()
    const id = await publish()
    await read()
    await post(`/employer/vacancies/${id}/close`)
    expect(await read()).toEqual([])
    expect(gone).toEqual([`${server.url}/employer/vacancies/${id}?edition=1`])
  })

  test('stands a second time under another number', async () => {
    const id = await publish()
    const { body } = await post(`/employer/vacancies/${id}/repeat`)
    expect(body.id).not.toBe(id)
    const [one, other] = await createReader().read()
    expect({ ...other, seen: [] }).toEqual({ ...one, seen: [] })
  })

  test('is listed on pages, the newest first', async () => {
    const ids: string[] = []
    for (let count = 0; count < 21; count++) ids.push(await publish())
    const first = await get('/employer/vacancies?page=1')
    expect([...first.text.matchAll(/vacancies\/(\w+)"/g)].map(([, id]) => id)).toEqual(ids.slice(1).reverse())
    expect((await get('/employer/vacancies?page=2')).text).toContain(ids[0])
    for (const page of ['3', '0', '-1', 'x', '1e9'])
      expect((await get(`/employer/vacancies?page=${page}`)).status).toBe(200)
  })

  test('can break out of no place of the page', async () => {
    const evil = '</script><script>alert(1)</script>"\'&<b>'
    const id = await publish({
      title: `Аспаз ${evil}`,
      employer: evil,
      town: evil,
      description: `${evil}\n<!--`,
      contact: evil,
    })
    const { text, headers } = await get(`/employer/vacancies/${id}`)
    expect(text.match(/<script/g)).toHaveLength(1)
    expect(text).not.toContain('<b>')
    expect(headers.get('content-security-policy')).toContain("script-src 'self'")
    expect((await get('/employer/vacancies')).text).not.toContain('<script')
    const [vacancy] = await createReader().read()
    expect(vacancy?.description).not.toContain('alert(1)</script>')
  })

  test.each([
    ['no title', { title: ' ' }],
    ['a region there is none of', { region: '99' }],
    ['less at most than at least', { payTo: 1_000 }],
    ['no day', { until: 'soon' }],
    ['a field that is none', { isClosed: true }],
    ['too long a text', { description: 'а'.repeat(4_001) }],
  ])('is refused with %s', async (_, changes) => {
    expect((await post('/employer/vacancies', { ...form, ...changes })).status).toBe(400)
    expect((await get('/employer/vacancies')).text).not.toContain('<li>')
  })

  test('cannot be changed where it never was, nor its pay raised where none is said', async () => {
    for (const act of ['raise', 'close', 'repeat'])
      expect((await post(`/employer/vacancies/nobody/${act}`)).status).toBe(400)
    const id = await publish({ payFrom: null, payTo: null })
    expect((await post(`/employer/vacancies/${id}/raise`)).status).toBe(400)
  })

  test('may be read by robots, and nothing else of the server', async () => {
    const { text } = await get('/robots.txt')
    expect(text).toMatch(/Allow: \/employer\/vacancies\nDisallow: \/\n/)
  })
})

test.each(['kk', 'ru', 'en'] as const)('of the ready samples in %s the scam alone is held back', (language) => {
  const words = readPageWords().get(language)
  const held = ['fine', 'night', 'scam'].filter((sample) => {
    const say = (name: string) => words?.say(`samples.${sample}.${name}`) ?? ''
    const [title, employer, description] = [say('title'), say('employer'), say('description')]
    return isHeld(signsOf({ title, employer, description, bin: null, pay: null, experience: 'none' }, scam))
  })
  expect(held).toEqual(['scam'])
})

test('a bot without an employer has no such page', async () => {
  const api = createBotApi()
  createPlayground({ api })
  const { url, close } = await api.listen()
  for (const path of ['/employer/vacancies', '/employer/vacancies/1', '/robots.txt'])
    expect((await fetch(url + path)).status, path).toBe(404)
  await close()
})

test('what was published is there after a new start, as the bot remembers it', async () => {
  const database = await createSqlite()
  const first = await database.open()
  const offers = await rememberOffers(first)
  const { id } = await offers.publish(form)
  const { id: closed } = await offers.publish(form)
  await offers.close(closed)
  await first.close()
  const second = await database.open()
  const again = await rememberOffers(second)
  expect(again.all().map((offer) => [offer.id, offer.isClosed])).toEqual([
    [closed, true],
    [id, false],
  ])
  await second.close()
  await database.drop()
})
