import { describe, expect, test } from 'vitest'
import { createLog } from '../../src/base/log.ts'
import { StoreError } from '../../src/engine/store-error.ts'
import { createWebhookHandler } from '../../src/telegram/webhook.ts'

const header = 'X-Telegram-Bot-Api-Secret-Token'
const log = createLog('silent')

function scene(take: () => Promise<void> = async () => {}) {
  const taken: unknown[] = []
  const handle = createWebhookHandler({
    secret: 'a-secret',
    log,
    limit: 100,
    take: async (update) => {
      await take()
      taken.push(update)
    },
  })
  const post = async (body: string, secret: string | undefined = 'a-secret') => {
    const headers: Record<string, string> = secret === undefined ? {} : { [header]: secret }
    return (await handle(new Request('http://x/hook', { method: 'POST', headers, body }))).status
  }
  return { handle, post, taken }
}

describe('the webhook', () => {
  test('answers 200 after the commit', async () => {
    const { post, taken } = scene()
    expect(await post('{"update_id":1}')).toBe(200)
    expect(taken).toEqual([{ update_id: 1 }])
  })

  test('lets nobody in without the secret, whatever its length', async () => {
    const { handle, post, taken } = scene()
    for (const secret of ['', 'a-secre', 'a-secret!', 'b-secret'])
      expect(await post('{"update_id":1}', secret)).toBe(401)
    expect((await handle(new Request('http://x', { method: 'POST', body: '{"update_id":1}' }))).status).toBe(401)
    expect((await handle(new Request('http://x'))).status).toBe(405)
    expect(taken).toEqual([])
  })

  test('refuses what is no update and what is too large', async () => {
    const { handle, post } = scene()
    for (const body of ['', '{', 'null', '[]', '{"update_id":"1"}']) expect(await post(body)).toBe(400)
    expect(await post(`{"update_id":1,"x":"${'y'.repeat(100)}"}`)).toBe(413)
    const stream = new ReadableStream({
      pull(controller) {
        controller.enqueue(new Uint8Array(64))
      },
    })
    const endless = { method: 'POST', headers: { [header]: 'a-secret' }, body: stream, duplex: 'half' } as RequestInit
    expect((await handle(new Request('http://x', endless))).status).toBe(413)
  })

  test('answers 500 when the store failed, so that the update comes again', async () => {
    const failing = scene(async () => {
      throw new StoreError('full', 'disk')
    })
    expect(await failing.post('{"update_id":1}')).toBe(500)
  })
  test('lets an update go that cannot be taken for another reason', async () => {
    const failing = scene(async () => {
      throw new Error('a mistake')
    })
    expect(await failing.post('{"update_id":1}')).toBe(200)
  })
})
