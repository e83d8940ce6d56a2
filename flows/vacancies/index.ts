import { z } from 'zod'
import { defineFlow, exampleReplies, type Migration, stateName } from '../kit/flow.ts'
import { exampleWords } from '../kit/words.ts'
import { VacanciesContext, type VacanciesEvent, type VacanciesInput } from './context.ts'
import { countVacancies, emptyFilter, nameFilter } from './contract.ts'
import { exampleFrames } from './examples.ts'
import { machine } from './machine.ts'
import { screens } from './screens.ts'

const filter = { ...emptyFilter, regions: ['75' as const], words: ['example'], avoid: ['other'] }

const cook = { id: 'cook', name: exampleWords }
const names = { professions: [cook], families: [{ id: 'food', name: exampleWords }], towns: [] }

const First = z.looseObject({})

const migrations: Readonly<Record<number, Migration>> = {
  1: ({ value, context }) => ({ value, context: { ...First.parse(context), isFairComing: false } }),
}

/** Looking for work that fits, is lawful at one's age and smells of no scam. */
export const vacancies = defineFlow<VacanciesContext, VacanciesEvent>({
  id: 'vacancies',
  version: 2,
  context: VacanciesContext,
  machine,
  migrations,
  screens,
  access: 'met',
  called: { list: {} },
  commands: { vacancies: { place: 25 } },
  menu: { order: 20, label: { key: 'vacancies:menu' }, visible: ({ ageBand }) => ageBand !== '12-13' },
  unsaved,
  examples: {
    inputs: [
      undefined,
      { id: 'example' },
      ...(['save', 'hide', 'contact', 'report', 'similar'] as const).map((act) => ({ id: 'example', act })),
      { filter },
      { editing: filter },
      { words: ['example'] },
      { professions: ['cook'] },
      { ids: ['example'], title: 'Example' },
    ] satisfies VacanciesInput[],
    texts: ['аспаз', '…', 'жұмыс істеуге бола ма?'],
    returns: [null],
    // One of each: every screen of choosing asks for both, and nothing but numbers and names depends on them.
    replies: [exampleReplies(countVacancies, () => [{ total: 12 }]), exampleReplies(nameFilter, () => [names])],
    frames: exampleFrames,
  },
})

const parts = ['editing', 'placing', 'working', 'families', 'paying', 'terms', 'wording']

/** What was chosen and not yet looked for. */
function unsaved({ value, context }: { readonly value: unknown; readonly context: VacanciesContext }) {
  const isChanged = JSON.stringify(context.filter) !== JSON.stringify(context.before)
  return parts.includes(stateName(value)) && isChanged ? 'unsaved' : undefined
}
