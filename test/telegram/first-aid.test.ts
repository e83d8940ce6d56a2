import type { Api } from 'grammy'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Incoming } from '../../src/engine/ports.ts'
import { StoreError } from '../../src/engine/store-error.ts'
import { createWords, type WordsBook } from '../../src/i18n/words.ts'
import { createFirstAid, type FirstAid } from '../../src/telegram/first-aid.ts'

type Said = { readonly chatId: number; readonly html: string }
const away = new StoreError('unreachable', 'The database server does not answer')

describe('words of danger while nothing can be read or written', () => {
  let words: WordsBook
  let said: Said[]
  let aid: FirstAid
  let wakes: (() => void)[]
  let afterwards: Promise<unknown>[]
  beforeAll(async () => {
    words = await createWords(new URL('../../locales/', import.meta.url), { strict: true })
  })
  beforeEach(() => {
    said = []
    wakes = []
    afterwards = []
    const sendMessage = async (chatId: number, html: string) => void said.push({ chatId, html })
    aid = createFirstAid({
      api: { sendMessage } as unknown as Api, // the one call it makes
      words,
      isDanger: (text) => text.includes('danger'),
      sleep: (_, signal) =>
        new Promise((resolve) => {
          wakes.push(resolve)
          signal?.addEventListener('abort', () => resolve())
        }),
    })
  })

  const wrote = (text: string, updateId = 1, languageCode?: string): Incoming => {
    return { chatId: 7, updateId, action: { type: 'text', text }, ...(languageCode !== undefined && { languageCode }) }
  }
  const take = async (incoming: Incoming, work: () => Promise<string>) => {
    const outcome = await aid.beside(incoming, work, (late) => afterwards.push(late)).catch((error: unknown) => error)
    await Promise.all(afterwards)
    return outcome
  }
  const fails = (error: Error) => async () => {
    throw error
  }

  test('are answered with the numbers, and the update stays for later', async () => {
    expect(await take(wrote('danger'), fails(away))).toBe(away)
    expect(said.map(({ chatId }) => chatId)).toEqual([7])
    for (const number of ['111', '150', '112']) expect(said[0]?.html).toContain(number)
  })

  test('are answered once, however often the update is taken again', async () => {
    for (let attempt = 0; attempt < 5; attempt++) await take(wrote('danger'), fails(away))
    await take(wrote('danger', 2), fails(away))
    expect(said).toHaveLength(2)
  })

  test('are answered in the language of the client, in Kazakh where it is none of ours', async () => {
    for (const [index, code] of ['ru', 'en-GB', 'de', undefined].entries())
      await take(wrote('danger', index, code), fails(away))
    const titles = (['ru', 'en', 'kk', 'kk'] as const).map((language) =>
      words.render({ key: 'help:danger.title' }, language),
    )
    expect(said.map(({ html }) => html.split('\n')[0])).toEqual(titles)
  })

  test('are answered before a database that hangs gives up', async () => {
    let give = (_: string) => {}
    const hanging = new Promise<string>((resolve) => {
      give = resolve
    })
    const taken = take(wrote('danger'), () => hanging)
    for (const wake of wakes) wake()
    await Promise.all(afterwards)
    expect(said).toHaveLength(1)
    give('taken')
    expect(await taken).toBe('taken')
    expect(said).toHaveLength(1)
  })

  test('are answered in the caption of a photo too', async () => {
    const event = { type: 'PHOTO', fileId: 'f', uniqueId: 'u', size: null, album: null } as const
    const photo = (caption: string | null): Incoming => {
      return { chatId: 7, updateId: 1, action: { type: 'content', event: { ...event, caption }, what: 'picture' } }
    }
    await take(photo(null), fails(away))
    expect(said).toEqual([])
    await take(photo('danger'), fails(away))
    expect(said).toHaveLength(1)
  })

  test('are left to the turn where it is taken, and other words to a later try', async () => {
    expect(await take(wrote('danger'), async () => 'taken')).toBe('taken')
    expect(await take(wrote('abc', 2), fails(away))).toBe(away)
    expect(said).toEqual([])
  })

  test('are answered when a turn is given up for good, as other words are with regret', async () => {
    await take(wrote('danger', 1, 'ru'), fails(new Error('a mistake')))
    await take(wrote('abc', 2, 'ru'), fails(new Error('a mistake')))
    expect(said.map(({ html }) => html.split('\n')[0])).toEqual([
      words.render({ key: 'help:danger.title' }, 'ru'),
      words.render({ key: 'common:trouble' }, 'ru'),
    ])
  })
})
