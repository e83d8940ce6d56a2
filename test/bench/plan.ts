import { answerTo, items } from './instrument.ts'

/** What people do: write something, or press the button at this place of the newest message (links do not count). */
export type Act = { readonly text: string } | { readonly press: number }

export const people = 200
export const firstPerson = 1_000_000

export const names = ['ours', 'bare', 'conversations', 'telegraf'] as const
export type Name = (typeof names)[number]

/** Until the first button of the survey is before the person: not measured. */
export function openingOf(name: Name): readonly Act[] {
  return name === 'ours' ? [{ text: '/start' }, { press: 0 }] : [{ text: '/start' }]
}

/** Begin, 60 answers, and the result after the second look that so quick an answering is met with: 62 presses. */
export const walk: readonly Act[] = [
  { press: 0 },
  ...Array.from({ length: items }, (_, place) => ({ press: answerTo(place) - 1 })),
  { press: 1 },
]

/** Those who get the notices of a broadcast: nobody who walks, and more than any bench waits for. */
export const recipients = { firstId: 2_000_000, people: 3_000 } as const
