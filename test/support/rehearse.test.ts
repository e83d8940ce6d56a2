import { expect, test } from 'vitest'
import { campaigns } from '../../flows/campaigns/index.ts'
import { find, findAnswer, listSubjects } from '../../flows/search/contract.ts'
import { createSearch } from '../../flows/search/index.ts'
import { settings } from '../../flows/settings/index.ts'
import { reply } from '../../src/engine/reply.ts'
import { rehearse } from './rehearse.ts'

const search = createSearch([])
const others = [reply(findAnswer, async () => null), reply(listSubjects, async () => [])]

test.each(['topic.age', 'settings:topic.age', 'Возраст', 'Жас'])(
  'a button is pressed by its key, its label or what that is in the first language: %s',
  async (name) => {
    const stage = await rehearse(settings, { language: 'ru' })
    await stage.presses(name)
    expect(stage.state()).toBe('age')
  },
)

test('what is chosen at present is pressed without its mark', async () => {
  const stage = await rehearse(settings, { language: 'en' })
  await stage.presses('topic.age')
  expect(stage.labels()).toContain(`✓ ${stage.label('common:age.18+')}`)
  await stage.presses('common:age.18+')
  expect(stage.state()).toBe('menu')
})

test('a button that is not there is missed with those that are', async () => {
  const stage = await rehearse(campaigns)
  await expect(stage.presses('AGREE')).rejects.toThrow(/^No button "AGREE" among 12–13 .*\(common:age\.12-13\), /)
})

test('a look-up that nobody replies to is missed at once', async () => {
  await expect(rehearse(search)).rejects.toThrow('ask "search.find" has nobody who answers it')
})

test('a turn that fails is no word of regret but an error', async () => {
  const fails = reply(find, () => Promise.reject(new Error('no such index')))
  await expect(rehearse(search, { replies: [fails, ...others], input: { text: 'a' } })).rejects.toThrow('no such index')
})

test('a reply of another shape than was agreed on is an error', async () => {
  const wrong = reply(find, async () => [{ kind: 'menu', label: 'words' as never, flow: 'help' }]) // past the types
  await expect(rehearse(search, { replies: [wrong, ...others], input: { text: 'a' } })).rejects.toThrow(
    'The turn failed',
  )
})

test('another flow is a toy that says its name and leads back', async () => {
  const stage = await rehearse(settings)
  await stage.presses('menu.privacy')
  expect([stage.text(), stage.opened()]).toEqual(['privacy', { flow: 'privacy', input: undefined }])
  await stage.presses('common:back')
  expect([stage.opened(), stage.state()]).toEqual([undefined, 'menu'])
})
