import { type Message, translator } from '../../kit/words.ts'
import type { Judgement } from './judge.ts'
import type { Kind, Source } from './rules.ts'

/** A list a person reads: its head, what is in it. */
export type Section = { readonly head: Message; readonly lines: readonly Message[] }

/**
 * What a person reads of a judgement, by sections: why not; or what to know, what to ask before agreeing, and warnings.
 * Then where it is written, each document once, and once that this is no legal advice.
 */
export function explain({ outcome, reasons }: Judgement): readonly Section[] {
  const shown = outcome === 'barred' ? reasons.filter(({ kind }) => kind === 'barred') : reasons
  if (shown.length === 0) return []
  const sections = heads.map(([kind, head]) => ({
    head: t(`law.common.${head}`),
    lines: shown.filter((reason) => reason.kind === kind).map(({ rule }) => ({ key: rule.words })),
  }))
  const written = { head: t('law.common.sources'), lines: sourcesOf(shown.flatMap(({ rule }) => rule.sources)) }
  return [
    ...sections.filter(({ lines }) => lines.length > 0),
    { ...written, lines: [...written.lines, t('law.common.noAdvice')] },
  ]
}

/** The lines that say where rules are written, with edition and month: one for each document. */
export function sourcesOf(sources: readonly Source[]): Message[] {
  const laws = [...new Set(sources.map(({ law }) => law))]
  return laws.flatMap((law) => {
    const all = sources.filter((source) => source.law === law)
    const [first] = all
    if (first === undefined) return []
    const articles = [...new Set(all.flatMap((source) => source.articles))]
    return [
      t(`law.source.${law}`, {
        ...(articles.length > 0 && { articles: articles.sort(byNumber).map(articleOf) }),
        ...(first.edition !== null && { edition: first.edition }),
        checked: first.checked.split('-').reverse().join('.'),
      }),
    ]
  })
}

const t = translator('vacancies')

const heads: readonly (readonly [Kind, string])[] = [
  ['barred', 'barred'],
  ['condition', 'conditions'],
  ['ask', 'askFirst'],
  ['warning', 'warnings'],
]

function byNumber(one: string, other: string): number {
  return Number.parseInt(one, 10) - Number.parseInt(other, 10) || (one < other ? -1 : 1)
}

/** "26 (1)(2)" in the reader's order of article and paragraphs. */
function articleOf(article: string): Message {
  const [number = '', part] = article.split(' ')
  return part === undefined ? t('law.common.wholeArticle', { number }) : t('law.common.article', { number, part })
}
