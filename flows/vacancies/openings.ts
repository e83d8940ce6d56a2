import { button, go } from '../kit/screen.ts'
import type { VacanciesInput } from './context.ts'

/** To the vacancies of these professions, as many as `openingsOf` found. */
export function openingsButton(professions: readonly string[], number: number) {
  const label = { key: 'vacancies:openings', values: { number } }
  return button(label, go.open('vacancies', { professions } satisfies VacanciesInput))
}

/** To vacancies that are listed elsewhere, under the title of whoever lists them. */
export function listedButton(ids: readonly string[], title: string) {
  const label = { key: 'vacancies:openings', values: { number: ids.length } }
  return button(label, go.open('vacancies', { ids, title } satisfies VacanciesInput))
}
