import { foldText } from '../common/letters.ts'
import type { Pay, Vacancy } from './vacancy.ts'

/** Words that make no difference between two vacancies. */
export type IdentityWords = { readonly legalForms: readonly string[]; readonly callings: readonly string[] }

/** What is kept of a vacancy besides where it was seen. */
export type VacancyBody = Omit<Vacancy, 'seen'>

/** In one spelling, what makes a vacancy the same wherever it stands and under whatever number. */
export type IdentityOf = (vacancy: VacancyBody) => string

/** How much of a description tells two vacancies apart that name no employer, in signs. */
const tellingText = 300

/**
 * Makes the reader of identities: title, employer and place, without legal forms and callings. Where no employer is
 * named, contact, pay and the beginning of the text must be the same too.
 */
export function createIdentityOf({ legalForms, callings }: IdentityWords): IdentityOf {
  const employerOf = createEmployerOf({ legalForms })
  const withoutCallings = withoutPhrases(callings)
  return (vacancy) => {
    const { title, employer, region, town, contact, pay, description } = vacancy
    const who = employer === null ? '' : employerOf(employer)
    const text = foldText(description.slice(0, tellingText))
    const others = who === '' ? [contact?.phone ?? contact?.mail ?? contact?.telegram, pay && payKey(pay), text] : []
    const place = town === null ? region : foldText(town)
    return [withoutCallings(foldText(title)), who, place, ...others].map((part) => part ?? '').join('|')
  }
}

/** Makes the reader of names of employers: in one spelling, without legal forms, as identities have them. */
export function createEmployerOf({ legalForms }: Pick<IdentityWords, 'legalForms'>): (name: string) => string {
  const withoutForms = withoutPhrases(legalForms)
  return (name) => withoutForms(foldText(name))
}

/** The text without the phrases; the text itself where nothing else is in it. */
function withoutPhrases(phrases: readonly string[]): (folded: string) => string {
  const longestFirst = phrases.map(foldText).sort((a, b) => b.length - a.length)
  return (folded) => {
    let rest = ` ${folded} `
    for (const phrase of longestFirst) rest = rest.replaceAll(` ${phrase} `, ' ')
    return rest.trim() || folded
  }
}

function payKey({ min, max, currency, period }: Pay): string {
  return [min, max, currency, period].join(' ')
}

/**
 * A vacancy as it is kept, with what was seen of it once more. What the newer one says counts where it says something;
 * it was published when it first was, and stands as long as the longer of the two says.
 */
export function mergeVacancies(kept: VacancyBody, fresh: VacancyBody): VacancyBody {
  const said = Object.fromEntries(Object.entries(fresh).filter(([, value]) => value !== null && value !== ''))
  return {
    ...kept,
    ...said,
    professions: fresh.professions.length > 0 ? fresh.professions : kept.professions,
    publishedAt: Math.min(kept.publishedAt, fresh.publishedAt),
    validThrough: Math.max(kept.validThrough, fresh.validThrough),
  }
}

/** Whether a change is one that people who were told before want to hear of: it pays more. */
export function paysMore(before: Pay | null, after: Pay | null): boolean {
  if (after === null || after.period === 'piece') return false
  if (before === null) return false
  const isComparable = before.currency === after.currency && before.period === after.period && before.tax === after.tax
  return isComparable && leastOf(after) > leastOf(before) && mostOf(after) >= mostOf(before)
}

function leastOf({ min, max }: Pay): number {
  return min ?? max ?? 0
}

function mostOf({ min, max }: Pay): number {
  return max ?? min ?? 0
}
