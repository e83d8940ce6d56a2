import { z } from 'zod'
import type { Flow } from '../../flows/kit/flow.ts'
import { type AnyNotice, defineNotice } from '../../flows/kit/notice.ts'
import { button, go, link, screen } from '../../flows/kit/screen.ts'
import { noticeKinds } from '../../src/delivery/kinds.ts'
import { wordsOf } from '../../src/i18n/words.ts'

const Values = z.object({ word: z.string() })

const word = {
  values: Values,
  examples: [{ word: 'Example' }],
  screen: ({ values }: { values: z.infer<typeof Values> }) =>
    screen({ key: 'common:text', values: { text: values.word } }, [
      button({ key: 'common:open' }, go.open('toy', { word: values.word })),
      button({ key: 'common:home' }, go.home),
      link({ key: 'common:page' }, 'https://example.org'),
    ]),
}

/** Kinds of notices made for tests: `toy.plain` and the like. */
const kinds: readonly AnyNotice[] = [
  defineNotice('toy.plain', { ...word, priority: 'reminder' }),
  defineNotice('toy.asking', {
    ...word,
    priority: 'reminder',
    answering: {
      answer: z.object({ at: z.int() }),
      screen: ({ values }) =>
        screen({ key: 'common:text', values: { text: values.word } }, [button({ key: 'common:home' }, go.home)]),
      already: ({ answer }) => ({ key: 'common:text', values: { text: String(answer.at) } }),
      examples: [{ at: 1 }],
    },
  }),
  defineNotice('toy.urgent', { ...word, priority: 'reply' }),
  defineNotice('toy.timed', { ...word, priority: 'reminder', joins: true, evenWhenQuiet: true }),
  defineNotice('toy.alert', { ...word, priority: 'alert', joins: true }),
  defineNotice('toy.digest', { ...word, priority: 'alert', joins: true }),
  defineNotice('toy.nudge', { ...word, priority: 'nudge', joins: true, canBeMuted: true }),
  defineNotice('toy.tip', { ...word, priority: 'nudge', joins: true, canBeMuted: true }),
  defineNotice('toy.broken', {
    ...word,
    priority: 'reminder',
    screen: () => {
      throw new Error('no screen')
    },
  }),
]

// Only the id and the notices of a flow matter to the dispatcher.
export const toyKinds = noticeKinds({ all: [{ id: 'toy', notices: kinds } as unknown as Flow] })

const words = { text: '{{text}}', open: 'Ашу', home: 'Басты бет', page: 'Бет' }
const namespaces = { common: words, muting: { mute: 'Өшіру' } }

/** The words of these kinds, the same in every language. */
export const toyWords = wordsOf({ kk: namespaces, ru: namespaces, en: namespaces })
