import { type Message, translator } from '../kit/words.ts'
import type { CardShown } from '../vacancies/contract.ts'
import type { Reading } from './contract.ts'

const t = translator('offers')

/** How the author is reached: what the button of the card opens; nothing where that is not read yet. */
export function contactLines({ contact, links }: Pick<CardShown, 'contact' | 'links'>): Message[] {
  const ways = [contact?.phone, contact?.telegram, contact?.mail, links[0]?.url].flatMap((way) => way ?? [])
  return ways.length === 0 ? [] : [t('fact.contact', { ways })]
}

/** What the law makes of it at each age, a line each. */
export function lawLines({ laws }: Reading): Message[] {
  return [
    t('law.title'),
    ...laws.map(({ band, outcome }) => t(`law.${outcome}`, { age: { key: `common:age.${band}` } })),
  ]
}

/** Signs of a scam, with the words that showed them. */
export function signLines({ signs }: Pick<Reading, 'signs'>): Message[] {
  return signs.map(({ kind, words }) => ({
    key: 'common:bullet',
    values: { text: { key: `vacancies:scam.${kind}`, values: { words } } },
  }))
}
