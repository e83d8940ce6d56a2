import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Api, InputFile } from 'grammy'
import { afterEach, expect, test } from 'vitest'
import { createHttp } from '../../src/telegram/http.ts'

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

async function scene(answer: (request: IncomingMessage, response: ServerResponse, body: string) => void) {
  const sockets = new Set<unknown>()
  const server = createServer((request, response) => {
    sockets.add(request.socket)
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => answer(request, response, Buffer.concat(chunks).toString('utf8')))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const ending = new AbortController()
  const http = createHttp({ ending: ending.signal })
  closing.push(
    http.close,
    () => server.close(),
    () => server.closeAllConnections(),
  )
  const { port } = server.address() as AddressInfo // a TCP server always has one
  const api = new Api('1:token', { apiRoot: `http://127.0.0.1:${port}`, fetch: http.fetch as never })
  return { api, sockets, ending }
}

const ok = (response: ServerResponse, result: unknown = true) => response.end(JSON.stringify({ ok: true, result }))

test('posts JSON over one kept connection', async () => {
  const seen: string[] = []
  const { api, sockets } = await scene((request, response, body) => {
    seen.push(`${request.url} ${request.headers['content-type']} ${body}`)
    ok(response)
  })
  await api.sendMessage(1, 'Сәлем 😀')
  await api.sendMessage(1, 'тағы')
  expect(seen[0]).toBe('/bot1:token/sendMessage application/json {"chat_id":1,"text":"Сәлем 😀"}')
  expect(sockets.size).toBe(1)
})

test('uploads files', async () => {
  let sent = ''
  const { api } = await scene((request, response, body) => {
    sent = `${request.headers['content-type']} ${body}`
    ok(response)
  })
  await api.sendDocument(1, new InputFile(Buffer.from('содержимое'), 'a.txt'), { caption: 'x' })
  expect(sent).toMatch(/^multipart\/form-data/)
  expect(sent).toContain('содержимое')
  expect(sent).toContain('filename=a.txt')
})

test('carries refusals, pages of proxies and broken connections', async () => {
  const { api } = await scene((request, response) => {
    if (request.url?.endsWith('getMe')) response.writeHead(502).end('<html>Bad Gateway</html>')
    else if (request.url?.endsWith('getMyCommands')) request.socket.destroy()
    else response.writeHead(400).end(JSON.stringify({ ok: false, error_code: 400, description: 'Bad Request: no' }))
  })
  await expect(api.sendMessage(1, 'x')).rejects.toMatchObject({ error_code: 400, description: 'Bad Request: no' })
  await expect(api.getMe()).rejects.toMatchObject({ error_code: 502 })
  await expect(api.getMyCommands()).rejects.toThrow('Network request')
})

test.each([
  [200, '<html>Log in to this network</html>'],
  [200, ''],
  [200, 'null'],
  [200, '{"ok":true}'],
  [200, '{"ok":true,"result":null}'],
  [200, '{"ok":false}'],
  [400, '<html>Bad Request</html>'],
  [401, '<html>Unauthorized</html>'],
  [403, '<html>Forbidden</html>'],
  [404, '{"error":"no such page"}'],
  [429, '{"ok":false,"error_code":429,"description":"x","parameters":{"retry_after":"soon"}}'],
  [429, '{"ok":false,"error_code":429,"description":"x","parameters":{"retry_after":-5}}'],
])('an answer that is not Telegram’s is trouble on the way, whatever its status: %i %s', async (status, page) => {
  const { api } = await scene((_request, response) => response.writeHead(status).end(page))
  await expect(api.sendMessage(1, 'x')).rejects.toMatchObject({ error_code: 502 })
})

test('gives up an answer that does not end, before it fills the memory', async () => {
  const megabyte = ' '.repeat(1024 * 1024)
  let isCut = false
  const { api } = await scene((_request, response) => {
    response.on('close', () => {
      isCut = true
    })
    response.writeHead(200)
    const write = () => {
      while (!isCut && response.write(megabyte));
      response.once('drain', write)
    }
    write()
  })
  await expect(api.getMe()).rejects.toThrow('Network request')
})

test('gives up a call when the signal says so', async () => {
  const { api } = await scene(() => {})
  const stopping = new AbortController()
  const call = api.getUpdates({}, stopping.signal as never)
  stopping.abort()
  await expect(call).rejects.toThrow('Network request')
  await expect(api.getUpdates({}, AbortSignal.abort() as never)).rejects.toThrow('Network request')
})

test('gives up every call when the program ends: one that waits, one in the middle of its answer, one that comes later', async () => {
  const begun: (() => void)[] = []
  const { api, ending } = await scene((request, response) => {
    if (request.url?.endsWith('getMe')) response.writeHead(200, { 'content-length': '100' }).write('{"ok":')
    begun.shift()?.()
  })
  const arrived = Promise.all([1, 2].map(() => new Promise<void>((resolve) => begun.push(resolve))))
  const calls = [api.getMe(), api.sendMessage(1, 'x')].map((call) => expect(call).rejects.toThrow('Network request'))
  await arrived
  ending.abort()
  await Promise.all(calls)
  await expect(api.sendMessage(1, 'x')).rejects.toThrow('Network request')
})
