import { describe, expect, test } from 'vitest'
import { languages } from '../../../flows/kit/words.ts'
import { understandReminder } from '../../../flows/reminders/phrases/index.ts'
import { judge, now, readLines, zone } from './judge.ts'

describe.each(languages)('lines in %s', (language) => {
  const lines = readLines(new URL(`./lines.${language}.tsv`, import.meta.url))
  const kinds = [...new Set(lines.map(({ kind }) => kind))]

  test('are many', () => expect(lines.length).toBeGreaterThan(250))

  test.each(kinds)('of the kind "%s" are understood, or asked about where nobody can know', (kind) => {
    const ofKind = lines.filter((line) => line.kind === kind)
    expect(ofKind.filter((line) => judge(line, language) !== 'right').map(({ line }) => line)).toEqual([])
  })

  test('by somebody who had not seen the rules are understood, too', () => {
    const unseen = readLines(new URL(`./unseen.${language}.tsv`, import.meta.url))
    expect(unseen.filter((line) => judge(line, language) !== 'right').map(({ line }) => line)).toEqual([])
    expect(unseen).toHaveLength(120)
  })

  test('leave nothing of the time in the title', () => {
    const titles = lines.flatMap(({ line, title }) => {
      const read = understandReminder(line, { now, zone, language })
      return title === undefined || read.type !== 'understood' || read.what === title ? [] : [[title, read.what]]
    })
    expect(titles).toEqual([])
  })
})
