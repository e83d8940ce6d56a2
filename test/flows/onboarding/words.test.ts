import { describe, expect, test } from 'vitest'
import { personChange } from '../../../flows/common/contract.ts'
import { newcomer, type Person } from '../../../flows/common/person.ts'
import { readFrame } from '../../../flows/kit/frame.ts'
import { languages } from '../../../flows/kit/words.ts'
import { checkCode } from '../../../flows/onboarding/contract.ts'
import { onboarding } from '../../../flows/onboarding/index.ts'
import { reply } from '../../../src/engine/reply.ts'
import { agreed } from '../../support/people.ts'
import { rehearse } from '../../support/rehearse.ts'

const nothing = reply(checkCode, async () => ({ known: false, valid: false, stands: false, role: null, group: false }))
const meets = (person: Person = newcomer('kk')) => rehearse(onboarding, { person, replies: [nothing] })
const atAge = async (person?: Person) => {
  const stage = await meets(person)
  await stage.presses('welcome.next')
  return stage
}
const atPlan = async () => {
  const stage = await atAge()
  await stage.writes('он сегіз')
  await stage.writes('келісемін')
  return stage
}

describe('the first meeting in writing', () => {
  test.each(['иә', 'Танысайық!', 'ТАНЫСАЙЫК', 'да', 'Познакомимся', 'yes', 'start', 'сәлем', '👋 привет'])(
    '%s begins it',
    async (text) => {
      const stage = await meets()
      await stage.writes(text)
      expect(stage.state()).toBe('age')
    },
  )

  test.each([
    ['русский', 'ru'],
    ['по-русски', 'ru'],
    ['орысша', 'ru'],
    ['English', 'en'],
    ['ағылшынша', 'en'],
  ])('%s is a language', async (text, language) => {
    const stage = await meets()
    await stage.writes(text)
    expect(stage.person().language).toBe(language)
    expect(stage.state()).toBe('welcome')
  })

  test.each([
    ['15', '14-15'],
    ['15 жас', '14-15'],
    ['он бес', '14-15'],
    ['мне 15 лет', '14-15'],
    ["I'm 15", '14-15'],
    ['он төрттемін', '14-15'],
    ['12–13 жас', '12-13'],
    ['17 лет', '16-17'],
  ])('%s is an age, and a guardian is asked for', async (text, ageBand) => {
    const stage = await atAge()
    await stage.writes(text)
    expect(stage.state()).toBe('asGuardian')
    expect(stage.frame().context).toMatchObject({ ageBand })
  })

  test('eleven is too young, where the way to correct it and help stand', async () => {
    const stage = await atAge()
    await stage.writes('11')
    expect(stage.state()).toBe('tooYoung')
    expect(stage.keys()).toContain('onboarding:tooYoung.slip')
    expect(stage.labels()).toContain(stage.label('help:menu'))
    await stage.writes('қате бастым')
    expect(stage.state()).toBe('age')
    await stage.writes('18')
    expect(stage.said()).toBe('onboarding:expected.adultLater')
    await stage.writes('11')
    expect(stage.state()).toBe('tooYoung')
    expect(stage.told(personChange)).toHaveLength(1)
  })

  test('help stands beside the question for the age', async () => {
    expect((await atAge()).labels()).toContain('🤝 Көмек')
  })

  test.each([
    ['жұмыс істеймін', 'work'],
    ['хочу работать', 'work'],
    ['Қазір жұмыс істеу', 'work'],
    ['колледж', 'college'],
    ['Учиться в колледже', 'college'],
    ['I want to go to college', 'college'],
    ['университетке түскім келеді', 'university'],
    ['в вуз', 'university'],
    ['білмеймін', 'undecided'],
    ['ещё не решила', 'undecided'],
  ])('%s is a plan', async (text, plan) => {
    const stage = await atPlan()
    await stage.writes(text)
    expect(stage.person().plan).toBe(plan)
    expect(stage.state()).toBe('name')
  })

  test.each(['өткізіп жіберу', 'пропустить', 'Skip', 'жоқ'])('%s leaves the name out', async (text) => {
    const stage = await atPlan()
    await stage.writes('колледж')
    await stage.writes(text)
    expect(stage.person().name).toBeUndefined()
    expect(stage.opened()?.flow).toBe('home')
  })

  test.each(['Назар', 'Жанар', 'Артур'])('%s is a name, though a button is called nearly so', async (name) => {
    const stage = await atPlan()
    await stage.writes('колледж')
    await stage.writes(name)
    expect(stage.person().name).toBe(name)
  })
})

