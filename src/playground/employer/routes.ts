import type { Context, Hono } from 'hono'
import { type Language, languages } from '../../../flows/kit/words.ts'
import type { Clock } from '../../base/clock.ts'
import { OfferForm } from './offer.ts'
import { isOpen, type Offers } from './offers.ts'
import { addressOf, gonePage, listPage, offerPage } from './pages.ts'
import type { PageWords } from './words.ts'

/** Offers on one page of the list. */
const onPage = 20

export type Employer = {
  readonly offers: Offers
  readonly words: ReadonlyMap<Language, PageWords>
  readonly clock: Clock
  /** Called after each change. */
  changed(): void
}

/**
 * The employer's own site, as far as a program that looks for vacancies can tell: a list, pages with JobPostings, rules
 * for robots. And what the playground's page does with it.
 */
export function serveEmployer(app: Hono, employer: Employer): void {
  const { offers } = employer
  app.get('/robots.txt', (context) => context.text('User-agent: *\nAllow: /employer/vacancies\nDisallow: /\n'))
  app.get('/employer/vacancies', (context) => serveList(employer, context))
  app.get('/employer/vacancies/:id', (context) => serveOffer(employer, context))
  app.post('/employer/vacancies', async (context) => {
    const { id } = await offers.publish(OfferForm.parse(await context.req.json()))
    employer.changed()
    return context.json({ id })
  })
  const acts = { raise: offers.raise, close: offers.close, repeat: offers.repeat }
  for (const [act, run] of Object.entries(acts)) {
    app.post(`/employer/vacancies/:id/${act}`, async (context) => {
      const { id } = await run(context.req.param('id'))
      employer.changed()
      return context.json({ id })
    })
  }
}

/** The offers as the playground's page lists them: what it shows, and which of them still stand. */
export function viewOfOffers({ offers, clock }: Pick<Employer, 'offers' | 'clock'>) {
  const now = clock.now()
  return offers.all().map((offer) => {
    const { id, title, payFrom, payTo } = offer
    return { id, title, payFrom, payTo, isOpen: isOpen(offer, now), url: addressOf(offer) }
  })
}

function serveList({ offers, words, clock }: Employer, context: Context) {
  const number = Number(context.req.query('page') ?? 1)
  const from = Number.isSafeInteger(number) && number >= 1 ? (number - 1) * onPage : 0
  // What was closed stays in the list: a program that knows its page looks at it once more, and finds it gone.
  const listed = offers.all().filter((offer) => offer.isClosed || isOpen(offer, clock.now()))
  const shown = listed.slice(from, from + onPage)
  return context.html(listPage(shown, words, shown[0]?.language ?? languages[0]))
}

function serveOffer({ offers, words, clock }: Employer, context: Context) {
  const offer = offers.find(context.req.param('id') ?? '')
  const language = offer?.language ?? languages[0]
  const said = words.get(language)
  if (said === undefined) throw new Error(`There are no words in ${language}`)
  if (offer === undefined) return context.html(gonePage(said, language), 404)
  return isOpen(offer, clock.now()) ? context.html(offerPage(offer, said)) : context.html(gonePage(said, language), 410)
}
