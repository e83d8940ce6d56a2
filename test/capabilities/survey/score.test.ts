import { linkSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { parse } from 'csv-parse/sync'
import { afterAll, describe, expect, test } from 'vitest'
import { scoreAnswers } from '../../../flows/survey/scoring.ts'
import { readInstruments } from '../../../src/capabilities/survey/instruments.ts'
import { addScore } from '../../../src/capabilities/survey/score.ts'

const folder = mkdtempSync(join(tmpdir(), 'score-'))
afterAll(() => rmSync(folder, { recursive: true }))

const [riasec] = await readInstruments(new URL('../../../flows/survey/instruments/', import.meta.url))
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
  return scoreFile(from, to, form, more)
}

async function scoreFile(from: string, to: string, form = 'full', more: string[] = []): Promise<Outcome> {
  const outcome: Outcome = { written: [], failures: [], rows: [] }
  const program = new Command().exitOverride()
  addScore(program, {
    root: new URL('../../../', import.meta.url),
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

  test('says of a row what the bot says: whoever leads in their own answers is first', async () => {
    const { forms } = riasec
    const given = (id: string) => (id.startsWith('R') ? 5 : id.startsWith('I') ? 4 : id.startsWith('E') ? 3 : 2)
    const answers = Object.fromEntries(forms.quick.map((id) => [id, given(id)]))
    const told = scoreAnswers(riasec, answers, 'quick')
    const { rows } = await score(csv(items.map((id) => (id in answers ? String(given(id)) : ''))), 'quick')
    expect(rows[0]).toMatchObject({ R: '5.0000', I: '4.0000', S: '2.0000', E: '3.0000' })
    expect([rows[0]?.top1, rows[0]?.top2]).toEqual(['R', 'I'])
    expect([rows[0]?.top1, rows[0]?.top2]).toEqual(told.ranking.slice(0, 2).map(({ scale }) => scale))
    expect(rows[0]?.probability).toBe(told.ranking[0]?.probability.toFixed(4))
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

  test('a line break in a quoted cell loses nobody, and line numbers are those of the file', async () => {
    const rowsOf = [
      [...items, 'age', 'why'],
      [...likes('R'), '17', '"because\r\n\r\nof ""him"""'],
      [...likes('S'), '16', '""'],
      [...likes('A').with(0, '9'), '16', '"one\ntwo"'],
      [...likes('E'), '15', 'x'],
    ]
    const { rows, written } = await score(`${rowsOf.map((row) => row.join(';')).join('\r\n')}\r\n`)
    expect(rows.map(({ line, top1, error }) => [line, top1, error])).toEqual([
      ['2', 'R', ''],
      ['5', 'S', ''],
      ['6', '', 'R1 is 9; answers are whole numbers from 1 to 5'],
      ['8', 'E', ''],
    ])
    expect(written[0]).toBe('Ignored columns: age, why.')
  })

  test('a line break in the name of a column is one column', async () => {
    const text = `${[...items, '"why\n(if you like)"'].join(',')}\n${[...likes('C'), '""'].join(',')}\n`
    expect((await score(text)).rows).toMatchObject([{ line: '3', top1: 'C' }])
  })

  test.each(['sep=;', '"sep=;"', '\uFEFFsep=;', 'SEP=;;;;;'])('a first line %s tells the delimiter', async (first) => {
    const text = `${first}\r\n${[items, likes('I')].map((row) => row.join(';')).join('\r\n')}\r\n`
    expect((await score(text)).rows).toMatchObject([{ line: '3', top1: 'I' }])
  })

  test('a quotation mark that is never closed costs its own line, and none of those with quoted line breaks', async () => {
    const told = (scale: string, why: string) => [...likes(scale), why].join(',')
    const lines = [
      [...items, 'why'].join(','),
      told('R', '"never closed'),
      told('I', '"over\ntwo lines"'),
      told('A', '"never closed either'),
      told('S', 'x'),
    ]
    const { rows } = await score(`${lines.join('\n')}\n`)
    expect(rows.map(({ line, top1, error }) => [line, top1, error])).toEqual([
      ['2', '', 'a quotation mark is not closed'],
      ['3', 'I', ''],
      ['5', '', 'a quotation mark is not closed'],
      ['6', 'S', ''],
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

describe('score writes over nothing', () => {
  const answers = join(folder, 'answers.csv')
  const text = csv(likes('R'))

  test.each([
    ['a symbolic link to the answers', (path: string) => symlinkSync(answers, path)],
    ['a hard link to the answers', (path: string) => linkSync(answers, path)],
  ])('%s', async (_, make) => {
    writeFileSync(answers, text)
    const link = join(mkdtempSync(join(folder, 'link-')), 'scores.csv')
    make(link)
    const { failures } = await scoreFile(answers, link)
    expect(failures).toEqual([expect.stringContaining('same file')])
    expect(readFileSync(answers, 'utf8')).toBe(text)
  })

  test('another spelling of the answers', async () => {
    writeFileSync(answers, text)
    const inner = mkdtempSync(join(folder, 'inner-'))
    const { failures } = await scoreFile(answers, `${inner}/../answers.csv`)
    expect(failures).toEqual([expect.stringContaining('same file')])
    expect(readFileSync(answers, 'utf8')).toBe(text)
  })

  test('a file of something else', async () => {
    writeFileSync(answers, text)
    const foreign = join(folder, 'letter.txt')
    writeFileSync(foreign, 'Dear reader')
    expect((await scoreFile(answers, foreign)).failures).toEqual([expect.stringContaining('holds no scores')])
    expect(readFileSync(foreign, 'utf8')).toBe('Dear reader')
  })

  test('but scores of before, with a word, and leaves nothing half done', async () => {
    const own = mkdtempSync(join(folder, 'own-'))
    const to = join(own, 'scores.csv')
    writeFileSync(answers, text)
    expect((await scoreFile(answers, to)).written).toEqual([expect.stringContaining('1 rows scored')])
    const again = await scoreFile(answers, to)
    expect(again.written).toEqual([expect.stringContaining('are replaced'), expect.stringContaining('1 rows scored')])
    expect(readdirSync(own)).toEqual(['scores.csv'])
    expect(statSync(to).mode & 0o077).toBe(0)
  })

  test('and scores of before stay when there is nothing to write', async () => {
    const to = join(mkdtempSync(join(folder, 'whole-')), 'scores.csv')
    writeFileSync(answers, text)
    await scoreFile(answers, to)
    const before = readFileSync(to, 'utf8')
    writeFileSync(answers, `${items.join(',')}\n`)
    expect((await scoreFile(answers, to)).failures).toEqual([expect.stringContaining('has a header but no rows')])
    expect(readFileSync(to, 'utf8')).toBe(before)
  })
})
