import { zone } from '../common/regions.ts'
import { type Message, translator } from '../kit/words.ts'
import { listingLines } from '../vacancies/lines.ts'
import type { Reading } from './contract.ts'

const t = translator('offers')

/** An offer as those who look for work will see it: paragraphs. */
export function offerLines(reading: Reading): (Message | Message[])[] {
  const { listing, text } = reading
  return [
    // What the law says and what will be asked about stands apart, for every age.
    listingLines({ ...listing, outcome: 'shown', isHeld: false }),
    factLines(reading),
    ...(text === '' ? [] : [{ key: 'common:value', values: { value: text } }]),
    contactLines(reading),
  ]
}

function factLines(reading: Reading): Message[] {
  const { employment, schedule, weekHours, night, experience, housing } = reading
  return [
    ...(employment === null ? [] : [t('fact.employment', { value: { key: `vacancies:employment.${employment}` } })]),
    ...(schedule === null ? [] : [t('fact.schedule', { value: { key: `vacancies:schedule.${schedule}` } })]),
    ...(weekHours === null ? [] : [t('fact.hours', { number: weekHours })]),
    ...(night === null ? [] : [t(night ? 'fact.night' : 'fact.noNight')]),
    ...(experience === null ? [] : [t('fact.experience', { value: t(`experience.${experience}`) })]),
    ...(housing === null ? [] : [t(housing ? 'fact.housing' : 'fact.noHousing')]),
  ]
}

function contactLines({ contact, link, bin, validThrough }: Reading): Message[] {
  const ways = [contact?.phone, contact?.telegram, contact?.mail, link].flatMap((way) => way ?? [])
  return [
    ...(ways.length === 0 ? [] : [t('fact.contact', { ways })]),
    ...(bin === null ? [] : [t('fact.bin', { bin })]),
    t('fact.until', { day: { moment: validThrough, zone, style: 'date' } }),
  ]
}

/** What the law makes of it at each age, a line each. */
export function lawLines({ laws }: Reading): Message[] {
  return [
    t('law.title'),
    ...laws.map(({ band, outcome }) => t(`law.${outcome}`, { age: { key: `common:age.${band}` } })),
  ]
}

/** What a mentor will ask about. */
export function signLines({ signs }: Reading): Message[] {
  return signs.map(({ kind, words }) => ({ key: `vacancies:scam.${kind}`, values: { words } }))
}
