import { describe, expect, it } from 'vitest'
import { campaigns } from '../../../flows/campaigns/index.ts'
import { type AgeBand, consentVersion, newcomer, type Person } from '../../../flows/common/person.ts'
import type { Frame } from '../../../flows/kit/flow.ts'
import { isNavigation } from '../../../flows/kit/screen.ts'
import { type Step, start, step } from '../../../flows/kit/step.ts'
import { translator } from '../../../flows/kit/words.ts'

const turn = { at: Date.UTC(2026, 0, 15, 5), id: 'turn' }

const person = (ageBand: AgeBand, by: 'self' | 'guardian'): Person => ({
  ...newcomer('kk'),
  ageBand,
  consent: { version: consentVersion, at: 0, by },
})
const opens = (who: Person, about: 'age' | 'consent') => start(campaigns, { person: who, input: { about }, turn }).frame
const says = (frame: Frame, event: object) => step(campaigns, frame, { ...event, turn } as never)
const changes = ({ effects }: Step) => effects.filter(({ name }) => name === 'person.change').map(({ data }) => data)

describe('the question for the age', () => {
  it('keeps what is answered', () => {
    const happened = says(opens(person('14-15', 'guardian'), 'age'), { type: 'AGE', ageBand: '16-17' })
    expect(changes(happened)).toEqual([{ ageBand: '16-17' }])
    expect(happened.frame.value).toBe('thanks')
  })

  it('leads somebody who has come of age to their own consent', () => {
    const grown = says(opens(person('16-17', 'guardian'), 'age'), { type: 'AGE', ageBand: '18+' })
    expect(changes(grown)).toEqual([{ ageBand: '18+' }])
    expect(grown.frame.value).toBe('consent')
    const agreed = says(grown.frame, { type: 'AGREE' })
    expect(changes(agreed)).toEqual([{ consent: { version: consentVersion, at: turn.at, by: 'self' } }])
    expect(agreed.frame.value).toBe('thanks')
  })

  it('asks once more before the consent of somebody who gave it as an adult is gone', () => {
    const happened = says(opens(person('18+', 'self'), 'age'), { type: 'AGE', ageBand: '16-17' })
    expect(changes(happened)).toEqual([])
    expect(happened.effects).toEqual([{ type: 'open', name: 'onboarding', data: { ageBand: '16-17' } }])
  })
})

describe('the question for consent', () => {
  it('is asked of somebody of age whose guardian agreed', () => {
    expect(opens(person('18+', 'guardian'), 'consent').value).toBe('consent')
  })

  it('is over for somebody who has agreed, and asks the age of somebody under age', () => {
    expect(opens(person('18+', 'self'), 'consent').value).toBe('thanks')
    expect(opens(person('16-17', 'guardian'), 'consent').value).toBe('age')
  })
})

describe('the notices', () => {
  const kinds = (campaigns.notices ?? []).map((notice) => [notice.kind, notice] as const)

  it.each(kinds)('%s can be switched off, waits for the morning, and leads somewhere', (_, notice) => {
    expect(notice.canBeMuted).toBe(true)
    expect(notice.evenWhenQuiet).not.toBe(true)
    for (const values of notice.examples) {
      const parsed = notice.values.parse(values)
      const { rows } = notice.screen({
        values: parsed,
        person: person('14-15', 'guardian'),
        t: translator('campaigns'),
      })
      const buttons = rows.flat()
      expect(buttons.length).toBeGreaterThan(0)
      expect(buttons.every((button) => !('event' in button) || isNavigation(button.event))).toBe(true)
    }
  })

  it('are those the job makes', () => {
    expect(kinds.map(([key]) => key).sort()).toEqual(
      ['age', 'calendar', 'consent', 'paused', 'repeat'].map((name) => `campaigns.${name}`),
    )
  })
})
