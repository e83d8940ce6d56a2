import { z } from 'zod'
import type { Called } from '../kit/flow.ts'

/** What is answered with a word. */
export const talks = ['greeting', 'thanks', 'wellbeing', 'bye', 'okay'] as const

/** What is answered with what there is today. */
export const answers = ['study', 'subjects'] as const

/** What a text said that is no search: it is answered with a word, or with what there is today. */
export const Talk = z.object({ talk: z.enum([...talks, ...answers]) })
export type Talk = z.infer<typeof Talk>

export const called: Readonly<Record<Talk['talk'], Called>> = {
  greeting: talk('greeting'),
  thanks: talk('thanks'),
  wellbeing: talk('wellbeing'),
  bye: talk('bye'),
  okay: talk('okay'),
  study: answer('study'),
  subjects: { ...answer('subjects'), alone: true },
}

function talk(name: Talk['talk']): Called {
  return { input: { talk: name } satisfies Talk, alone: true }
}

function answer(name: (typeof answers)[number]): Called {
  return { input: { talk: name } satisfies Talk, label: { key: `search:${name}.label` } }
}
