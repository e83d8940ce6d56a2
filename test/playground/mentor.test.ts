import { expect, test } from 'vitest'
import { createBotApi } from '../../src/playground/bot-api/create-bot-api.ts'
import { createPlayground } from '../../src/playground/server.ts'

test('a mentor begins with an invitation, everybody else and whoever has a code of their own without', async () => {
  const api = createBotApi()
  let invitations = 0
  createPlayground({ api, invite: async () => `kod-${++invitations}` })
  const { url, close } = await api.listen()
  const post = async (path: string, body: object): Promise<unknown> => {
    const headers = { 'content-type': 'application/json' }
    return (await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })).json()
  }
  try {
    expect(await post('/people', { role: 'mentor', language: 'kk' })).toEqual({ id: 1002 })
    await post('/people/1001/start', { payload: '' })
    await post('/people/1002/start', { payload: '' })
    await post('/people/1002/start', { payload: 'kod-own' })
    const wrote = (id: number) => api.person(id).messages.map(({ text }) => text)
    expect([wrote(1001), wrote(1002)]).toEqual([['/start'], ['/start kod-1', '/start kod-own']])
  } finally {
    await close()
  }
})