test.each(['Шымкентте тұрамын', 'есімімді өзгерткім келеді', 'мне 15', 'what is your name'])(
  'a sentence (%s) is nobody’s name, and the name is asked for again',
  async (text) => {
    const stage = await atPlan()
    await stage.writes('колледж')
    await stage.writes(text)
    expect([stage.state(), stage.said()]).toEqual(['name', 'onboarding:name.sentence'])
    expect(stage.person().name).toBeUndefined()
    await stage.writes('есімім Айсұлу')
    expect(stage.person().name).toBe('Айсұлу')
  },
)

describe('what is not understood', () => {
  test.each(languages)('stays on its screen with how to answer, never in the search (%s)', async (language) => {
    const stage = await meets(newcomer(language))
    const puzzled = async (state: string, said: string) => {
      await stage.writes('абракадабра')
      expect([stage.state(), stage.said()]).toEqual([state, said])
      expect(stage.opened()).toBeUndefined()
    }
    await puzzled('welcome', 'onboarding:expected.welcome')
    await stage.writes('1')
    expect(stage.state()).toBe('welcome')
    await stage.writes('yes')
    await puzzled('age', 'onboarding:expected.age')
    await stage.writes('25')
    await puzzled('agreeing', 'onboarding:expected.consent')
    await stage.writes('да')
    await puzzled('plan', 'onboarding:expected.plan')
    await stage.writes('учиться')
    expect(stage.said()).toBe('onboarding:expected.plan')
  })

  test('is, where a guardian is asked for, whom to ask, and there what a code looks like', async () => {
    const stage = await atAge()
    await stage.writes('15')
    await stage.writes('абракадабра')
    expect(stage.state()).toBe('whom')
    await stage.writes('абракадабра')
    expect([stage.state(), stage.said()]).toEqual(['whom', 'onboarding:code.expected'])
  })
})

describe('whom to ask', () => {
  test.each(['whom.agree', 'Сұрадым, келісім берілді'])('has the word of consent beside it: %s', async (name) => {
    const stage = await atAge()
    await stage.writes('15')
    await stage.presses('consent.guardian.whom')
    await stage.presses(name)
    expect(stage.person().consent?.by).toBe('guardian')
    expect(stage.state()).toBe('plan')
  })

  test.each(['Сұрадым, келісім берілді', 'спросила', 'they agreed'])('hears %s', async (text) => {
    const stage = await atAge()
    await stage.writes('15')
    await stage.writes('жоқ')
    await stage.writes(text)
    expect(stage.person().consent?.by).toBe('guardian')
  })
})

describe('whoever has agreed and left in the middle', () => {
  const { plan: _, ...left } = agreed('kk')

  test('goes on with the plan, by home and by a link', async () => {
    const stage = await meets(left)
    expect(stage.state()).toBe('plan')
    await stage.opens({ code: 'kod-abcdefghijklmnopqrstuvwx' })
    expect(stage.state()).toBe('plan')
    await stage.writes('колледж')
    await stage.presses('common:skip')
    expect(stage.opened()?.flow).toBe('home')
  })

  test('and stood at the region before it was asked no more, stands at the plan', () => {
    const context = { ageBand: '14-15', code: null, codeIsValid: false, renewing: false, hasAgreed: false }
    const stored = { ...context, agreedBy: 'guardian', refusedUntil: null, begin: 'meeting' }
    const reading = readFrame(onboarding, { flow: 'onboarding', version: 3, value: 'region', context: stored })
    expect(reading).toMatchObject({ type: 'readable', frame: { value: 'plan', context: stored } })
  })
})

