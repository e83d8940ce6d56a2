import { badRequest } from './errors.ts'
import type { Entity, FormattedText } from './wire.ts'

/**
 * Reads Telegram's HTML mode. Offsets of the result are UTF-16 units; offsets in refusals are UTF-8 bytes.
 * Throws 400 "can't parse entities: …" in Telegram's words. Text is not trimmed here.
 */
export function parseHtml(source: string): FormattedText {
  const reader: Reader = { source, at: 0, text: '', entities: [], open: [] }
  while (reader.at < source.length) readNext(reader)
  const unclosed = reader.open.at(-1)
  if (unclosed) throw refuse(`Can't find end tag corresponding to start tag "${unclosed.tag}"`)
  return { text: reader.text, entities: reader.entities.sort(byPlace) }
}

type OpenTag = {
  readonly tag: string
  readonly argument: string
  readonly offset: number
}

type Reader = {
  readonly source: string
  at: number
  text: string
  readonly entities: Entity[]
  readonly open: OpenTag[]
}

const entityTypes: Record<string, string> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  code: 'code',
  pre: 'pre',
  a: 'text_link',
  'tg-spoiler': 'spoiler',
  span: 'spoiler',
  blockquote: 'blockquote',
}
const namedCharacters: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' }
const space = /\s/

function readNext(reader: Reader): void {
  const character = reader.source.charAt(reader.at)
  if (character === '<') {
    if (reader.source[reader.at + 1] === '/') readEndTag(reader)
    else readStartTag(reader)
    return
  }
  const decoded = character === '&' ? decodeCharacter(reader.source, reader.at) : undefined
  reader.text += decoded?.text ?? character
  reader.at = decoded?.end ?? reader.at + 1
}

