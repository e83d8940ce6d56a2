import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { changePerson, hasConsent, newcomer } from '../../../flows/person.ts'
import { createConsentCode } from '../../../src/store/consent.ts'
import { loadPerson } from '../../../src/store/people.ts'
import { type Actor, createStage, type Stage } from '../../support/stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await createStage()
})
afterAll(() => stage.close())

const personOf = async (actor: Actor) => {
  const person = await loadPerson(stage.store, actor.person.id)
  if (person === undefined) throw new Error('nobody is known')
  return person
}
const toAge = async (payload?: string) => {
  const actor = stage.actor('en')
  await actor.starts(payload)
  await actor.presses('onboarding:welcome.next')
  return actor
}
const codeFor = (uses: number, days = 7) => createConsentCode(stage.store, { kind: 'guardian', days, uses })

describe('consent', () => {
  test('of an adult who goes back and says to be under age is gone until a guardian agrees', async () => {
    const actor = await toAge()
    await actor.presses('common:age.18+')
    await actor.presses('onboarding:consent.self.agree')
    expect(hasConsent(await personOf(actor))).toBe(true)
    await actor.presses('common:back')
    await actor.presses('common:age.14-15')
    expect(hasConsent(await personOf(actor))).toBe(false)
    await actor.writes('/menu')
    expect(actor.sees()).toContain('An adult has to agree')
    await actor.presses('onboarding:consent.guardian.agree')
    expect(await personOf(actor)).toMatchObject({ ageBand: '14-15', consent: { by: 'guardian' } })
  })

  test('of somebody who goes back and says to be under 12 is gone', async () => {
    const actor = await toAge()
    await actor.presses('common:age.12-13')
    await actor.presses('onboarding:consent.guardian.agree')
    await actor.presses('common:back')
    await actor.presses('onboarding:age.younger')
    await actor.writes('/menu')
    expect(actor.sees()).toContain('Come together with an adult')
  })

  test('by a code that another has used up meanwhile is asked for anew', async () => {
    const code = await codeFor(1)
    const [first, second] = [await toAge(code), await toAge(code)]
    for (const actor of [first, second]) await actor.presses('common:age.14-15')
    for (const actor of [first, second]) await actor.presses('onboarding:consent.code.agree')
    expect((await personOf(first)).consent?.by).toBe('code')
    expect((await personOf(second)).consent).toBeUndefined()
    expect(second.sees()).toContain('An adult has to agree')
  })

  test('by a code that has expired while its screen stood is asked for anew', async () => {
    const actor = await toAge(await codeFor(1, 1))
    await actor.presses('common:age.14-15')
    stage.wait(2 * 24 * 60 * 60 * 1000)
    await actor.presses('onboarding:consent.code.agree')
    expect((await personOf(actor)).consent).toBeUndefined()
  })

  test('of an adult ends whatever flow changes their age', () => {
    const adult = {
      ...newcomer('kk'),
      ageBand: '18+' as const,
      consent: { version: 1, at: 0, by: 'self' as const },
    }
    expect(hasConsent(changePerson(adult, { ageBand: '16-17' }))).toBe(false)
    expect(hasConsent(changePerson(adult, { plan: 'work' }))).toBe(true)
    const ward = { ...adult, consent: { ...adult.consent, by: 'code' as const } }
    expect(hasConsent(changePerson(ward, { ageBand: '16-17' }))).toBe(true)
  })
})

describe('/start of somebody who has been met', () => {
  const met = async () => {
    const actor = await toAge()
    await actor.presses('common:age.18+')
    await actor.presses('onboarding:consent.self.agree')
    await actor.writes('/menu')
    return actor
  }

  test('leads home when what stands behind it is no code', async () => {
    const actor = await met()
    const home = actor.sees()
    await actor.starts('from-a-poster')
    expect(actor.sees()).toBe(home)
  })

  test('with a code can be left for home', async () => {
    const actor = await met()
    const home = actor.sees()
    await actor.starts(await codeFor(1))
    await actor.presses('common:home')
    expect(actor.sees()).toBe(home)
  })
})
