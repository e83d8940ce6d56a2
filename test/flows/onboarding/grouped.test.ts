import { expect, test } from 'vitest'
import { consentVersion, newcomer, type Person } from '../../../flows/common/person.ts'
import type { ReplyOf } from '../../../flows/kit/contract.ts'
import { checkCode, useCode } from '../../../flows/onboarding/contract.ts'
import { onboarding } from '../../../flows/onboarding/index.ts'
import { reply } from '../../../src/engine/reply.ts'
import { agreed, invited } from '../../support/people.ts'
import { rehearse } from '../../support/rehearse.ts'

const code = 'kod-abcdefghijklmnopqrstuvwx'
const good = { known: true, valid: true, stands: false, role: null, group: true } as const
const comes = (person: Person, found: ReplyOf<typeof checkCode> = good) =>
  rehearse(onboarding, { person, replies: [reply(checkCode, async () => found)], input: { code } })
const child: Person = { ...agreed('kk'), ageBand: '14-15', consent: { version: consentVersion, at: 0, by: 'guardian' } }

test('whoever is here already is asked at once, and the code is not used for a consent', async () => {
  for (const person of [agreed('kk'), child]) {
    const stage = await comes(person)
    expect(stage.opened()).toMatchObject({ flow: 'mygroup', input: { code } })
    expect(stage.told(useCode)).toEqual([])
  }
})

test('a link that is not good any more is told of there', async () => {
  expect((await comes(child, { ...good, valid: false })).opened()?.flow).toBe('mygroup')
})

test('a newcomer of age agrees for themselves and is asked at the end; the link keeps its place until then', async () => {
  const stage = await comes(newcomer('kk'))
  for (const press of ['welcome.next', 'common:age.18+', 'consent.self.agree', 'common:plan.work', 'common:skip']) {
    await stage.presses(press)
  }
  expect(stage.told(useCode)).toEqual([])
  expect(stage.opened()).toMatchObject({ flow: 'mygroup', input: { code } })
})

test('for a newcomer under age the link is a consent as well', async () => {
  const stage = await comes(newcomer('kk'))
  for (const press of ['welcome.next', 'common:age.14-15', 'consent.code.agree', 'common:plan.work', 'common:skip']) {
    await stage.presses(press)
  }
  expect(stage.told(useCode)).toEqual([{ code }])
  expect(stage.person().consent?.by).toBe('code')
  expect(stage.opened()).toMatchObject({ flow: 'mygroup', input: { code } })
})

test('a mentor is no member; by a coordinator’s link they come to the group they are to lead', async () => {
  expect((await comes(invited('mentor'))).opened()?.flow).toBe('home')
  expect((await comes(invited('mentor'), { ...good, role: 'mentor' })).opened()?.flow).toBe('groups')
  expect((await comes(invited('employer'))).opened()?.flow).toBe('home')
})
