import { html, raw } from 'hono/html'
import type { Language } from '../../../flows/kit/words.ts'
import type { Offer } from './offer.ts'
import { employerOf, paragraphsOf, postingOf } from './posting.ts'
import type { PageWords } from './words.ts'

type Page = ReturnType<typeof html>

/** A page with one offer: for people to read, and as a JobPosting for programs. */
export function offerPage(offer: Offer, words: PageWords): Page {
  const say = words.say
  const pay = payOf(offer, words)
  const place = [words.region(offer.region), offer.town].filter((part) => part !== '').join(', ')
  const body = html`<p class="sample">${say('offer.sample')}</p>
      <h1>${offer.title}</h1>
      <p>${employerOf(offer, words)} · ${place}</p>
      ${pay === '' ? '' : html`<p class="pay">${pay}</p>`}
      ${paragraphsOf(offer, words).map((line) => html`<p>${line}</p>`)}
      ${offer.experience === null ? '' : html`<p>${say('offer.experience')}: ${say(`experiences.${offer.experience}`)}</p>`}
      ${offer.contact === '' ? '' : html`<p>${say('offer.contact')}: ${offer.contact}</p>`}
      <p>${say('offer.until')}: <time datetime="${offer.until}">${offer.until.split('-').reverse().join('.')}</time></p>
      <script type="application/ld+json">${raw(forScript(postingOf(offer, words)))}</script>`
  return page(offer.title, offer.language, body)
}

/** A list of offers, each with its page behind it; a changed one has another address, so that it is read anew. */
export function listPage(offers: readonly Offer[], words: ReadonlyMap<Language, PageWords>, language: Language): Page {
  const say = words.get(language)?.say ?? String
  const items = offers.map(
    (offer) =>
      html`<li><a href="${addressOf(offer)}">${offer.title}</a>${offer.isClosed ? ` · ${say('offer.closed')}` : ''}</li>`,
  )
  const body = html`<p class="sample">${say('offer.sample')}</p>
      <h1>${say('offer.list')}</h1>
      ${items.length === 0 ? html`<p>${say('offer.none')}</p>` : html`<ul>${items}</ul>`}`
  return page(say('offer.list'), language, body)
}

/** Where an offer that was closed, or never was there, would stand. */
export function gonePage(words: PageWords, language: Language): Page {
  return page(words.say('offer.gone'), language, html`<h1>${words.say('offer.gone')}</h1>`)
}

/** Where an offer stands on the playground's own server. */
export function addressOf({ id, edition }: Offer): string {
  return `/employer/vacancies/${id}${edition === 0 ? '' : `?edition=${edition}`}`
}

function page(title: string, language: Language, body: Page): Page {
  return html`<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${title}</title>
    <link rel="icon" href="/web/icon.svg" type="image/svg+xml">
    <link rel="stylesheet" href="/web/offer.css">
  </head>
  <body>
    <main>
      ${body}
    </main>
  </body>
</html>
`
}

function payOf({ payFrom, payTo }: Offer, { say }: PageWords): string {
  const sum = (amount: number) => amount.toLocaleString('ru')
  if (payFrom !== null && payTo !== null)
    return payFrom === payTo ? `${sum(payFrom)} ₸` : `${sum(payFrom)}–${sum(payTo)} ₸`
  if (payFrom !== null) return say('offer.payLeast', { sum: sum(payFrom) })
  return payTo === null ? '' : say('offer.payMost', { sum: sum(payTo) })
}

/** JSON that can end no script, whatever stands in it. */
function forScript(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