/** `&lt;`, `&#1178;`, `&#x49a;`; anything else stays as it is written, as Telegram leaves it. */
function decodeCharacter(source: string, at: number): { text: string; end: number } | undefined {
  const match = /^&(?:#(\d{1,8})|#[xX]([0-9a-fA-F]{1,7})|([a-zA-Z]+));?/.exec(source.slice(at, at + 12))
  if (!match) return undefined
  const text = match[3] ? namedCharacters[match[3]] : numericCharacter(match[1], match[2])
  return text === undefined ? undefined : { text, end: at + match[0].length }
}

function numericCharacter(decimal?: string, hexadecimal?: string): string | undefined {
  const code = decimal ? Number.parseInt(decimal, 10) : Number.parseInt(hexadecimal ?? '', 16)
  const isSurrogate = code >= 0xd800 && code <= 0xdfff
  return code > 0 && code < 0x10ffff && !isSurrogate ? String.fromCodePoint(code) : undefined
}

function readStartTag(reader: Reader): void {
  const begin = reader.at
  const nameEnd = skipWhile(reader.source, begin + 1, (character) => !space.test(character) && character !== '>')
  if (nameEnd >= reader.source.length) throw refuseAt(reader, 'Unclosed start tag', begin)
  const tag = reader.source.slice(begin + 1, nameEnd).toLowerCase()
  if (!Object.hasOwn(entityTypes, tag)) throw refuseAt(reader, `Unsupported start tag "${tag}"`, begin)
  reader.at = nameEnd
  const argument = readAttributes(reader, tag, begin)
  if (tag === 'span' && argument !== 'tg-spoiler') {
    throw refuseAt(reader, 'Tag "span" must have class "tg-spoiler"', begin)
  }
  reader.open.push({ tag, argument, offset: reader.text.length })
}

function readAttributes(reader: Reader, tag: string, begin: number): string {
  let argument = ''
  for (;;) {
    skipSpaces(reader)
    if (reader.at >= reader.source.length) throw refuseAt(reader, 'Unclosed start tag', begin)
    if (reader.source[reader.at] === '>') break
    const name = readAttributeName(reader, tag, begin)
    const value = readAttributeValue(reader, begin)
    argument = meaningOf(tag, name, value) ?? argument
  }
  reader.at += 1
  return argument
}

function readAttributeName(reader: Reader, tag: string, begin: number): string {
  const end = skipWhile(reader.source, reader.at, (character) => !/[\s=>/"']/.test(character))
  const name = reader.source.slice(reader.at, end)
  if (name === '') throw refuseAt(reader, `Empty attribute name in the tag "${tag}"`, begin)
  reader.at = end
  skipSpaces(reader)
  return name
}

function readAttributeValue(reader: Reader, begin: number): string {
  if (reader.source[reader.at] !== '=') return ''
  reader.at += 1
  skipSpaces(reader)
  const quote = reader.source[reader.at]
  return quote === '"' || quote === "'" ? readQuoted(reader, quote, begin) : readToken(reader)
}

function readQuoted(reader: Reader, quote: string, begin: number): string {
  const end = reader.source.indexOf(quote, reader.at + 1)
  if (end < 0) throw refuseAt(reader, 'Unclosed start tag', begin)
  const raw = reader.source.slice(reader.at + 1, end)
  reader.at = end + 1
  return raw.replace(/&[^&]*/g, (piece) => {
    const decoded = decodeCharacter(piece, 0)
    return decoded ? decoded.text + piece.slice(decoded.end) : piece
  })
}

function readToken(reader: Reader): string {
  const begin = reader.at
  reader.at = skipWhile(reader.source, begin, (character) => /[A-Za-z0-9.-]/.test(character))
  const after = reader.source[reader.at]
  if (after !== undefined && after !== '>' && !space.test(after)) {
    throw refuseAt(reader, 'Unexpected end of name token', begin)
  }
  return reader.source.slice(begin, reader.at).toLowerCase()
}

function meaningOf(tag: string, name: string, value: string): string | undefined {
  if (tag === 'a' && name === 'href') return value
  if (tag === 'code' && name === 'class' && value.startsWith('language-')) return value.slice(9)
  if (tag === 'span' && name === 'class') return value
  if (tag === 'blockquote' && name === 'expandable') return 'expandable'
  return undefined
}

function readEndTag(reader: Reader): void {
  const begin = reader.at
  const open = reader.open.pop()
  if (!open) throw refuseAt(reader, 'Unexpected end tag', begin)
  const nameEnd = skipWhile(reader.source, begin + 2, (character) => !space.test(character) && character !== '>')
  const name = reader.source.slice(begin + 2, nameEnd).toLowerCase()
  reader.at = nameEnd
  skipSpaces(reader)
  if (reader.source[reader.at] !== '>') throw refuseAt(reader, 'Unclosed end tag', begin)
  if (name !== '' && name !== open.tag) {
    throw refuse(
      `Unmatched end tag at byte offset ${bytesBefore(reader, begin)}, expected "</${open.tag}>", found "</${name}>"`,
    )
  }
  reader.at += 1
  addEntity(reader, open)
}

function addEntity(reader: Reader, open: OpenTag): void {
  const length = reader.text.length - open.offset
  const type = entityTypes[open.tag]
  if (length === 0 || type === undefined) return
  const place = { offset: open.offset, length }
  if (open.tag === 'a') addLink(reader, open, place)
  else if (open.tag === 'pre') addPre(reader, place)
  else if (open.tag === 'code' && open.argument) reader.entities.push({ type, ...place, language: open.argument })
  else if (open.argument === 'expandable') reader.entities.push({ type: 'expandable_blockquote', ...place })
  else reader.entities.push({ type, ...place })
}

/** A link with no usable address is shown as plain text, as Telegram does. */
function addLink(reader: Reader, open: OpenTag, place: { offset: number; length: number }): void {
  const url = checkedLink(open.argument || reader.text.slice(open.offset))
  if (url) reader.entities.push({ type: 'text_link', ...place, url })
}

/** `<pre><code class="language-…">` is one entity: the language moves from the inner tag to the outer. */
function addPre(reader: Reader, place: { offset: number; length: number }): void {
  const inner = reader.entities.at(-1)
  const isSame = inner?.type === 'code' && inner.offset === place.offset && inner.length === place.length
  if (isSame && inner.language) {
    reader.entities.pop()
    reader.entities.push({ type: 'pre', ...place, language: inner.language })
  } else reader.entities.push({ type: 'pre', ...place })
}

/** The full address of a link, or undefined when Telegram would not make it a link. */
export function checkedLink(address: string): string | undefined {
  const full = /^[a-z][a-z0-9+.-]*:/i.test(address) ? address : `http://${address}`
  try {
    const { protocol, hostname, href } = new URL(full)
    if (protocol === 'tg:' || protocol === 'mailto:' || protocol === 'tel:') return address
    if (protocol !== 'http:' && protocol !== 'https:') return undefined
    return hostname.includes('.') || hostname === 'localhost' ? href : undefined
  } catch {
    return undefined
  }
}

function byPlace(left: Entity, right: Entity): number {
  return left.offset - right.offset || right.length - left.length
}

function skipWhile(source: string, from: number, test: (character: string) => boolean): number {
  let at = from
  while (at < source.length && test(source.charAt(at))) at += 1
  return at
}

function skipSpaces(reader: Reader): void {
  reader.at = skipWhile(reader.source, reader.at, (character) => space.test(character))
}

function bytesBefore(reader: Reader, at: number): number {
  return Buffer.byteLength(reader.source.slice(0, at))
}

function refuseAt(reader: Reader, reason: string, at: number) {
  return refuse(`${reason} at byte offset ${bytesBefore(reader, at)}`)
}

function refuse(reason: string) {
  return badRequest(`can't parse entities: ${reason}`)
}
