import { z } from 'zod'
import { defineAsk } from '../kit/contract.ts'
import { exampleWords, Message, value } from '../kit/words.ts'

/**
 * Something that fits a text: words to show, and the flow that opens with it. `kind` says what it is, so that a screen
 * may set one apart.
 */
export const Hit = z.object({
  kind: z.string(),
  label: Message,
  flow: z.string(),
  input: z.unknown().optional(),
  /** Nothing else can be meant: it opens at once. */
  certain: z.boolean().optional(),
})
export type Hit = z.infer<typeof Hit>

/** What a text can mean: hits of all subjects, those that go first before the others. */
export const find = defineAsk('search.find', {
  who: 'self',
  data: z.object({ text: z.string() }),
  reply: z.array(Hit),
  examples: [
    [],
    [
      {
        kind: 'reminder',
        label: { key: 'search:remind' },
        flow: 'reminders',
        input: { text: 'Example' },
        certain: true,
      },
    ],
    [
      { kind: 'reminder', label: { key: 'search:remind' }, flow: 'reminders', input: { text: 'Example' } },
      { kind: 'menu', label: { key: 'help:menu' }, flow: 'help' },
      {
        kind: 'profession',
        label: value(exampleWords),
        flow: 'professions',
        input: { id: 'cook' },
      },
    ],
  ],
})
