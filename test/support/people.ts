import { consentVersion, type InvitedRole, newcomer, type Person } from '../../flows/common/person.ts'
import type { Language } from '../../flows/kit/words.ts'

/** Somebody of age who has agreed to the present terms, does not know yet what to do, and has said nothing else. */
export function agreed(language: Language): Person {
  return {
    ...newcomer(language),
    ageBand: '18+',
    plan: 'undecided',
    consent: { version: consentVersion, at: 0, by: 'self' },
  }
}

/** Somebody who was invited, and has agreed to the present terms. */
export function invited(by: InvitedRole): Person {
  return { ...newcomer('kk'), ageBand: '18+', consent: { version: consentVersion, at: 0, by } }
}
