import type { RawVacancy } from '../vacancy.ts'

const headHunter = /^(?:https?:\/\/)?(?:[a-z\d-]+\.)*(?:hh|headhunter)\.[a-z]{2,3}(?:[/:?#]|$)/i

/** Whether an address is one of HeadHunter's sites. */
export function isOfHeadHunter(address: string): boolean {
  return headHunter.test(address.trim().slice(0, 300))
}

/**
 * Title, figures and link: HeadHunter's terms allow no more (4.3, 4.6, 3.11, as read on 23.09.2026), whichever way a
 * vacancy of its sites came here.
 */
export function ofHeadHunter(raw: RawVacancy): RawVacancy {
  return { ...raw, description: null, requirements: null, contact: null }
}