describe('what a ward writes in sentences', () => {
  test('a plan is read, and shown above what comes next', async () => {
    const stage = await atPlan()
    await stage.writes('9-дан кейін колледжге барам ба деп ойлап жүрмін')
    expect(stage.state()).toBe('name')
    expect(stage.person().plan).toBe('college')
    expect(stage.said()).toBe('onboarding:planned')
  })

  test.each(['директордан сұрадым рұқсат берді', 'анам келісті', 'мама разрешила', 'the director agreed'])(
    '%s is the word of whoever agrees',
    async (text) => {
      const stage = await atAge()
      await stage.writes('15')
      await stage.writes(text)
      expect(stage.state()).toBe('plan')
    },
  )

  test.each(['директор рұқсат бермеді', 'мама не разрешила', 'the director has not agreed'])(
    '%s is none',
    async (text) => {
      const stage = await atAge()
      await stage.writes('15')
      await stage.writes(text)
      await stage.writes(text)
      expect(stage.state()).toBe('whom')
    },
  )

  test('a sentence is not taken for a code that is wrong', async () => {
    const stage = await atAge()
    await stage.writes('15')
    await stage.writes('жоқ')
    await stage.writes('неге келісім керек')
    expect(stage.said()).toBe('onboarding:code.words')
  })
})

describe('an age where it is not asked for', () => {
  test.each(['жасым 19', 'мне 15', "I'm 16", '15', 'он бес жастамын'])(
    'on the first screen is answered with what comes first: %s',
    async (text) => {
      const stage = await meets()
      await stage.writes(text)
      expect([stage.state(), stage.said()]).toEqual(['welcome', 'onboarding:expected.ageLater'])
      expect(stage.opened()).toBeUndefined()
    },
  )

  test.each([
    ['мен 17демін', '16-17', 'asGuardian'],
    ["actually I'm 18", '18+', 'agreeing'],
    ['мне уже 18', '18+', 'agreeing'],
    ['мне 13 лет', '12-13', 'asGuardian'],
    ['11', null, 'tooYoung'],
  ])('corrects what was said, where a guardian is asked for: %s', async (text, ageBand, state) => {
    for (const way of ['asGuardian', 'whom'] as const) {
      const stage = await atAge()
      await stage.writes('15')
      if (way === 'whom') await stage.presses('consent.guardian.whom')
      await stage.writes(text)
      expect(stage.state()).toBe(state)
      expect(stage.frame().context).toMatchObject({ ageBand })
      expect(stage.said()).toBe(ageBand === null ? undefined : 'onboarding:aged')
    }
  })

  test('corrects an adult as well, before anything is agreed to', async () => {
    const stage = await atAge()
    await stage.writes('18')
    await stage.writes('мне 17')
    expect([stage.state(), stage.said()]).toEqual(['asGuardian', 'onboarding:aged'])
  })

  test('changes nothing of whoever agreed before; how to correct it is said', async () => {
    const stage = await atPlan()
    await stage.presses('common:back')
    await stage.writes('18')
    await stage.writes('мне 17')
    expect([stage.state(), stage.said()]).toEqual(['agreeing', 'onboarding:expected.consent'])
    expect(stage.person().consent?.by).toBe('self')
  })

  test('makes nobody an adult who said to be too young a moment ago', async () => {
    const stage = await atAge()
    await stage.writes('11')
    await stage.writes('қате бастым')
    await stage.writes('15')
    await stage.writes('мне 18')
    expect([stage.state(), stage.said()]).toEqual(['age', 'onboarding:expected.adultLater'])
  })
})
