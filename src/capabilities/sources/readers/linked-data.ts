import { z } from 'zod'
import { isPosting } from '../../vacancies/files/posting.ts'
import { withoutEntities } from './marks.ts'

/** A JobPosting as it stood in a page. */
export type Posting = Readonly<Record<string, unknown>>

const Thing = z.record(z.string(), z.unknown())

/** Where things stand within other things. */
const places = ['@graph', 'itemListElement', 'item', 'mainEntity', 'hasPart']
const deepest = 8
const most = 1_000
/** A longer script is no vacancy that is worth mending. */
const mostMended = 300_000

/** The JobPostings in the scripts of a page, and how many scripts cannot be read: one that is broken hurts no other. */
export function postingsIn(scripts: readonly string[]): { readonly postings: Posting[]; readonly broken: number } {
  const postings: Posting[] = []
  let broken = 0
  for (const script of scripts) {
    const value = readJson(script)
    if (value === undefined) broken++
    else collect(value, postings)
  }
  return { postings, broken }
}

function collect(value: unknown, postings: Posting[], depth = 0): void {
  if (depth > deepest || postings.length >= most) return
  if (Array.isArray(value)) {
    for (const one of value) collect(one, postings, depth + 1)
    return
  }
  const thing = Thing.safeParse(value).data
  if (thing === undefined) return
  if (isPosting(thing)) postings.push(thing)
  else for (const place of places) if (place in thing) collect(thing[place], postings, depth + 1)
}

/** JSON as pages have it: in comments or CDATA, with the entities of HTML, with line breaks within texts. */
function readJson(script: string): unknown {
  const bare = unwrapped(script)
  const ways = [() => script, () => bare, () => mended(bare), () => mended(withoutEntities(bare))]
  for (const way of script.length > mostMended ? ways.slice(0, 2) : ways) {
    try {
      return JSON.parse(way())
    } catch {
      // The next way of reading it.
    }
  }
  return undefined
}

/** Without what stood around scripts in old pages. */
function unwrapped(script: string): string {
  return script
    .trim()
    .replace(/^(?:\/\/|\/\*)?\s{0,9}(?:<!--|<!\[CDATA\[)\s{0,9}(?:\*\/)?/, '')
    .replace(/(?:\/\/|\/\*)?\s{0,9}(?:-->|\]\]>)\s{0,9}(?:\*\/)?$/, '')
    .trim()
    .replace(/;$/, '')
}

/** Control signs within texts are escaped, commas before a closing bracket are left out. */
function mended(json: string): string {
  const parts: string[] = []
  let isText = false
  let comma = -1
  for (let index = 0; index < json.length; index++) {
    const sign = json.charAt(index)
    if (isText && sign === '\\') {
      parts.push(sign, json.charAt(++index))
      continue
    }
    if (sign === '"') isText = !isText
    if (!isText && (sign === '}' || sign === ']') && comma >= 0) parts[comma] = ''
    if (!isText && sign === ',') comma = parts.length
    else if (isText || !/\s/.test(sign)) comma = -1
    parts.push(isText && sign < ' ' ? JSON.stringify(sign).slice(1, -1) : sign)
  }
  return parts.join('')
}
