import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { parse } from 'csv-parse/sync'
import { afterAll, describe, expect, test } from 'vitest'
import { addScore } from '../../src/cli/score.ts'

const folder = mkdtempSync(join(tmpdir(), 'score-'))
afterAll(() => rmSync(folder, { recursive: true }))

const items = ['R', 'I', 'A', 'S', 'E', 'C'].flatMap((scale) => [1, 2, 3, 4, 5, 6, 7, 8].map((n) => `${scale}${n}`))

/** Made data: somebody who likes one scale (5) and nothing else (1). */
const likes = (scale: string): string[] => items.map((item) => (item.startsWith(scale) ? '5' : '1'))

type Outcome = { written: string[]; failures: string[]; rows: Record<string, string>[] }

/** Runs the command on a file of this text (none: a file that does not exist). */
async function score(text: string | Buffer | undefined, form = 'full', more: string[] = []): Promise<Outcome> {
  const [from, to] = [join(folder, 'answers.csv'), join(folder, 'scores.csv')]
  rmSync(from, { force: true })
  rmSync(to, { force: true })
  if (text !== undefined) writeFileSync(from, text)
  const outcome: Outcome = { written: [], failures: [], rows: [] }
  const program = new Command().exitOverride()
  addScore(program, {
    root: new URL('../../', import.meta.url),
    write: (line) => outcome.written.push(line),
    fail: (message) => outcome.failures.push(message),
  })
  const options = ['--instrument', 'riasec', '--form', form, '--in', from, '--out', to, ...more]
  await program.parseAsync(['score', ...options], { from: 'user' })
  try {
    outcome.rows = parse(readFileSync(to, 'utf8'), { columns: true })
  } catch {
    // No file was written: the rows stay empty.
  }
  return outcome
}

const csv = (...rows: string[][]) => `${[items, ...rows].map((row) => row.join(',')).join('\n')}\n`

describe('score', () => {
  test('writes six scores, the two most probable types and how sure', async () => {
    const { rows, written, failures } = await score(csv(likes('A'), likes('E')))
    expect(failures).toEqual([])
    expect(written.join()).toContain('2 rows scored, 0 with an error')
    expect(rows.map(({ line, top1 }) => [line, top1])).toEqual([
      ['2', 'A'],
      ['3', 'E'],
    ])
    expect(rows[0]).toMatchObject({ R: '1.0000', A: '5.0000', differentiated: 'true', error: '' })
    expect(Number(rows[0]?.probability)).toBeGreaterThan(0.5)
  })

  test('the quick form uses only its items, even when others are filled', async () => {
    const quick = (await score(csv(likes('C')), 'quick')).rows
    const others = likes('C').map((answer, index) => (['R1', 'S1', 'E1'].includes(items[index] ?? '') ? '5' : answer))
    expect((await score(csv(others), 'quick')).rows).toEqual(quick)
    expect(quick[0]?.top1).toBe('C')
  })

  test('columns may stand in any order, others are ignored with a note', async () => {
    const columns = [...items.toReversed(), 'age']
    const text = `${columns.join(',')}\n${[...likes('S').toReversed(), '"17, almost"'].join(',')}\n`
    const { rows, written } = await score(text)
    expect(rows[0]?.top1).toBe('S')
    expect(written[0]).toBe('Ignored columns: age.')
  })

  test('semicolons, CRLF, a byte order mark, quotes, spaces and blank lines are understood', async () => {
    const rowsOf = [items.map((item) => `"${item}"`), likes('I').map((answer) => ` ${answer} `)]
    const text = `\uFEFF${rowsOf.map((row) => row.join(';')).join('\r\n')}\r\n\r\n`
    expect((await score(text)).rows).toMatchObject([{ line: '2', top1: 'I' }])
  })

  test('a bad row gets an error and the others go on; line numbers are those of the file', async () => {
    const wrong = likes('R').with(0, '7')
    const word = likes('R').with(1, 'much "fun"')
    const { rows, failures } = await score(
      `${csv(likes('R'), wrong)}\n${word.join(',')}\n1,2,3\n"1,2\n${items.map(() => '').join(',')}\n${likes('S').join(',')}\n`,
    )
    expect(failures).toEqual([])
    expect(rows.map(({ line, top1, error }) => [line, top1, error])).toEqual([
      ['2', 'R', ''],
      ['3', '', 'R1 is 7; answers are whole numbers from 1 to 5'],
      ['5', '', 'a quotation mark is not closed'],
      ['6', '', '3 cells where the header has 48'],
      ['7', '', 'a quotation mark is not closed'],
      ['8', '', 'R: 0 of 8 answered; at least 6 are needed'],
      ['9', 'S', ''],
    ])
  })

  test('a word instead of a number is named', async () => {
    const { rows } = await score(csv(likes('R').with(1, 'much'), likes('R')))
    expect(rows[0]?.error).toBe('R2 is "much", which is not a number')
  })

  test('an empty cell was not asked', async () => {
    const { rows } = await score(csv(likes('R').with(9, '')))
    expect(rows[0]).toMatchObject({ I: '1.0000', top1: 'R', error: '' })
  })

  test('a flat profile has scores and no type', async () => {
    const { rows } = await score(csv(items.map(() => '3')))
    expect(rows[0]).toMatchObject({
      S: '3.0000',
      top1: '',
      top2: '',
      probability: '',
      differentiated: 'false',
      error: '',
    })
  })
})

describe('score refuses, and says what to do', () => {
  test.each([
    ['a file that is not there', undefined, /There is no file .*--in/],
    ['an empty file', '', /is empty\. Its first line must name the columns: R\d/],
    ['a header alone', `${items.join(',')}\n`, /has a header but no rows/],
    ['a file without a header', `${likes('R').join(',')}\n`, /does not name: .*R1/],
    ['a header that lacks an item', `${items.slice(1).join(',')}\n1\n`, /line 1 does not name: R1\./],
    ['an item twice', `${[...items, 'R1'].join(',')}\n`, /columns R1 stand twice/],
    ['a file in UTF-16', Buffer.from(`\uFEFF${items.join(',')}\n`, 'utf16le'), /CSV UTF-8/],
    ['only bad rows', csv(['1']), /No row could be scored.*1 with an error/],
  ])('%s', async (_, text, message) => {
    expect((await score(text)).failures).toEqual([expect.stringMatching(message)])
  })

  test('an unknown survey, naming the known', async () => {
    const { failures } = await score(csv(likes('R')), 'full', ['--instrument', '../secret'])
    expect(failures).toEqual([expect.stringMatching(/no survey "\.\.\/secret"\. Known are: .*riasec/)])
  })

  test('to overwrite its input, and a folder that is not there', async () => {
    const same = await score(csv(likes('R')), 'full', ['--out', join(folder, 'answers.csv')])
    expect(same.failures).toEqual([expect.stringContaining('same file')])
    expect(readFileSync(join(folder, 'answers.csv'), 'utf8')).toBe(csv(likes('R')))
    const nowhere = await score(csv(likes('R')), 'full', ['--out', join(folder, 'none', 'scores.csv')])
    expect(nowhere.failures).toEqual([expect.stringContaining('There is no folder')])
  })
})
