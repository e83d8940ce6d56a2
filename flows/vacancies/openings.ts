import { button, go } from '../kit/screen.ts'
import type { VacanciesInput } from './context.ts'

/** To the vacancies of these professions, as many as `openingsOf` found. */
export function openingsButton(professions: readonly string[], number: number) {
  const label = { key: 'vacancies:openings', values: { number } }
  return button(label, go.open('vacancies', { professions } satisfies VacanciesInput))
}
