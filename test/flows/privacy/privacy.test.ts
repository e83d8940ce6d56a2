import { expect, test } from 'vitest'
import { exportChat } from '../../../src/store/chats.ts'
import { createStage } from '../../support/stage.ts'
import { meeting } from '../../support/ways.ts'

test('/export_me gives everything as JSON, /delete_me forgets everything', async () => {
  const stage = await createStage()
  const actor = stage.actor('kk')
  await actor.starts()
  for (const button of meeting) await actor.presses(button)
  await actor.writes('/export_me')
  const file = actor.person.messages.find(({ document }) => document !== undefined)
  const exported = JSON.parse(new TextDecoder().decode(file?.document?.bytes))
  expect(exported.Person[0]).toMatchObject({ language: 'kk', ageBand: '18+' })
  await actor.writes('/delete_me')
  await actor.presses('privacy:confirm.yes')
  expect(actor.sees()).toContain('/start')
  for (const rows of Object.values(await exportChat(stage.store, actor.person.id))) expect(rows).toEqual([])
  await actor.starts()
  expect(actor.sees()).toContain(stage.bot.words.plain({ key: 'onboarding:welcome.title' }, 'kk'))
  await stage.close()
})
