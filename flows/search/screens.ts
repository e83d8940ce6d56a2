import { back, help, home } from '../kit/buttons.ts'
import type { Screens } from '../kit/flow.ts'
import { button, go, screen } from '../kit/screen.ts'
import type { Message, Translate } from '../kit/words.ts'
import type { ProfessionsInput } from '../professions/context.ts'
import type { SettingsInput } from '../settings/context.ts'
import type { SearchContext, SearchEvent } from './context.ts'
import { beginning } from './machine.ts'

export const screens: Screens<SearchContext, SearchEvent> = {
  asking: ({ t }) => screen(t('ask'), [back(go.leave), home()]),

  reading: ({ t, context }) =>
    screen(
      context.worry ? [t('beside')] : [headline(t, context), t('again')],
      ...context.hits.map(({ kind, label, flow, input }) => [
        button(label, go.open(flow, input), kind === 'reminder' ? 'primary' : undefined),
      ]),
      isSure(context) || context.worry ? [] : [professions(), survey()],
      [back(go.leave), home()],
    ),

  jobs: ({ t }) =>
    screen(
      [t('jobs.title'), t('jobs.now'), t('jobs.then')],
      [button(t('jobs.plan'), go.open('settings', { topic: 'plan' } satisfies SettingsInput))],
      // Those of the plan.
      [button({ key: 'professions:menu' }, go.open('professions')), survey()],
      ways(),
    ),
  study: ({ t }) => screen([t('study.title'), t('study.now'), t('study.then')], [professions(), survey()], ways()),
}

function ways() {
  return [back(go.leave), home(), help()]
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

/** Whether what was written is here. */
function isSure({ hits: [first] }: SearchContext): boolean {
  return first !== undefined && first.fit !== 'near' && first.kind !== 'nearest'
}
