import { describe, expect, test } from 'vitest'
import { campaigns } from '../../../flows/campaigns/index.ts'
import { personChange } from '../../../flows/common/contract.ts'
import { type AgeBand, consentVersion, newcomer, type Person } from '../../../flows/common/person.ts'
import { isNavigation } from '../../../flows/kit/screen.ts'
import { exampleTurn } from '../../../flows/kit/walk.ts'
import { translator } from '../../../flows/kit/words.ts'
import { rehearse } from '../../support/rehearse.ts'

const consented = (ageBand: AgeBand, by: 'self' | 'guardian'): Person => ({
  ...newcomer('kk'),
  ageBand,
  plan: 'undecided',
  consent: { version: consentVersion, at: 0, by },
})
const asks = (person: Person, about: 'age' | 'consent') => rehearse(campaigns, { person, input: { about } })

describe('the question for the age', () => {
  test('keeps what is answered', async () => {
    const stage = await asks(consented('14-15', 'guardian'), 'age')
    await stage.presses('common:age.16-17')
    expect(stage.told(personChange)).toEqual([{ ageBand: '16-17' }])
    expect(stage.state()).toBe('thanks')
  })

  test('leads somebody who has come of age to their own consent', async () => {
    const stage = await asks(consented('16-17', 'guardian'), 'age')
    await stage.presses('common:age.18+')
    expect(stage.person()).toEqual(consented('18+', 'guardian'))
    expect(stage.state()).toBe('consent')
    await stage.presses('onboarding:consent.self.agree')
    expect(stage.person().consent).toEqual({ version: consentVersion, at: exampleTurn.at, by: 'self' })
    expect(stage.state()).toBe('thanks')
  })

  test('asks once more before the consent of somebody who gave it as an adult is gone', async () => {
    const stage = await asks(consented('18+', 'self'), 'age')
    await stage.presses('common:age.16-17')
    expect(stage.told(personChange)).toEqual([])
    expect(stage.opened()).toEqual({ flow: 'onboarding', input: { ageBand: '16-17' } })
  })

  test('may be put off', async () => {
    const stage = await asks(consented('14-15', 'guardian'), 'age')
    await stage.presses('later')
    expect(stage.told(personChange)).toEqual([])
    expect(stage.opened()).toMatchObject({ flow: 'home' })
  })
})

describe('the question for consent', () => {
  test('is asked of somebody of age whose guardian agreed', async () => {
    expect((await asks(consented('18+', 'guardian'), 'consent')).state()).toBe('consent')
  })

  test('is over for somebody who has agreed, and asks the age of somebody under age', async () => {
    expect((await asks(consented('18+', 'self'), 'consent')).state()).toBe('thanks')
    expect((await asks(consented('16-17', 'guardian'), 'consent')).state()).toBe('age')
  })
})

describe('the notices', () => {
  const kinds = (campaigns.notices ?? []).map((notice) => [notice.kind, notice] as const)

  test.each(kinds)('%s can be switched off, waits for the morning, and leads somewhere', (_, notice) => {
    expect(notice.canBeMuted).toBe(true)
    expect(notice.evenWhenQuiet).not.toBe(true)
    for (const values of notice.examples) {
      const parsed = notice.values.parse(values)
      const { rows } = notice.screen({
        values: parsed,
        person: consented('14-15', 'guardian'),
        t: translator('campaigns'),
      })
      const buttons = rows.flat()
      expect(buttons.length).toBeGreaterThan(0)
      expect(buttons.every((button) => !('event' in button) || isNavigation(button.event))).toBe(true)
    }
  })

  test('are those the job makes', () => {
    expect(kinds.map(([key]) => key).sort()).toEqual(
      ['age', 'calendar', 'consent', 'paused', 'repeat'].map((name) => `campaigns.${name}`),
    )
  })
})
