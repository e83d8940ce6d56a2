import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ApiError } from '../../src/playground/bot-api/errors.ts'
import { parseHtml } from '../../src/playground/bot-api/html.ts'

const good: [source: string, text: string, entities: object[]][] = [
  ['<b>a</b>', 'a', [{ type: 'bold', offset: 0, length: 1 }]],
  ['<STRONG>a</strong>', 'a', [{ type: 'bold', offset: 0, length: 1 }]],
  [
    '<em>a</em><ins>b</ins><del>c</del>',
    'abc',
    [
      { type: 'italic', offset: 0, length: 1 },
      { type: 'underline', offset: 1, length: 1 },
      { type: 'strikethrough', offset: 2, length: 1 },
    ],
  ],
  ['😀<i>я</i>', '😀я', [{ type: 'italic', offset: 2, length: 1 }]],
  [
    '<b>a<i>b</i></b>',
    'ab',
    [
      { type: 'bold', offset: 0, length: 2 },
      { type: 'italic', offset: 1, length: 1 },
    ],
  ],
  [
    '<a href="https://example.org/?a=1&amp;b=2">x</a>',
    'x',
    [{ type: 'text_link', offset: 0, length: 1, url: 'https://example.org/?a=1&b=2' }],
  ],
  ["<a href='example.org'>x</a>", 'x', [{ type: 'text_link', offset: 0, length: 1, url: 'http://example.org/' }]],
  ['<a href="not an address">x</a>', 'x', []],
  ['<pre><code class="language-ts">x</code></pre>', 'x', [{ type: 'pre', offset: 0, length: 1, language: 'ts' }]],
  [
    '<span class="tg-spoiler">x</span><tg-spoiler>y</tg-spoiler>',
    'xy',
    [
      { type: 'spoiler', offset: 0, length: 1 },
      { type: 'spoiler', offset: 1, length: 1 },
    ],
  ],
  [
    '<blockquote>x</blockquote><blockquote expandable>y</blockquote>',
    'xy',
    [
      { type: 'blockquote', offset: 0, length: 1 },
      { type: 'expandable_blockquote', offset: 1, length: 1 },
    ],
  ],
  ['&lt;b&gt; &amp;amp; &quot;', '<b> &amp; "', []],
  ['&#1178;&#x49b;&#128512;', 'Ққ😀', []],
  ['&nbsp; &copy; & &#0; &#xD800;', '&nbsp; &copy; & &#0; &#xD800;', []],
  ['<b></b>', '', []],
  ['a > b', 'a > b', []],
]

const bad: [source: string, description: string][] = [
  ['12345<x>', 'Unsupported start tag "x" at byte offset 5'],
  ['я<br>', 'Unsupported start tag "br" at byte offset 2'],
  ['<constructor>x', 'Unsupported start tag "constructor" at byte offset 0'],
  ['<b>x', 'Can\'t find end tag corresponding to start tag "b"'],
  ['<b><i>x', 'Can\'t find end tag corresponding to start tag "i"'],
  ['ә</b>', 'Unexpected end tag at byte offset 2'],
  ['<b>x</i>', 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'],
  ['<b', 'Unclosed start tag at byte offset 0'],
  ['<b>x</b', 'Unclosed end tag at byte offset 4'],
  ['<a href="x', 'Unclosed start tag at byte offset 0'],
  ['<a href=x/y>z</a>', 'Unexpected end of name token at byte offset 8'],
  ['<a ="x">z</a>', 'Empty attribute name in the tag "a" at byte offset 0'],
  ['<span>x</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'],
  ['2 < 3 and 5', 'Unsupported start tag "" at byte offset 2'],
]

describe('HTML mode', () => {
  test.each(good)('reads %s', (source, text, entities) => {
    expect(parseHtml(source)).toEqual({ text, entities })
  })

  test.each(bad)('refuses %s', (source, description) => {
    expect(() => parseHtml(source)).toThrow(new ApiError(400, `Bad Request: can't parse entities: ${description}`))
  })

  test('gives back the text and the places of any well-formed tree', () => {
    fc.assert(
      fc.property(tree, (pieces) => {
        const { source, text, entities } = write(pieces)
        expect(parseHtml(source)).toEqual({ text, entities })
      }),
    )
  })

  test('answers any text at all with entities inside it, or with a refusal in words of Telegram', () => {
    const snippet = fc.constantFrom(
      '<',
      '>',
      '</',
      'b',
      'a href=',
      '"',
      "'",
      '&',
      '&lt;',
      '&#',
      '=',
      ' ',
      'я',
      '😀',
      '<b>',
      '</b>',
    )
    const source = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(snippet).map((list) => list.join('')),
    )
    fc.assert(
      fc.property(source, (text) => {
        try {
          const parsed = parseHtml(text)
          for (const { offset, length } of parsed.entities) {
            expect(length).toBeGreaterThan(0)
            expect(offset + length).toBeLessThanOrEqual(parsed.text.length)
          }
        } catch (error) {
          expect(error).toBeInstanceOf(ApiError)
          expect(String(error)).toContain("can't parse entities: ")
        }
      }),
      { numRuns: 500 },
    )
  })
})

type Piece = {
  readonly tag: string | null
  readonly text: string
  readonly inside: Piece[]
}

const entityOf: Record<string, string> = { b: 'bold', i: 'italic', u: 'underline', s: 'strikethrough', code: 'code' }

const { tree } = fc.letrec<{ tree: Piece[]; piece: Piece }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small' },
    fc.constant<Piece[]>([]),
    fc.array(tie('piece'), { minLength: 1, maxLength: 4 }),
  ),
  piece: fc.record({
    tag: fc.constantFrom(null, ...Object.keys(entityOf)),
    text: fc.string({
      unit: fc.constantFrom('a', 'қ', '😀', '<', '>', '&', '"', ' ', '\n'),
      minLength: 1,
      maxLength: 6,
    }),
    inside: tie('tree'),
  }),
}))

type Written = {
  source: string
  text: string
  readonly entities: { type: string; offset: number; length: number }[]
}

/** An independent writer of what the parser reads: outer entities come before inner ones, as sorting gives them. */
function write(pieces: Piece[], offset = 0): Written {
  const whole: Written = { source: '', text: '', entities: [] }
  for (const { tag, text, inside } of pieces) {
    const at = offset + whole.text.length
    const inner = write(inside, at + text.length)
    const source = escaped(text) + inner.source
    const type = tag === null ? undefined : entityOf[tag]
    const own = type ? [{ type, offset: at, length: text.length + inner.text.length }] : []
    whole.source += type ? `<${tag}>${source}</${tag}>` : source
    whole.text += text + inner.text
    whole.entities.push(...own, ...inner.entities)
  }
  return whole
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
