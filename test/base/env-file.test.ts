import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { devNull, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readSettings } from '../../src/config.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'serik-env-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const write = (text: string, name = '.env') => writeFileSync(join(folder, name), text)

describe('the file .env', () => {
  test('that is not there changes nothing', () => {
    const environment = { PORT: '1' }
    expect(readSettings(environment, folder)).toEqual({
      variables: environment,
      file: undefined,
      brought: [],
      unknown: [],
    })
  })

  test('brings what the environment does not say, and it is told by name which', () => {
    write('# the bot\nBOT_TOKEN=from-the-file\nexport LOG_LEVEL="debug" # loud\n\nPORT=3001\nHOST=\n')
    const { variables, brought, unknown } = readSettings({ PORT: '4001', HOME: '/home' }, folder)
    expect(variables).toMatchObject({ BOT_TOKEN: 'from-the-file', LOG_LEVEL: 'debug', PORT: '4001', HOME: '/home' })
    expect(brought).toEqual(['BOT_TOKEN', 'LOG_LEVEL'])
    expect(unknown).toEqual([])
  })

  test('gives way to a variable that is set and empty: BOT_TOKEN= starts the playground', () => {
    write('BOT_TOKEN=from-the-file\n')
    const { variables, brought } = readSettings({ BOT_TOKEN: '' }, folder)
    expect(variables.BOT_TOKEN).toBe('')
    expect(brought).toEqual([])
  })

  test('of the program serves whoever starts it from another folder without one', () => {
    const [here, program] = [join(folder, 'here'), join(folder, 'program')]
    for (const name of [here, program]) mkdirSync(name)
    write('PORT=1\n', 'program/.env')
    expect(readSettings({}, here, program)).toMatchObject({ file: join(program, '.env'), variables: { PORT: '1' } })
    write('PORT=2\n', 'here/.env')
    expect(readSettings({}, here, program).variables.PORT).toBe('2')
  })

  test('is told of where it names no setting of ours', () => {
    write('HOME=/other\nPORT=1\nPOSTGRES_USER=serik\n')
    expect(readSettings({}, folder)).toMatchObject({ brought: ['PORT'], unknown: ['HOME', 'POSTGRES_USER'] })
  })

  test.each([
    ['BOT_TOKNE', 'BOT_TOKEN'],
    ['BOTTOKEN', 'BOT_TOKEN'],
    ['BOT_TOKENS', 'BOT_TOKEN'],
    ['bot_token', 'BOT_TOKEN'],
    ['SERIK_DATAKY', 'SERIK_DATA_KEY'],
    ['SERIK_DATA_KEY_ODL', 'SERIK_DATA_KEY_OLD'],
    ['PROT', 'PORT'],
  ])('that holds the mistyped name %s is refused with the name to write, %s', (mistyped, meant) => {
    write(`LOG_LEVEL=info\n${mistyped}=abc\n`)
    expect(() => readSettings({}, folder)).toThrow(`${mistyped} is no setting; write ${meant}, or delete the line`)
    expect(() => readSettings({}, folder)).not.toThrow(/abc/)
  })

  test.each([
    ['BOT_TOKEN abc', /line 1 is not NAME=value/],
    ['PORT=1\nBOT_TOKEN: abc', /line 2 is not NAME=value/],
    ['PORT=1\n\nrubbish\n=x\n', /line 3 .*\n- line 4/],
    ['BOT_TOKEN="abc\nPORT=1', /line 1: the quotation mark after BOT_TOKEN= is not closed/],
    ['BOT_TOKEN=abc\nPORT=1\nBOT_TOKEN=\n', /line 3 sets BOT_TOKEN once more \(see line 1\)/],
  ])('that is malformed is refused with the line and without the value: %j', (text, words) => {
    write(text)
    expect(() => readSettings({}, folder)).toThrow(words)
    expect(() => readSettings({}, folder)).not.toThrow(/abc/)
  })

  test('written by another system is read: line ends of two letters, a mark at the beginning', () => {
    write('\uFEFFBOT_TOKEN=a\r\nPORT=3001\r\n')
    expect(readSettings({}, folder).variables).toEqual({ BOT_TOKEN: 'a', PORT: '3001' })
  })

  test('in two-byte letters is told, not passed over', () => {
    writeFileSync(join(folder, '.env'), Buffer.from('\uFEFFBOT_TOKEN=a\r\n', 'utf16le'))
    expect(() => readSettings({}, folder)).toThrow(/no UTF-8 text\. Save it once more as UTF-8/)
  })

  test('that cannot be read is told', () => {
    mkdirSync(join(folder, '.env'))
    expect(() => readSettings({}, folder)).toThrow(/EISDIR.*It is a folder/)
  })

  test.skipIf(process.getuid?.() === 0)('that may not be read is told', () => {
    write('PORT=1')
    chmodSync(join(folder, '.env'), 0)
    expect(() => readSettings({}, folder)).toThrow(/EACCES.*right to read it/)
  })

  test('can be another one, which then must be there, or none', () => {
    write('PORT=1')
    write('PORT=2', 'other')
    expect(readSettings({ SERIK_ENV_FILE: 'other' }, folder).variables.PORT).toBe('2')
    expect(readSettings({ SERIK_ENV_FILE: devNull }, folder).variables.PORT).toBeUndefined()
    expect(() => readSettings({ SERIK_ENV_FILE: 'gone' }, folder)).toThrow(/gone.*ENOENT/)
  })

  test('.env.example can be copied as it is: it names only settings, and sets none wrong', () => {
    const example = { SERIK_ENV_FILE: new URL('../../.env.example', import.meta.url).pathname }
    expect(readSettings(example, folder).unknown).toEqual([])
  })
})
