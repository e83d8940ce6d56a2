import { readFileSync } from 'node:fs'

/** The rows of a table beside the tests: cells between tabs, lines with # are no rows. */
export function rowsOf(name: string): string[][] {
  return readFileSync(new URL(name, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split('\t'))
}
