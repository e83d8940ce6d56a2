import { expect, test } from 'vitest'
import { campaigns } from '../../../flows/campaigns/index.ts'
import { personChange } from '../../../flows/common/contract.ts'
import { consentVersion } from '../../../flows/common/person.ts'
import { createMuting } from '../../../flows/muting/index.ts'
import { agreed } from '../../support/people.ts'
import { rehearse } from '../../support/rehearse.ts'

const muting = createMuting([campaigns])
const mutes = (kind: string) =>
  rehearse(muting, { person: { ...agreed('kk'), muted: ['toy.tip'] }, input: { mute: kind } })

test('one press switches the kind off, beside those that were off before', async () => {
  const stage = await mutes('toy.nudge')
  expect(stage.keys()).toEqual(['muting:off.text'])
  expect(stage.person().muted).toEqual(['toy.tip', 'toy.nudge'])
})

test('the next press switches it on again, and the others stay off', async () => {
  const stage = await mutes('toy.nudge')
  await stage.presses('off.undo')
  expect(stage.keys()).toEqual(['muting:on.text'])
  expect(stage.person().muted).toEqual(['toy.tip'])
  await stage.presses('on.undo')
  expect(stage.person().muted).toEqual(['toy.tip', 'toy.nudge'])
})

test('pressed twice it is off once', async () => {
  const stage = await mutes('toy.tip')
  await stage.opens({ mute: 'toy.tip' })
  expect(stage.told(personChange)).toEqual([{ muted: ['toy.tip'] }, { muted: ['toy.tip'] }])
})

test('the settings, where all of it is switched, are a press away', async () => {
  const stage = await mutes('toy.nudge')
  await stage.presses('off.settings')
  expect(stage.opened()).toMatchObject({ flow: 'settings' })
})

test('whoever asks for nothing in particular may switch all of it off at once, and on again', async () => {
  const stage = await rehearse(muting, { person: { ...agreed('kk'), muted: ['toy.tip', 'campaigns.age'] } })
  expect(stage.keys()).toContain('muting:ask.title')
  expect(stage.told(personChange)).toEqual([])
  await stage.presses('ask.yes')
  const kinds = ['campaigns.paused', 'campaigns.repeat', 'campaigns.age', 'campaigns.consent', 'campaigns.calendar']
  expect(stage.person().muted).toEqual(['toy.tip', ...kinds])
  await stage.presses('off.undo')
  expect(stage.person().muted).toEqual(['toy.tip'])
})

test('before all of it is switched off it is said what will not come, for whom, and what comes all the same', async () => {
  const asked = async (by: 'self' | 'mentor' | 'employer') => {
    const consent = { version: consentVersion, at: 0, by }
    return rehearse(muting, { person: { ...agreed('kk'), consent }, others: ['alerts', 'reminders', 'settings'] })
  }
  const young = await asked('self')
  expect(young.text()).toMatch(/жаңа бос орындар.*сұхбат, бірінші жұмыс күні/s)
  expect(young.labels()).toContain('🔔 Жазылымдарым')
  await young.presses('ask.yes')
  expect(young.text()).toMatch(/еске салғыштар, сұхбат, бірінші жұмыс күні/)
  expect((await asked('mentor')).keys()).toContain('muting:ask.what.mentor')
  const employer = await asked('employer')
  expect(employer.keys()).toEqual(['muting:ask.title', 'muting:ask.what.employer', 'muting:ask.leave'])
  await employer.presses('ask.yes')
  expect(employer.keys()).toEqual(['muting:off.text'])
})
