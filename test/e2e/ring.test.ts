import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { dayLength, minuteLength, toLocal, toUtc } from '../../flows/common/calendar.ts'
import { meeting } from '../support/ways.ts'
import { readWords } from '../support/words.ts'
import { createFolder, type Serik, startSerik } from './support/serik.ts'

/** `npm start` without a token: what the employer beside the phones publishes rings on one of them. */
const patience = { timeout: 30_000, interval: 100 }
const words = await readWords()

const Message = z.object({
  id: z.int(),
  by: z.string(),
  text: z.string(),
  keyboard: z.array(z.array(z.object({ text: z.string(), callback_data: z.string().optional() }))).default([]),
})
const Snapshot = z.object({
  time: z.object({ now: z.int() }),
  people: z.array(z.object({ id: z.int(), messages: z.array(Message) })).min(1),
})

let folder: ReturnType<typeof createFolder>
let serik: Serik
let url: string
beforeEach(async () => {
  folder = createFolder()
  serik = await startSerik({ DATABASE_URL: folder.database, HOME: folder.path, PORT: '0' })
  url = (await serik.says(/Serik: http/)).replace('Serik: ', '')
}, 120_000)
afterEach(async () => {
  const code = await serik.stop()
  folder.remove()
  expect(code, serik.said()).toBe(0)
})

const say = (key: string) => words.plain({ key }, 'kk')

async function post(path: string, body: unknown = {}): Promise<unknown> {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) })
  const text = await response.text()
  if (!response.ok) throw new Error(`${path}: ${text}`)
  return JSON.parse(text)
}

/** The page as it would be drawn now: the first thing that is said on its line. */
async function look() {
  const leaving = new AbortController()
  const { body } = await fetch(`${url}/live`, { signal: leaving.signal })
  let text = ''
  try {
    for await (const part of body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += part
      if (text.includes('\n\n')) break
    }
  } finally {
    leaving.abort()
  }
  const { time, people } = Snapshot.parse(JSON.parse(text.split('\n\n')[0]?.slice('data: '.length) ?? ''))
  const [person] = people
  const messages = person?.messages.filter(({ by }) => by === 'bot') ?? []
  return { now: time.now, id: person?.id ?? 0, messages, newest: messages.at(-1) }
}

const faceOf = async () => JSON.stringify((await look()).newest ?? null)

/** Acts and waits until the newest message looks otherwise. */
async function changing(act: () => Promise<unknown>): Promise<void> {
  const before = await faceOf()
  await act()
  await expect.poll(faceOf, patience).not.toBe(before)
}

async function press(...keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    const { id, newest } = await look()
    const button = newest?.keyboard.flat().find(({ text }) => text === say(key))
    if (newest === undefined || button === undefined) throw new Error(`No ${key} on: ${JSON.stringify(newest)}`)
    await changing(() => post(`/people/${id}/press`, { message: newest.id, data: button.callback_data }))
  }
}

const moveTo = (to: number) => post('/time', { to })
const nextMinute = async () => moveTo((await look()).now + minuteLength)
const rings = async () => (await look()).messages.filter(({ text }) => text.includes(say('alerts:found.one'))).length
const said = async () => (await look()).newest?.text ?? ''

const form = {
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
  housing: false,
  description: 'Көкөніс тазалап, ыдыс жуасыз.',
  contact: '+7 700 000 00 00',
  language: 'kk',
}

test('what is published rings within a minute, more pay rings again, and what is closed is gone', async () => {
  const { id, now } = await look()
  // Nobody is told anything at night.
  const noon = toUtc({ ...toLocal(now + dayLength), hour: 12, minute: 0 })
  await moveTo(noon)
  await changing(() => post(`/people/${id}/start`, { payload: '' }))
  await press(...meeting)
  await press('vacancies:menu', 'regions:71', 'vacancies:listing.tell', 'alerts:making.save')
  await press('alerts:how', 'alerts:rhythm.once')

  const until = new Date(noon + 30 * dayLength).toISOString().slice(0, 10)
  const offer = z.object({ id: z.string() }).parse(await post('/employer/vacancies', { ...form, until }))
  await nextMinute()
  await expect.poll(said, patience).toContain(say('alerts:found.one'))
  expect(await said()).toContain(form.title)
  expect(await said()).not.toContain(say('alerts:found.news.morePay'))

  await post(`/employer/vacancies/${offer.id}/raise`)
  await nextMinute()
  await expect.poll(said, patience).toContain(say('alerts:found.news.morePay'))
  expect(await said()).toContain('242')

  await press('alerts:found.open', 'vacancies:card.save')
  await post(`/employer/vacancies/${offer.id}/close`)
  const ringsBefore = await rings()
  await nextMinute()
  await expect
    .poll(async () => {
      await press('common:home', 'vacancies:menu')
      return said()
    }, patience)
    .toContain(say('vacancies:listing.none'))
  // What was saved stays, and says that it is over.
  await press('vacancies:listing.saved')
  expect(await said()).toContain(form.title)
  expect(await said()).toContain(say('vacancies:saved.over'))
  expect(await rings()).toBe(ringsBefore)
}, 180_000)
