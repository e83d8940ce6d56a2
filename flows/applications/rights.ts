import type { AgeBand } from '../common/person.ts'

/** A card on one's rights: its title and text stand under `rights.<id>.title` and `rights.<words>.text`. */
export type Card = { readonly id: string; readonly words: string; readonly articles: readonly string[] }

/** What to know from the first day on, in the order of the days; working time differs by age. */
export function cardsFor(band: AgeBand): readonly Card[] {
  return [
    card('contract', ['30', '33']),
    card('probation', ['36']),
    hours(band),
    card('rest', ['81', '83']),
    card('pay', ['113']),
    card('fines', ['115']),
    card('leave', ['88']),
    card('trouble', []),
  ]
}

function card(id: string, articles: readonly string[], words = id): Card {
  return { id, words, articles }
}

function hours(band: AgeBand): Card {
  if (band === '18+') return card('hours', ['71 (4)', '108'], 'hoursGrown')
  const young = band === '16-17' ? 'hours1617' : 'hours1415'
  return card('hours', ['69 (1)', '71 (4)', '76 (1)(2)', '77 (3)(2)', '106 (1)'], young)
}
