import { spawn } from 'node:child_process'
import { Agent, request } from 'node:http'
import { createInterface } from 'node:readline'

/**
 * Measures how many updates a second the local Bot API sustains in a closed loop, against a bot that does next to
 * nothing over plain HTTP: one answer and one edit a press. Run: `node --import tsx test/playground/throughput.ts`.
 */
const script = new URL('../../src/playground/serve.ts', import.meta.url)
const server = spawn(process.execPath, ['--import', 'tsx', script.pathname], { stdio: ['ignore', 'pipe', 'inherit'] })
const { url, token } = JSON.parse(await firstLine())
const agent = new Agent({ keepAlive: true, maxSockets: 64 })
void answerForever()
const load = { people: 200, updates: Number(process.argv[2] ?? 40_000) }
console.log(JSON.stringify(await post('/control/load', load)))
server.kill()
process.exit(0)

async function firstLine(): Promise<string> {
  for await (const line of createInterface(server.stdout)) return line
  throw new Error('The server ended before it said where it listens')
}

async function answerForever(): Promise<void> {
  let offset = 0
  for (;;) {
    const { result } = await call('getUpdates', { offset, timeout: 30 })
    for (const update of result) {
      offset = update.update_id + 1
      answer(update)
    }
  }
}

type Update = {
  readonly update_id: number
  readonly message?: { readonly chat: { readonly id: number } }
  readonly callback_query?: {
    readonly id: string
    readonly message: { readonly chat: { readonly id: number }; readonly message_id: number }
  }
}

function answer({ update_id, message, callback_query: query }: Update): void {
  const keyboard = [[{ text: `${update_id}`, callback_data: 'a' }], [{ text: 'b', callback_data: 'b' }]]
  const content = { text: `<b>${update_id}</b>`, parse_mode: 'HTML', reply_markup: { inline_keyboard: keyboard } }
  if (message) void call('sendMessage', { chat_id: message.chat.id, ...content })
  if (!query) return
  void call('answerCallbackQuery', { callback_query_id: query.id })
  const place = { chat_id: query.message.chat.id, message_id: query.message.message_id }
  void call('editMessageText', { ...place, ...content })
}

function call(method: string, body: object): Promise<{ result: Update[] }> {
  return post(`/bot${token}/${method}`, body)
}

function post<T>(path: string, body: object): Promise<T> {
  const data = Buffer.from(JSON.stringify(body))
  const headers = { 'content-type': 'application/json', 'content-length': data.length }
  return new Promise((resolve, reject) => {
    const sent = request(url + path, { method: 'POST', agent, headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => resolve(JSON.parse(Buffer.concat(chunks).toString())))
    })
    sent.on('error', reject)
    sent.end(data)
  })
}
