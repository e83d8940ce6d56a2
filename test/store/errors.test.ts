import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { mediumError } from '../../src/store/errors.ts'

/** As Prisma hands on what a driver said. */
const ofDriver = (originalCode: string, originalMessage = 'words') => ({
  code: 'P2010',
  meta: { driverAdapterError: { cause: { originalCode, originalMessage, kind: 'any', message: originalMessage } } },
})
const reasonOf = (error: unknown) => mediumError(error, 'here')?.reason

describe('trouble with the database is told from faults of what is written to it', () => {
  test.each([
    ['SQLITE_FULL', 'full'],
    ['SQLITE_IOERR_WRITE', 'other'],
    ['SQLITE_IOERR_SHMSIZE', 'full'],
    ['SQLITE_BUSY_SNAPSHOT', 'locked'],
    ['SQLITE_NOMEM', 'other'],
    ['SQLITE_CANTOPEN', 'missing'],
    ['SQLITE_READONLY_DBMOVED', 'read-only'],
    ['53100', 'full'],
    ['53200', 'full'],
    ['53300', 'unreachable'],
    ['55P03', 'locked'],
    ['55006', 'other'],
    ['57P01', 'unreachable'],
    ['57P05', 'unreachable'],
    ['58030', 'other'],
    ['XX000', 'other'],
    ['08006', 'unreachable'],
    ['40001', 'locked'],
    ['40P01', 'locked'],
    ['ENOSPC', 'full'],
    ['EIO', 'other'],
  ])('%s means that the update is taken again: %s', (code, reason) => {
    expect(reasonOf(ofDriver(code))).toBe(reason)
    expect(reasonOf({ code })).toBe(reason)
  })

  test.each(['SQLITE_SOMETHING_NEW', 'UNKNOWN_SQLITE_ERROR_4711', '99999', 'P2999', 'ENOTRECOVERABLE'])(
    'what nobody has met before, %s, is taken again, too',
    (code) => {
      expect(reasonOf(ofDriver(code))).toBe('unknown')
      expect(reasonOf({ code })).toBe('unknown')
    },
  )

  test.each([
    ['SQLITE_ERROR', 'cannot rollback - no transaction is active', 'other'],
    ['SQLITE_ERROR', 'cannot commit - no transaction is active', 'other'],
    ['SQLITE_ERROR', 'cannot start a transaction within a transaction', 'other'],
    ['P2028', 'Transaction API error: Unable to start a transaction in the given time.', 'locked'],
    ['P2028', 'Transaction API error: Transaction already closed: A query cannot be executed', 'locked'],
    ['P2034', 'Transaction failed due to a write conflict or a deadlock', 'locked'],
    ['P2024', 'Timed out fetching a new connection from the connection pool', 'locked'],
    ['P2037', 'Too many database connections opened', 'unreachable'],
    [undefined, 'Query read timeout', 'unreachable'],
    [undefined, 'Connection terminated unexpectedly', 'unreachable'],
  ])('%s “%s” is taken again', (code, message, reason) => {
    expect(reasonOf(Object.assign(new Error(message), code === undefined ? {} : { code }))).toBe(reason)
  })

  test('an error of Prisma that has no code is taken again', () => {
    const named = (name: string) => Object.assign(new Error('words'), { name })
    expect(reasonOf(named('PrismaClientUnknownRequestError'))).toBe('unknown')
    expect(reasonOf(named('PrismaClientRustPanicError'))).toBe('unknown')
    expect(reasonOf(named('PrismaClientInitializationError'))).toBe('unreachable')
  })

  test.each([
    'SQLITE_CONSTRAINT_UNIQUE',
    'SQLITE_CONSTRAINT_TRIGGER',
    'SQLITE_MISMATCH',
    'SQLITE_TOOBIG',
    'SQLITE_RANGE',
    'SQLITE_ERROR',
    '23505',
    '22P05',
    '42703',
    '54000',
    'P0001',
    'P2002',
    'P2022',
  ])('%s is a fault of the data or the code', (code) => {
    expect(reasonOf(ofDriver(code))).toBeUndefined()
  })

  test('errors that are not of a database stay what they are', () => {
    expect(reasonOf(new TypeError('x is not a function'))).toBeUndefined()
    expect(reasonOf(Object.assign(new TypeError('x'), { code: 'ERR_INVALID_ARG_TYPE' }))).toBeUndefined()
    expect(reasonOf(z.string().safeParse(1).error)).toBeUndefined()
    expect(reasonOf('a word')).toBeUndefined()
  })
})
