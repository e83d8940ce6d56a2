import { isEmployer, type Person } from '../common/person.ts'
import { back, help, home, inRows, waiting } from '../kit/buttons.ts'
import type { Screens } from '../kit/flow.ts'
import { button, go, screen } from '../kit/screen.ts'
import { type Message, type Translate, value } from '../kit/words.ts'
import type { ProfessionsInput } from '../professions/context.ts'
import type { SearchContext, SearchEvent } from './context.ts'
import { beginning } from './machine.ts'
import type { Talk } from './talk.ts'

export const screens: Screens<SearchContext, SearchEvent> = {
  asking: ({ t }) => screen(t('ask'), [back(go.leave), home()]),

  reading: ({ t, context, person }) =>
    screen(
      context.worry
        ? [t('beside')]
        : [headline(t, context), ...(isUnknown(context) && !isEmployer(person) ? [t('can')] : []), t('again')],
      ...context.hits.map(({ kind, label, flow, input }) => [
        button(label, go.open(flow, input), kind === 'reminder' ? 'primary' : undefined),
      ]),
      isSure(context) || context.worry || isEmployer(person) ? [] : [professions(), survey()],
      isUnknown(context) && !context.worry && !isEmployer(person) ? [subjects()] : [],
      context.worry ? [toPeople()] : [],
      [back(go.leave), home()],
    ),

  study: ({ t, person }) => {
    const isPlanned = person.plan === 'college' || person.plan === 'university'
    return screen(
      [t('study.title'), t('study.now'), planned(t, person, isPlanned)],
      [isPlanned ? fitting() : professions(), survey()],
      ways(),
    )
  },

  subjects: ({ t, context }) =>
    screen(
      [t('subjects.title'), t('subjects.what'), t('subjects.lawyer')],
      ...inRows(
        context.subjects.map(({ id, name }) => button(value(name), { type: 'SUBJECT', id } as const)),
        2,
      ),
      ways(),
    ),

  answering: ({ t, context: { answer, subjects, signs } }) =>
    answer === null
      ? waiting()
      : screen(
          [
            { key: 'common:title', values: { title: answer.name } },
            ...(signs.length === 0 ? [value(answer.text)] : warning(t, signs)),
            [t('answer.source', { source: answer.source, month: monthOf(answer.checked) }), t('answer.limits')],
          ],
          [toPeople()],
          signs.length === 0 ? [] : [button(t('answer.all'), { type: 'SUBJECT', id: answer.id } as const)],
          [button(t('subjects.label'), toSubjects)],
          [subjects.length > 0 ? back(toSubjects) : back(go.leave), home()],
        ),
}

/** The signs in an offer that was passed on, each with the words that showed it, and what to do. */
function warning(t: Translate, signs: SearchContext['signs']): Message[] {
  const named = signs
    .slice(0, mostSigns)
    .map(({ kind, words }) => ({ key: `vacancies:scam.${kind}`, values: { words } }))
  return [t('answer.offer'), ...named, { key: 'vacancies:scam.advice' }]
}

/** Signs that are told: more say no more, and nobody reads them. */
const mostSigns = 4

const toSubjects = { type: 'SUBJECTS' } as const

/** "11.2026" for "2026-11". */
function monthOf(checked: string): string {
  return checked.split('-').reverse().join('.')
}

function subjects() {
  return button({ key: 'search:subjects.label' }, go.open('search', { talk: 'subjects' } satisfies Talk))
}

/** What to do today; whoever has the plan for it already is not told to choose it. */
function planned(t: Translate, { plan }: Person, isPlanned: boolean): Message {
  if (!isPlanned || plan === undefined) return t('study.then')
  return t('study.planned', { plan: { key: `common:plan.${plan}` } })
}

/** The professions that fit the plan. */
function fitting() {
  return button({ key: 'professions:menu' }, go.open('professions'))
}

function ways() {
  return [back(go.leave), home(), help()]
}

/** Where those stand who answer. */
function toPeople() {
  return button({ key: 'help:menu' }, go.open('help'), 'primary')
}

function professions() {
  return button({ key: 'search:professions' }, go.open('professions', { all: true } satisfies ProfessionsInput))
}

function survey() {
  return button({ key: 'survey:menu' }, go.open('survey'))
}

function headline(t: Translate, { text, hits: [first], command }: SearchContext): Message {
  const written = { text: beginning(text, 60) }
  if (first === undefined) return command ? t('common:unknownCommand') : t('nothing', written)
  if (first.fit === 'near') return t('near', written)
  return first.kind === 'nearest' ? t('nearest', written) : t('found', written)
}

function isUnknown({ hits, command }: SearchContext): boolean {
  return hits.length === 0 && !command
}

/** Whether what was written is here. */
function isSure({ hits: [first] }: SearchContext): boolean {
  return first !== undefined && first.fit !== 'near' && first.kind !== 'nearest'
}
