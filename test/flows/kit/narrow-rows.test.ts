import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/**
 * Letters that stay readable on a button of a phone 390 points wide, by how many stand in its row. Answers the person
 * chooses among (regions) may be cut at their end: they are told apart by their beginning.
 */
const room = [40, 20, 12]
const chosenAmong = /облысы|^\d+–\d+ жас$/

/** Rows of buttons as the stories tell them. */
function rowsOf(story: string): string[][] {
  const told = readFileSync(new URL(`../../stories/told/${story}.kk.txt`, import.meta.url), 'utf8')
  return told
    .split('\n')
    .filter((line) => /^\[.*\]$/.test(line))
    .map((line) => line.slice(1, -1).split('] ['))
}

test.each(['survey', 'results', 'onboarding', 'privacy', 'help', 'reminders', 'settings'])(
  'no button of a row with others is cut on a phone in the Kazakh story "%s"',
  (story) => {
    const cut = rowsOf(story)
      .filter((row) => row.length === 2 || row.length === 3)
      .filter((row) => row.some((label) => !chosenAmong.test(label) && [...label].length > (room[row.length - 1] ?? 0)))
    expect(cut).toEqual([])
  },
)
