import { readEntity } from '../i18n/markup.ts'

const piece = /<(\/?)([a-z]+)(?![a-z])[^<>]*>|&(?:amp|lt|gt|quot|#\d{1,7}|#x[\da-f]{1,6});|[^<&]+|[<&]/gi

/** The length Telegram counts: UTF-16 units after the markup has been read. */
export function visibleLength(html: string): number {
  return html.includes('<') || html.includes('&')
    ? pieces(html).reduce((sum, { shown }) => sum + shown.length, 0)
    : html.length
}

/**
 * Cuts Telegram HTML to `limit` visible characters at the end of a paragraph, a sentence or a word, with «…»,
 * never inside a tag or an entity, all tags closed. What fits is returned as it is.
 */
export function cutHtml(html: string, limit: number): string {
  if (html.length <= limit || visibleLength(html) <= limit) return html
  const all = pieces(html)
  const text = all.map(({ shown }) => shown).join('')
  return `${keep(all, endOf(text, limit - 1))}…`.replace(/((?:<\/[a-z]+>)+)…$/, '…$1')
}

/** Plain text cut to `limit` UTF-16 units, whole signs only. */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text
  return `${wholeSigns(text.slice(0, limit - 1)).trimEnd()}…`
}

type Piece = { readonly source: string; readonly shown: string; readonly opens?: string; readonly closes?: string }

function pieces(html: string): Piece[] {
  return [...html.matchAll(piece)].map(([source, slash, name]): Piece => {
    if (name !== undefined) return { source, shown: '', ...(slash === '/' ? { closes: name } : { opens: name }) }
    return { source, shown: source.length > 1 && source.startsWith('&') ? readEntity(source) : source }
  })
}

/** Where to end within `room` characters: a paragraph or sentence in the last half of it, else a word. */
function endOf(text: string, room: number): number {
  const head = wholeSigns(text.slice(0, room))
  const ends = [
    head.lastIndexOf('\n\n'),
    Math.max(
      ...['. ', '! ', '? ', '.\n', '!\n', '?\n', '\n'].map((end) => head.lastIndexOf(end) + (end === '\n' ? 0 : 1)),
    ),
    Math.max(head.lastIndexOf(' '), head.lastIndexOf('\n')),
  ]
  return ends.find((end) => end > room / 2) ?? head.length
}

function keep(all: readonly Piece[], length: number): string {
  const open: string[] = []
  let kept = ''
  let room = length
  for (const { source, shown, opens, closes } of all) {
    if (room === 0 && closes === undefined) break
    if (opens !== undefined) open.push(opens)
    if (closes !== undefined) open.pop()
    const isText = shown === source
    if (shown.length > room && !isText) break // an entity is kept whole or not at all
    kept += isText ? source.slice(0, room) : source
    room -= Math.min(shown.length, room)
    if (room === 0 && open.length === 0) break
  }
  return (
    kept +
    open
      .reverse()
      .map((name) => `</${name}>`)
      .join('')
  )
}

function wholeSigns(text: string): string {
  const last = text.charCodeAt(text.length - 1)
  return last >= 0xd800 && last <= 0xdbff ? text.slice(0, -1) : text
}
