import { QuoteType, Tokenizer } from 'htmlparser2'

/** What a page of HTML links to, and what its scripts of linked data hold. */
export type PageMarks = { readonly links: readonly string[]; readonly scripts: readonly string[] }

/** A page with more of either has no use of them. */
const most = 5_000

/**
 * Reads a page by its tokens alone: a tree of a page that is broken on purpose takes a time that grows with its square.
 */
export function marksOf(page: string): PageMarks {
  const links: string[] = []
  const scripts: string[] = []
  let element = ''
  let attribute = ''
  let value: string[] = []
  let type = ''
  let script: string[] | undefined
  const wanted = () => (element === 'a' && attribute === 'href') || (element === 'script' && attribute === 'type')
  const tokens = new Tokenizer(
    { decodeEntities: true },
    {
      ontext: (start, end) => void script?.push(page.slice(start, end)),
      ontextentity: (codePoint) => void script?.push(String.fromCodePoint(codePoint)),
      onopentagname(start, end) {
        element = page.slice(start, Math.min(end, start + 20)).toLowerCase()
        type = ''
      },
      onattribname(start, end) {
        attribute = page.slice(start, Math.min(end, start + 20)).toLowerCase()
        value = []
      },
      onattribdata: (start, end) => void (wanted() && value.push(page.slice(start, end))),
      onattribentity: (codePoint) => void (wanted() && value.push(String.fromCodePoint(codePoint))),
      onattribend(quote) {
        if (quote === QuoteType.NoValue || !wanted()) return
        if (element === 'script') type = value.join('').trim().toLowerCase()
        else if (links.length < most) links.push(value.join('').trim())
      },
      onopentagend() {
        if (element === 'script' && /^application\/(?:\w+\+)?ld\+json\b/.test(type)) script = []
      },
      onclosetag(start, end) {
        if (script === undefined || page.slice(start, end).toLowerCase() !== 'script') return
        if (scripts.length < most) scripts.push(script.join(''))
        script = undefined
      },
      ...{ oncdata: nothing, oncomment: nothing, ondeclaration: nothing, onend: nothing },
      ...{ onprocessinginstruction: nothing, onselfclosingtag: nothing },
    },
  )
  tokens.write(page)
  tokens.end()
  return { links, scripts }
}

function nothing() {}

/** The entities that stand in JSON which was made harmless for a page. */
const entities: Readonly<Record<string, string>> = { quot: '"', amp: '&', lt: '<', gt: '>', apos: "'", nbsp: '\u00a0' }

/** A text with those entities of HTML read that somebody makes of the signs of JSON. */
export function withoutEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,4}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return entities[String(name).toLowerCase()] ?? whole
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal)
    return code <= 0x10_ff_ff ? String.fromCodePoint(code) : whole
  })
}
