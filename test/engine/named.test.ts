import { describe, expect, test } from 'vitest'
import { back, skip } from '../../flows/kit/buttons.ts'
import { button, link, orSaid, readByState, screen } from '../../flows/kit/screen.ts'
import { value } from '../../flows/kit/words.ts'
import { createNamedIn } from '../../src/engine/named.ts'
import { readWords } from '../support/words.ts'

const namedIn = createNamedIn(await readWords())
const shown = screen(
  value('?'),
  [orSaid(button({ key: 'common:plan.college' }, { type: 'COLLEGE' }), { key: 'common:said.plan.college' })],
  [button(value('😍 Өте ұнайды'), { type: 'LOVE' }), button(value('😐'), { type: 'FACE' })],
  [button(value('Same'), { type: 'ONE' }), button(value('same!'), { type: 'TWO' })],
  [button(value('Twice'), { type: 'TWICE' }), button(value('Twice'), { type: 'TWICE' })],
  [link(value('Page'), 'https://example.org')],
  [back({ type: 'BACK' }), skip({ type: 'SKIP' })],
)

describe('a button that is written instead of pressed', () => {
  test.each([
    ['Колледжде оқу', 'COLLEGE'],
    ['учиться в колледже', 'COLLEGE'],
    ['мен колледжге барғым келеді', 'COLLEGE'],
    ['Хочу учиться в коледже', 'COLLEGE'],
    ['oqu kolledjde', undefined],
    ['өте ұнайды', 'LOVE'],
    ['ОТЕ УНАЙДЫ!!!', 'LOVE'],
    ['Артка', 'BACK'],
    ['вернуться', 'BACK'],
    ['ӨТКІЗІП ЖІБЕРУ 🙏', 'SKIP'],
    ['не хочу', 'SKIP'],
    ['Twice', 'TWICE'],
  ])('%s', (text, type) => {
    expect(namedIn(shown, text)?.type).toBe(type)
  })

  test('is none where words name several, a link, a sign, or say more', () => {
    for (const text of ['same', 'Page', '😐', '', 'Өте ұнайды, бірақ қиын болар', 'назад '.repeat(50)]) {
      expect(namedIn(shown, text), text).toBeUndefined()
    }
  })

  test('is left to a state that reads its answers itself', () => {
    const own = screen(
      value('?'),
      [readByState(button(value('Өте ұнайды'), { type: 'LOVE' }))],
      [back({ type: 'BACK' })],
    )
    expect(namedIn(own, 'өте ұнайды')).toBeUndefined()
    expect(namedIn(own, 'артқа')?.type).toBe('BACK')
  })

  test('is not taken for a name that differs by a letter', () => {
    for (const name of ['Назар', 'Мен Назармын', 'Артур', 'Skye']) expect(namedIn(shown, name), name).toBeUndefined()
  })
})
