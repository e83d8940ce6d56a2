import { hasConsent, isMentor, isMet, type Person } from '../common/person.ts'

/**
 * Who may use a flow, ask or tell: anyone who writes to the bot; whoever has agreed to the terms, for themselves
 * (`self`), and has answered what onboarding asks (`met`); those who look after others.
 */
export const accesses = ['anyone', 'self', 'met', 'mentor', 'coordinator'] as const
export type Access = (typeof accesses)[number]

/** The one place where rights are decided. */
export function mayUse(access: Access, person: Person): boolean {
  switch (access) {
    case 'anyone':
      return true
    case 'self':
      return hasConsent(person)
    case 'met':
      return isMet(person)
    case 'mentor':
      return hasConsent(person) && isMentor(person)
    case 'coordinator':
      return false
  }
}
