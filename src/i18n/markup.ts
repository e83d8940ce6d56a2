const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const named: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' }

/** Makes foreign text safe inside Telegram's HTML, in text and in attributes. */
export function escapeHtml(text: string): string {
  return /[&<>"]/.test(text) ? text.replace(/[&<>"]/g, (sign) => escapes[sign] ?? sign) : text
}

/** The text a reader sees: tags dropped, entities turned back into their signs. */
export function stripHtml(html: string): string {
  if (!/[<&]/.test(html)) return html
  return html.replace(/<[^<>]*>/g, '').replace(/&(?:amp|lt|gt|quot|#\d{1,7}|#x[\da-f]{1,6});/gi, readEntity)
}

/** The sign an entity stands for; what is no entity of Telegram's HTML is returned as it is. */
export function readEntity(entity: string): string {
  const known = named[entity.toLowerCase()]
  if (known !== undefined) return known
  const hex = /^&#x([\da-f]+);$/i.exec(entity)?.[1]
  const decimal = /^&#(\d+);$/.exec(entity)?.[1]
  const code = hex !== undefined ? Number.parseInt(hex, 16) : Number(decimal)
  return Number.isInteger(code) && code <= 0x10ffff ? String.fromCodePoint(code) : entity
}

const allowedTags = ['b', 'i', 'u', 's', 'code', 'blockquote', 'a']

/** What is wrong with the markup of a locale string, or undefined: only Telegram's plain tags, balanced, no bare signs. */
export function brokenMarkup(html: string): string | undefined {
  const open: string[] = []
  for (const [tag, slash, name, rest] of html.matchAll(/<(\/?)([a-z]*)([^<>]*)>/gi)) {
    if (name === undefined || !allowedTags.includes(name)) return `has the tag ${tag}, which is not allowed`
    if (slash === '/' && open.pop() !== name) return `closes ${tag}, which is not open there`
    if (slash === '/') continue
    if (name === 'a' ? !/^ href="[^"<>]+"$/.test(rest ?? '') : rest !== '') return `has wrong attributes in ${tag}`
    open.push(name)
  }
  if (open.length > 0) return `does not close <${open.join('>, <')}>`
  const bare = html.replace(/<\/?[a-z]+[^<>]*>/gi, '').replace(/&(?:amp|lt|gt|quot|#\d+|#x[\da-f]+);/gi, '')
  return /[<>&]/.test(bare) ? 'has a bare <, > or &: write &lt;, &gt; or &amp;' : undefined
}
