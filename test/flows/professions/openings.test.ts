import { describe, expect, test } from 'vitest'
import {
  type ProfessionCard,
  professionCard,
  professionFamilies,
  professionFamily,
  savedProfessions,
} from '../../../flows/professions/contract.ts'
import { professions } from '../../../flows/professions/index.ts'
import { openingsOf } from '../../../flows/vacancies/contract.ts'
import { reply } from '../../../src/engine/reply.ts'
import { agreed } from '../../support/people.ts'
import { rehearse } from '../../support/rehearse.ts'

const words = { kk: 'Аспаз', ru: 'Повар', en: 'Cook' }
const card = (id: string): ProfessionCard => ({
  ...{ id, family: 'food', soc: '35-2014.00', name: words, about: words, day: words, entry: words },
  ...{ ways: ['work'], strongest: ['R'], shared: null, saved: false, room: true, task: '' },
  similar: id === 'baker' ? [] : [{ id: 'baker', name: { kk: 'Наубайшы', ru: 'Пекарь', en: 'Baker' } }],
})

/** A card before somebody, and how many vacancies there are of each profession. */
const at = (id: string, openings: Readonly<Record<string, number>>) =>
  rehearse(professions, {
    person: agreed('en'),
    input: { id },
    replies: [
      reply(professionCard, async ({ id: wanted }) => card(wanted ?? '')),
      reply(professionFamilies, async () => []),
      reply(professionFamily, async () => ({ ...{ id: 'food', name: words, about: words }, professions: [] })),
      reply(savedProfessions, async () => []),
      reply(openingsOf, async ({ professions: [only = ''] }) => ({ total: openings[only] ?? 0 })),
    ],
  })

describe('vacancies of a profession', () => {
  test('are offered on its card, and the way back leads to the card', async () => {
    const stage = await at('cook', { cook: 7 })
    const text = stage.text()
    expect(stage.labels()).toContain('Vacancies: 7')
    await stage.presses('vacancies:openings')
    expect(stage.opened()).toMatchObject({ flow: 'vacancies', input: { professions: ['cook'] } })
    await stage.presses('common:back')
    expect([stage.state(), stage.text()]).toEqual(['card', text])
  })

  test('are not offered where there are none, even after a card that has some', async () => {
    const stage = await at('cook', { cook: 7 })
    await stage.presses('Baker')
    expect(stage.labels().join()).not.toContain('Vacancies')
    await stage.presses('common:back')
    expect(stage.labels()).toContain('Vacancies: 7')
  })
})
