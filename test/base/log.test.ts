import { GrammyError } from 'grammy'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { createLog } from '../../src/base/log.ts'
import { storeError } from '../../src/store/errors.ts'

const secret = 'менің құпиям'
const token = '12345678:abcdefghijklmnopqrstuvwxyz0123456789'

/** What the log writes about an error. */
function logged(error: unknown): string {
  let written = ''
  createLog('info', { write: (line: string) => (written += line) }).error({ error }, 'x')
  return written
}

function thrown(work: () => unknown): unknown {
  try {
    return work()
  } catch (error) {
    return error
  }
}

describe('the log quotes nobody', () => {
  const prisma = Object.assign(new Error(`Invalid invocation: { name: "${secret}" }`), {
    name: 'PrismaClientValidationError',
  })
  const refusal = new GrammyError(
    'Call failed',
    { ok: false, error_code: 400, description: `Bad Request: can't parse entities: unsupported start tag "${secret}"` },
    'sendMessage',
    { text: secret },
  )
  const cases: readonly (readonly [string, unknown])[] = [
    ['JSON.parse', thrown(() => JSON.parse(`${secret} {`))],
    ['zod, by a key', thrown(() => z.record(z.string(), z.number()).parse({ [secret]: 'x' }))],
    ['Prisma', prisma],
    ['Prisma under trouble of the store', storeError('other', 'here', prisma)],
    ['Telegram', refusal],
    ['a flow that fails, by XState', new Error(`Unable to evaluate guard:\n${secret}`)],
    [
      'a stack that begins with words',
      Object.assign(new Error('x'), { stack: `Error: x\nat ${secret}\n    at f (a.ts:1:1)` }),
    ],
    ['TypeError', new TypeError(`Cannot use 'in' operator to search for 'x' in ${secret}`)],
    ['a cause', new Error('x', { cause: prisma })],
  ]
  test.each(cases)('%s', (_, error) => {
    expect(logged(error)).not.toContain(secret)
  })

  test('nor the token, while its own words, codes and places stay', () => {
    const line = logged(new Error(`No flow is called "x"; https://api.telegram.org/bot${token}/getMe`))
    expect(line).toContain('No flow is called')
    expect(line).not.toContain(token)
    expect(line).toMatch(/log\.test\.ts:\d+:\d+/)
    expect(logged(refusal)).toContain('sendMessage')
    expect(logged(refusal)).toContain('400')
  })
})
