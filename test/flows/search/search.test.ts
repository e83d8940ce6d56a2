import { expect, test } from 'vitest'
import { find, findAnswer, listSubjects } from '../../../flows/search/contract.ts'
import { createSearch } from '../../../flows/search/index.ts'
import { reply } from '../../../src/engine/reply.ts'
import { rehearse } from '../../support/rehearse.ts'

const search = createSearch(['home', 'settings', 'help'])
const finds = (input?: { text: string } | { answer: string }) =>
  rehearse(search, {
    replies: [
      reply(findAnswer, async () => null),
      reply(listSubjects, async () => [{ id: 'army', name: { kk: 'Әскер', ru: 'Армия', en: 'Army' } }]),
      reply(find, async ({ text }) =>
        text === 'аспаз' ? [{ kind: 'menu', label: { key: 'settings:menu' }, flow: 'settings', input: { text } }] : [],
      ),
    ],
    input,
  })

test.each([59, 199])('a sign of two halves at place %i is not cut in two', async (length) => {
  const stage = await finds({ text: `${'a'.repeat(length)}😀😀` })
  const strings = JSON.stringify([stage.text(), stage.frame()])
  expect(strings).toContain('aaa')
  // Half a sign is written as an escape in JSON, which well-formed text never needs.
  expect(strings).not.toMatch(/\\ud[89a-f]/i)
})

test('what is found opens with what the finder says', async () => {
  const stage = await finds()
  await stage.writes('аспаз')
  expect(stage.keys()).toContain('search:found')
  await stage.presses('settings:menu')
  expect(stage.opened()).toEqual({ flow: 'settings', input: { text: 'аспаз' } })
})

test('another text is looked for in the place of the first', async () => {
  const stage = await finds({ text: 'аспаз' })
  await stage.writes('zzz')
  expect(stage.keys()).toContain('search:nothing')
  expect(stage.labels()).not.toContain(stage.label('settings:menu'))
})

test.each(['білмеймін', 'не знаю', 'I do not know'])('%s is not told that nothing is known of it', async (text) => {
  const stage = await finds({ text })
  expect(stage.keys()).toContain('search:nothing')
  expect(stage.text()).not.toMatch(/туралы әзірге білмеймін/)
})

test('a button of an answer that is gone leads to what there is', async () => {
  const stage = await finds({ answer: 'gone' })
  expect(stage.keys()).toContain('search:subjects.title')
})
