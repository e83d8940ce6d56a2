import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { brokenMarkup, stripHtml } from '../../src/i18n/markup.ts'
import { cutHtml, cutText, visibleLength } from '../../src/telegram/cut.ts'

describe('cutting markup', () => {
  test('leaves alone what fits when the markup is read', () => {
    const html = '<b>a &amp; b</b>'
    expect(visibleLength(html)).toBe(5)
    expect(cutHtml(html, 5)).toBe(html)
  })

  test('ends at a paragraph, a sentence or a word, and closes what is open', () => {
    expect(cutHtml('<b>First.</b>\n\nSecond is longer', 12)).toBe('<b>First.…</b>')
    expect(cutHtml('<i>One two. Three four five</i>', 14)).toBe('<i>One two.…</i>')
    expect(cutHtml('<i>One <b>twothree four</b></i>', 15)).toBe('<i>One <b>twothree…</b></i>')
    expect(cutHtml('aaaaaaaaaaaaaaaa', 5)).toBe('aaaa…')
    expect(cutHtml('&amp;&amp;&amp;&amp;', 3)).toBe('&amp;&amp;…')
  })

  test('keeps the limit and the balance of any text', () => {
    const part = fc.constantFrom('сөз ', 'a. ', '\n\n', '&lt;', '&amp;', '😀', 'ұзынсөз', '&#128512;')
    const html = fc.letrec<{ node: string; some: string }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        part,
        fc
          .tuple(fc.constantFrom('b', 'i', 'u', 'code'), tie('some'))
          .map(([tag, inner]) => `<${tag}>${inner}</${tag}>`),
        tie('some').map((inner) => `<a href="https://x.kz/?a=1&amp;b=2">${inner}</a>`),
      ),
      some: fc.array(tie('node'), { maxLength: 6 }).map((nodes) => nodes.join('')),
    })).some
    fc.assert(
      fc.property(html, fc.integer({ min: 1, max: 40 }), (text, limit) => {
        const cut = cutHtml(text, limit)
        expect(visibleLength(cut)).toBeLessThanOrEqual(limit)
        expect(brokenMarkup(cut)).toBeUndefined()
        expect(stripHtml(text).startsWith(stripHtml(cut).replace(/…$/, ''))).toBe(true)
        expect(Buffer.from(cut).toString()).toBe(cut) // no half of a sign
      }),
    )
  })
})

describe('cutting plain text', () => {
  test('keeps whole signs within the limit', () => {
    expect(cutText('short', 5)).toBe('short')
    expect(cutText('a😀b', 3)).toBe('a…')
    expect(cutText('one two', 5)).toBe('one…')
  })
})
