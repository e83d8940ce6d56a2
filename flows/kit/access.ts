import { hasConsent, isCoordinator, isEmployer, isMentor, isMet, type Person } from '../common/person.ts'

/**
 * Who may use a flow, ask or tell: anyone who writes to the bot; whoever has agreed to the terms (`agreed`) and has
 * answered what onboarding asks (`arrived`), employers among them; the same without employers (`self`, `met`); those who
 * may offer work; those who look after others; those who keep all of it in order.
 */
export const accesses = ['anyone', 'agreed', 'arrived', 'self', 'met', 'employer', 'mentor', 'coordinator'] as const
export type Access = (typeof accesses)[number]

/** The one place where rights are decided. */
export function mayUse(access: Access, person: Person): boolean {
  switch (access) {
    case 'anyone':
      return true
    case 'agreed':
      return hasConsent(person)
    case 'arrived':
      return isMet(person)
    case 'self':
      return hasConsent(person) && !isEmployer(person)
    case 'met':
      return isMet(person) && !isEmployer(person)
    case 'employer':
      return hasConsent(person) && (isEmployer(person) || isMentor(person))
    case 'mentor':
      return hasConsent(person) && isMentor(person)
    case 'coordinator':
      return hasConsent(person) && isCoordinator(person)
  }
}
