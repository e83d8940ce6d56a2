import { z } from 'zod'
import type { AgeBand } from '../common/person.ts'
import type { Source } from '../vacancies/law/rules.ts'

/** The papers an employer may ask for (Labour Code, art. 32); no others. */
export const papers = ['birth', 'identity', 'education', 'work', 'medical'] as const
export const Paper = z.enum(papers)
export type Paper = z.infer<typeof Paper>

/** The papers for an age: under 16 a birth certificate stands in the place of an identity card. */
export function papersFor(band: AgeBand): readonly Paper[] {
  const instead = band === '14-15' || band === '12-13' ? 'identity' : 'birth'
  return papers.filter((paper) => paper !== instead)
}

/** Articles of the Labour Code in the wording that was read. */
export function labourCode(...articles: string[]): Source {
  return { law: 'labourCode', articles, edition: '01.07.2021', checked: '2026-11' }
}

/** What the children's rights committee of the ministry asks for. */
export const committee: Source = { law: 'committee', articles: [], edition: '06.2025', checked: '2026-11' }
