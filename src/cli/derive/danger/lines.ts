import type { Language } from '../../../../flows/kit/words.ts'
import type { Case } from './cases.ts'

/** A line to learn from and to measure by. */
export type Line = {
  readonly language: Language
  readonly text: string
  /** `near` is harmless and made to look otherwise. */
  readonly kind: 'danger' | 'sad' | 'harmless' | 'near'
}

const nearMisses: readonly string[] = ['near', 'idiom']

export function lineOf({ language, text, label, about }: Case): Line {
  return { language, text, kind: label === 'harmless' && nearMisses.includes(about) ? 'near' : label }
}
