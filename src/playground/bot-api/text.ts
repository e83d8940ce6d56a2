import { badRequest } from './errors.ts'
import { parseHtml } from './html.ts'
import type { Parameters } from './parameters.ts'
import type { Entity, FormattedText } from './wire.ts'

const longestText = 4096
const longestCaption = 1024

/** Text of a message: 1–4096 UTF-16 units after the markup is parsed away. */
export function readText(parameters: Parameters): FormattedText & { source: string } {
  const source = parameters.text('text') ?? ''
  const formatted = format(source, parameters, 'entities')
  if (formatted.text === '') throw badRequest('message text is empty')
  if (formatted.text.length > longestText) throw badRequest('message is too long')
  return { ...formatted, source }
}

/** Caption: 0–1024 UTF-16 units after the markup is parsed away. */
export function readCaption(parameters: Parameters): FormattedText & { source: string } {
  const source = parameters.text('caption') ?? ''
  const formatted = format(source, parameters, 'caption_entities')
  if (formatted.text.length > longestCaption) throw badRequest('message caption is too long')
  return { ...formatted, source }
}

/** What Telegram makes of a text a person typed: trimmed, with commands, links, mentions and hashtags found. */
export function plainText(source: string): FormattedText {
  return withFoundEntities(trim({ text: clean(source), entities: [] }))
}

function format(source: string, parameters: Parameters, entitiesName: string): FormattedText {
  const mode = parameters.text('parse_mode')
  if (mode !== undefined && mode !== '' && mode.toLowerCase() !== 'html') {
    throw badRequest('unsupported parse_mode')
  }
  const cleaned = clean(source)
  const parsed = mode ? parseHtml(cleaned) : { text: cleaned, entities: givenEntities(parameters, entitiesName) }
  return withFoundEntities(trim(parsed))
}

function givenEntities(parameters: Parameters, name: string): Entity[] {
  const list = parameters.list(name) ?? []
  return list.map((item) => {
    const { type, offset, length } = item as Partial<Entity>
    if (typeof type !== 'string' || !Number.isInteger(offset) || !Number.isInteger(length)) {
      throw badRequest("can't parse MessageEntity: type, offset and length are required")
    }
    return item as Entity // its three required fields were just checked
  })
}

/** Carriage returns disappear and other control characters become spaces, as on Telegram's servers. */
function clean(source: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the purpose
  return /[\u0000-\u0009\u000b-\u001f]/.test(source) ? replaceControls(source) : source
}

function replaceControls(source: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the purpose
  return source.replaceAll('\r', '').replace(/[\u0000-\u0009\u000b-\u001f]/g, ' ')
}

function trim({ text, entities }: FormattedText): FormattedText {
  const start = text.length - text.trimStart().length
  const trimmed = text.trim()
  if (trimmed.length === text.length) return { text, entities }
  return { text: trimmed, entities: entities.flatMap((entity) => cut(entity, start, trimmed.length)) }
}

function cut(entity: Entity, start: number, size: number): Entity[] {
  const from = Math.max(0, entity.offset - start)
  const to = Math.min(size, entity.offset - start + entity.length)
  return to > from ? [{ ...entity, offset: from, length: to - from }] : []
}

const findable: [type: string, pattern: RegExp][] = [
  ['url', /\bhttps?:\/\/[^\s<>"]+[^\s<>".,;:!?)]/g],
  ['bot_command', /(?<![\p{L}\p{N}/_<>])\/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\p{L}\p{N}/])/gu],
  ['mention', /(?<![\p{L}\p{N}/@])@[A-Za-z][A-Za-z0-9_]{3,31}\b/gu],
  ['hashtag', /(?<![\p{L}\p{N}#])#[\p{L}_][\p{L}\p{N}_]*/gu],
]

function withFoundEntities({ text, entities: given }: FormattedText): FormattedText {
  if (!/[/@#]/.test(text)) return { text, entities: given }
  const entities = [...given]
  // Places inside a literal entity: nothing is found there.
  const taken = new Uint8Array(text.length)
  const take = ({ type, offset, length }: Entity) => literal.has(type) && taken.fill(1, offset, offset + length)
  entities.forEach(take)
  for (const [type, pattern] of findable) {
    for (const { index: offset, 0: found } of text.matchAll(pattern)) {
      if (taken.subarray(offset, offset + found.length).includes(1)) continue
      const entity = { type, offset, length: found.length }
      entities.push(entity)
      take(entity)
    }
  }
  return { text, entities: entities.sort((left, right) => left.offset - right.offset) }
}

const literal = new Set(['code', 'pre', 'text_link', 'url', 'mention', 'bot_command'])
