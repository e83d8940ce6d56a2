import { expect, test } from 'vitest'
import { exportChat } from '../../../src/store/chats.ts'
import { type Actor, createStage } from '../../support/stage.ts'
import { meeting } from '../../support/ways.ts'

const files = (actor: Actor) =>
  actor.person.messages.flatMap(({ document, text }) => (document === undefined ? [] : [{ document, text }]))

test('one press gives a page to read and a file for programs, and each caption says which it is', async () => {
  const stage = await createStage()
  const actor = stage.actor('kk')
  await actor.starts()
  for (const button of meeting) await actor.presses(button)
  await actor.writes('/privacy')
  await actor.presses('privacy:export')
  const says = (key: string) => stage.bot.words.plain({ key: `privacy:exported.${key}` }, 'kk')
  expect(files(actor).map(({ document, text }) => [document.name, text])).toEqual([
    ['serik.html', says('page')],
    ['serik.json', says('data')],
  ])
  expect(stage.complaints).toEqual([])
  await stage.close()
})

test('where one of the two files cannot be sent, the other still comes', async () => {
  const stage = await createStage()
  const actor = stage.actor('kk')
  await actor.starts()
  for (const button of meeting) await actor.presses(button)
  const refused = { methods: ['sendDocument'], serverErrors: { next: 1, code: 400 } }
  stage.api.setFaults(refused)
  await actor.writes('/export_me')
  expect(files(actor).map(({ document }) => document.name)).toEqual(['serik.json'])
  await stage.close()
})

test('somebody who has agreed to nothing gets both files too', async () => {
  const stage = await createStage()
  const actor = stage.actor('ru')
  await actor.starts()
  await actor.writes('/export_me')
  expect(files(actor).map(({ document }) => document.name)).toEqual(['serik.html', 'serik.json'])
  expect(stage.complaints).toEqual([])
  await stage.close()
})

test('/export_me gives everything as JSON, /delete_me forgets everything', async () => {
  const stage = await createStage()
  const actor = stage.actor('kk')
  await actor.starts()
  for (const button of meeting) await actor.presses(button)
  await actor.writes('/export_me')
  const file = files(actor).find(({ document }) => document.name === 'serik.json')
  const exported = JSON.parse(new TextDecoder().decode(file?.document?.bytes))
  expect(exported.Person[0]).toMatchObject({ language: 'kk', ageBand: '18+' })
  await actor.writes('/delete_me')
  await actor.presses('privacy:confirm.yes')
  expect(actor.sees()).toContain(stage.bot.words.plain({ key: 'privacy:deleted.title' }, 'kk'))
  for (const rows of Object.values(await exportChat(stage.store, actor.person.id))) expect(rows).toEqual([])
  await actor.starts()
  expect(actor.sees()).toContain(stage.bot.words.plain({ key: 'onboarding:welcome.title' }, 'kk'))
  await stage.close()
})

test('who has deleted everything begins again by a press, and what they read stays without its button', async () => {
  const stage = await createStage()
  const actor = stage.actor('kk')
  await actor.starts()
  for (const button of meeting) await actor.presses(button)
  await actor.writes('/delete_me')
  await actor.presses('privacy:confirm.yes')
  const rows = async () => Object.values(await exportChat(stage.store, actor.person.id)).flat()
  expect(await rows()).toEqual([])
  await actor.presses('privacy:deleted.again')
  expect(actor.sees()).toContain(stage.bot.words.plain({ key: 'onboarding:welcome.title' }, 'kk'))
  const withButtons = actor.person.messages.filter(({ keyboard }) => keyboard.length > 0)
  expect(withButtons.map(({ id }) => id)).toEqual([actor.person.messages.at(-1)?.id])
  expect(actor.person.messages.at(-2)?.text).toContain(stage.bot.words.plain({ key: 'privacy:deleted.title' }, 'kk'))
  expect(stage.complaints).toEqual([])
  await stage.close()
})

test('before and after deletion it is said what goes, what stays how long, and that the chat itself stays', async () => {
  const stage = await createStage()
  for (const language of ['kk', 'ru', 'en'] as const) {
    const actor = stage.actor(language)
    await actor.starts()
    for (const button of meeting) await actor.presses(button)
    await actor.writes('/delete_me')
    const says = (key: string) => stage.bot.words.plain({ key: `privacy:${key}`, values: { days: 40 } }, language)
    for (const key of ['confirm.goes', 'confirm.stays', 'history']) expect(actor.sees()).toContain(says(key))
    await actor.presses('privacy:confirm.yes')
    for (const key of ['deleted.copies', 'history']) expect(actor.sees()).toContain(says(key))
    expect(says('history')).toContain('Telegram')
    expect(says('deleted.copies').length + says('history').length).toBeLessThan(260)
  }
  await stage.close()
})
