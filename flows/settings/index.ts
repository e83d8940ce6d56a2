import { z } from 'zod'
import { type Called, defineFlow } from '../kit/flow.ts'
import { SettingsContext, type SettingsEvent, type SettingsInput, type Topic } from './context.ts'
import { machine } from './machine.ts'
import { screens } from './screens.ts'

/** Everything said about oneself, to look at and to change. */
export const settings = defineFlow<SettingsContext, SettingsEvent>({
  id: 'settings',
  version: 2,
  migrations: {
    /** It always began with the menu. */
    1: ({ value, context }) => ({ value, context: { ...z.looseObject({}).parse(context), topic: null } }),
  },
  context: SettingsContext,
  machine,
  screens,
  access: 'agreed',
  commands: { settings: { place: 50 } },
  called: {
    language: calledTopic('language'),
    name: calledTopic('name'),
    quiet: calledTopic('quiet'),
  },
  menu: { order: 80, label: { key: 'settings:menu.label' } },
  examples: { inputs: [undefined, { topic: 'language' }], texts: ['Т', 'ұ'.repeat(65), '15'] },
})

function calledTopic(topic: Topic): Called {
  return { input: { topic } satisfies SettingsInput, label: { key: `settings:topic.${topic}` } }
}
