import { languages } from '../../../../flows/kit/words.ts'
import type { Case } from './cases.ts'
import { mostHonest, mostLost } from './learn.ts'

/** Whether offers are held back by signs alone, and by all that is known. */
export type Judged = Case & { readonly bySigns: boolean; readonly byAll: boolean }

/** Offers under a heading; the report has a table for each. */
export type Part = { readonly heading: string; readonly about: string; readonly offers: readonly Judged[] }

/** The report that stands beside the weights: what is held back, and what is honest and held back all the same. */
export function report(cases: number, parts: readonly Part[]): string {
  return [
    '# How well offers that cheat are known',
    '',
    'Written by `npm run derive:scam`; do not edit by hand. The same files give the same bytes.',
    '',
    'An offer is held back by signs in its words (`terms/scam.yaml`), or because as a whole it is like offers that cheat: a',
    `logistic regression on letters and pairs of words, trained on ${cases} offers (\`cases/*.tsv\` and the tables of the tests).`,
    `It holds back by itself what scores more than all but ${percent(mostHonest.hard)} of honest offers it has not learned from, with one other`,
    `sign what scores more than all but ${percent(mostHonest.soft)}; and it takes signs back where an offer scores less than all but ${percent(mostLost)} of`,
    'those that are rightly held by them.',
    ...parts.flatMap(({ heading, about, offers }) => ['', `## ${heading}`, '', about, '', ...table(offers)]),
    '',
  ].join('\n')
}

function table(offers: readonly Judged[]): string[] {
  const rows = languages.flatMap((language) =>
    [true, false].map((isHeld) => {
      const own = offers.filter((one) => one.language === language && one.isHeld === isHeld)
      const of = (judge: (one: Judged) => boolean) =>
        own.length === 0 ? '–' : percent(own.filter(judge).length / own.length)
      const name = isHeld ? 'must be held' : 'honest'
      return `| ${language} | ${name} | ${own.length} | ${of(({ bySigns }) => bySigns)} | ${of(({ byAll }) => byAll)} |`
    }),
  )
  return ['| language | offers | number | held by signs alone | held |', '|---|---|---|---|---|', ...rows]
}

function percent(share: number): string {
  return `${Number((100 * share).toFixed(1))} %`
}
