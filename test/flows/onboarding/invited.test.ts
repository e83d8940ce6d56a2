import { describe, expect, test } from 'vitest'
import {
  consentVersion,
  type InvitedRole,
  invitedRoles,
  isMet,
  newcomer,
  type Person,
} from '../../../flows/common/person.ts'
import { languages } from '../../../flows/kit/words.ts'
import { checkCode, useCode } from '../../../flows/onboarding/contract.ts'
import { onboarding } from '../../../flows/onboarding/index.ts'
import { reply } from '../../../src/engine/reply.ts'
import { agreed } from '../../support/people.ts'
import { rehearse } from '../../support/rehearse.ts'

const code = 'kod-abcdefghijklmnopqrstuvwx'
const mentor = (version = consentVersion, by: InvitedRole = 'mentor'): Person => ({
  ...newcomer('kk'),
  ageBand: '18+',
  consent: { version, at: 0, by },
})
const comes = async (person: Person = newcomer('kk'), good = true, role: InvitedRole = 'mentor') => {
  const world = { valid: good }
  const check = reply(checkCode, async () => ({ known: true, stands: false, role, group: false, ...world }))
  return { world, stage: await rehearse(onboarding, { person, replies: [check], input: { code } }) }
}

describe('a mentor', () => {
  test.each(languages)('is asked for consent and a name, not for an age or a plan (%s)', async (language) => {
    const { stage } = await comes(newcomer(language))
    expect(stage.state()).toBe('invited')
    await stage.presses('consent.self.agree')
    expect(stage.told(useCode)).toEqual([{ code }])
    expect(stage.state()).toBe('name')
    await stage.presses('common:back')
    await stage.presses('consent.self.agree')
    expect(stage.told(useCode)).toHaveLength(1)
    await stage.presses('common:skip')
    expect(stage.opened()?.flow).toBe('home')
    expect(stage.person()).toMatchObject({ ageBand: '18+', consent: { by: 'mentor' } })
    expect(stage.person().plan).toBeUndefined()
    expect(isMet(stage.person())).toBe(true)
  })

  test('is nobody whose invitation others have used up meanwhile', async () => {
    const { world, stage } = await comes()
    world.valid = false
    await stage.presses('consent.self.agree')
    expect([stage.state(), stage.said()]).toEqual(['welcome', 'onboarding:code.unknown'])
    expect(stage.person().consent).toBeUndefined()
  })

  test.each<[string, Person, boolean]>([
    ['a newcomer with one that is used up', newcomer('kk'), false],
    [
      'a ward',
      { ...agreed('kk'), ageBand: '14-15', consent: { version: consentVersion, at: 0, by: 'guardian' } },
      true,
    ],
    ['somebody too young', { ...newcomer('kk'), refusedAt: Date.UTC(2026, 0, 15, 5) }, true],
  ])('is not made of %s', async (_, person, good) => {
    const { stage } = await comes(person, good)
    expect(stage.told(useCode)).toEqual([])
    expect(stage.person()).toEqual(person)
    expect(stage.said()).toBe('onboarding:code.forRole.mentor')
  })

  test('is made of a grown-up who has been met, and keeps what they said', async () => {
    const { stage } = await comes({ ...agreed('kk'), name: 'Т' })
    await stage.presses('consent.self.agree')
    expect(stage.person()).toMatchObject({ name: 'Т', plan: 'undecided', consent: { by: 'mentor' } })
  })

  test('agrees to new terms as a mentor, without an invitation', async () => {
    const check = reply(checkCode, async () => ({
      known: false,
      valid: false,
      stands: false,
      role: null,
      group: false,
    }))
    const stage = await rehearse(onboarding, { person: mentor(consentVersion - 1), replies: [check] })
    expect(stage.state()).toBe('invited')
    await stage.presses('consent.self.agree')
    expect(stage.person().consent).toMatchObject({ version: consentVersion, by: 'mentor' })
  })

  test('does not agree for a child who writes the invitation down', async () => {
    const { stage } = await comes(newcomer('kk'), false)
    await stage.presses('welcome.next')
    await stage.presses('common:age.14-15')
    await stage.writes(code)
    expect([stage.state(), stage.said()]).toEqual(['asGuardian', 'onboarding:code.forRole.mentor'])
  })
})

describe('an invitation', () => {
  test.each(invitedRoles)('makes of a newcomer what it says: %s', async (role) => {
    const { stage } = await comes(newcomer('kk'), true, role)
    await stage.presses('consent.self.agree')
    await stage.presses('common:skip')
    expect(stage.opened()?.flow).toBe('home')
    expect(stage.person()).toMatchObject({ ageBand: '18+', consent: { by: role } })
  })

  test.each<[InvitedRole, InvitedRole, boolean]>([
    ['employer', 'mentor', true],
    ['employer', 'coordinator', true],
    ['mentor', 'coordinator', true],
    ['mentor', 'employer', false],
    ['coordinator', 'mentor', false],
    ['coordinator', 'employer', false],
    ['employer', 'employer', false],
  ])('of a %s as %s is taken only where it gives more', async (present, role, more) => {
    const { stage } = await comes(mentor(consentVersion, present), true, role)
    expect(stage.told(useCode)).toEqual([])
    if (!more) {
      expect([stage.opened()?.flow, stage.said()]).toEqual(['home', undefined])
      return
    }
    await stage.presses('consent.self.agree')
    expect(stage.person().consent?.by).toBe(role)
  })

  test('as an employer takes nothing from whoever uses Serik for themselves', async () => {
    const { stage } = await comes(agreed('kk'), true, 'employer')
    expect(stage.said()).toBe('onboarding:code.notForYourself')
    expect(stage.person()).toEqual(agreed('kk'))
  })
})
