import { fieldsOfPosting } from '../../vacancies/files/posting.ts'
import type { Posting } from './linked-data.ts'
import { marksOf } from './marks.ts'

/** Cards may show others like them: the one that names the page as its own, else the first. */
export function ofPage(postings: readonly Posting[], url: string): Posting | undefined {
  return postings.find((posting) => plainUrl(fieldsOfPosting(posting).url, url) === url) ?? postings[0]
}

/** Links of a page to cards on the same host, each once, in their order. */
export function linksIn(page: string, base: string, isCard: (path: string) => boolean): string[] {
  const { host } = new URL(base)
  const urls = marksOf(page).links.map((link) => plainUrl(link, base))
  const cards = urls.filter((url) => {
    return url !== undefined && new URL(url).host === host && isOfCard(url, isCard)
  })
  return [...new Set(cards.filter((url) => url !== undefined))]
}

/** Whether an address is one of a card, by its path, with its query or without. */
export function isOfCard(url: string, isCard: (path: string) => boolean): boolean {
  const { pathname, search } = new URL(url)
  return isCard(decoded(pathname)) || isCard(decoded(pathname + search))
}

/** An address without what only tells where one came from. */
function plainUrl(link: string | null | undefined, base: string): string | undefined {
  if (!link || link.length > 2_000 || !URL.canParse(link, base)) return undefined
  const url = new URL(link, base)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined
  url.hash = ''
  for (const name of [...url.searchParams.keys()]) if (/^utm_/i.test(name)) url.searchParams.delete(name)
  return url.href
}

function decoded(path: string): string {
  try {
    return decodeURI(path)
  } catch {
    return path
  }
}

/** A pattern in which `*` stands for anything, at least one sign: no regular expression, which one could make slow. */
export function createGlob(pattern: string): (text: string) => boolean {
  const parts = pattern.split('*')
  const [head = '', ...rest] = parts
  const tail = rest.pop()
  return (text) => {
    if (tail === undefined) return text === head
    if (!text.startsWith(head)) return false
    let at = head.length
    for (const part of rest) {
      const found = text.indexOf(part, at + 1)
      if (found < 0) return false
      at = found + part.length
    }
    return text.length - tail.length > at && text.endsWith(tail)
  }
}
