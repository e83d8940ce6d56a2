import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { parseInstrument } from '../../../flows/survey/instrument.ts'

const folder = new URL('../../../flows/survey/instruments/', import.meta.url)
const report = readFileSync(new URL('riasec.report.md', folder), 'utf8')
const riasec = parseInstrument(parse(readFileSync(new URL('riasec.yaml', folder), 'utf8')))

/** Cells of the rows of the table under a heading, without its head. */
function tableUnder(heading: string): string[][] {
  const [, after = ''] = report.split(`\n## ${heading}`)
  const [section = ''] = after.split('\n## ')
  const lines = section.split('\n').filter((line) => line.startsWith('|'))
  return lines.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
}

const numberIn = (cell = '') => Number(/\d+(\.\d+)?/.exec(cell)?.[0])

describe('the figures of the interest survey, measured on people who had no part in them', () => {
  const aims = tableUnder('What was aimed at')

  test('are given for five aims', () => {
    expect(aims).toHaveLength(5)
  })

  test.each(aims)('%s %s: %s', (_, aim = '', found) => {
    if (aim.startsWith('≥')) expect(numberIn(found)).toBeGreaterThanOrEqual(numberIn(aim))
    else expect(numberIn(found)).toBeLessThanOrEqual(numberIn(aim))
  })

  test.each(tableUnder('The rule'))('%s: of %s who lead by two points %s are named so', (_, people, named) => {
    expect(numberIn(people)).toBeGreaterThan(100)
    expect(numberIn(named)).toBeGreaterThanOrEqual(99.5)
  })

  test('are those of the items that are asked', () => {
    for (const item of riasec.forms.quick) expect(report).toMatch(new RegExp(`Quick items:[^.]*\\b${item}\\b`))
    expect(report).toContain(riasec.source?.answers)
  })
})
