import { isUtf8 } from 'node:buffer'

/** How much of a text tells what it is written in. */
const beginning = 64 * 1024

/**
 * The encoding of a page or feed. What the bytes show counts more than what is said of them: a text in UTF-8 is hardly
 * ever anything else, and what says so wrongly is Windows-1251 here.
 */
export function encodingOf(body: Buffer, contentType = ''): string {
  const begin = body.subarray(0, beginning)
  if (begin[0] === 0xff && begin[1] === 0xfe) return 'utf-16le'
  if (begin[0] === 0xfe && begin[1] === 0xff) return 'utf-16be'
  const told = known(charsetIn(contentType)) ?? known(charsetWithin(begin))
  if (told?.startsWith('utf-16')) return told
  if (isUtf8(body) || isMostlyUtf8(begin)) return 'utf-8'
  return told === undefined || told === 'utf-8' ? 'windows-1251' : told
}

export function decode(body: Buffer, contentType?: string): string {
  return new TextDecoder(encodingOf(body, contentType)).decode(body)
}

function charsetIn(text: string): string | undefined {
  return /charset\s{0,9}=\s{0,9}["']?([\w.:-]{1,40})/i.exec(text)?.[1]
}

/** What a page or an XML says of itself; "utf-16" cannot be true where it could be read. */
function charsetWithin(begin: Buffer): string | undefined {
  const text = begin.subarray(0, 2048).toString('latin1')
  const told = /^\s{0,99}<\?xml[^>]{0,200}encoding=["']([\w.:-]{1,40})/i.exec(text)?.[1] ?? charsetIn(text)
  return told?.toLowerCase().startsWith('utf-16') ? undefined : told
}

function known(label: string | undefined): string | undefined {
  try {
    return label === undefined ? undefined : new TextDecoder(label).encoding
  } catch {
    return undefined
  }
}

/** One letter that broke on its way does not make a text something else. */
function isMostlyUtf8(begin: Buffer): boolean {
  const text = new TextDecoder('utf-8').decode(begin)
  const broken = text.split('\uFFFD').length - 1
  const beyondAscii = text.match(/[\u0080-\uFFFC]/g)?.length ?? 0
  return beyondAscii > broken * 10
}
