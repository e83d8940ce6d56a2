import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { changePerson, consentVersion, hasConsent, newcomer, refusalLasts } from '../../../flows/common/person.ts'
import { createConsentCode, hashOf } from '../../../src/capabilities/consent/codes.ts'
import { exportChat } from '../../../src/store/chats.ts'
import { loadPerson } from '../../../src/store/people.ts'
import { writeFacts } from '../../support/sealed-rows.ts'
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

  test.each([
    ['12-13', 'қорғаншыңыздың'],
    ['14-15', 'қамқоршыңыздың'],
    ['16-17', 'қамқоршыңыздың'],
  ])('is asked of whom the law names at %s', async (ageBand, guardian) => {
    const actor = stage.actor('kk')
    await actor.starts()
    await actor.presses('onboarding:welcome.next')
    await actor.presses(`common:age.${ageBand}`)
    expect(actor.sees()).toContain(guardian)
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

  test('by a link that is pasted whole is read; other words are not taken for a wrong code', async () => {
    const actor = await toAge()
    await actor.presses('common:age.14-15')
    await actor.writes('here_are_some_words_of_me')
    expect(actor.sees()).not.toContain('That code was not found')
    await actor.writes('https://t.me/serik_bot?start=kod-abcdefghijklmnopqrstuvwx')
    expect(actor.sees()).toContain('That code was not found')
    await actor.writes(`here it is: https://t.me/serik_bot?start=${await codeFor(1)}`)
    await actor.presses('onboarding:consent.code.agree')
    expect((await personOf(actor)).consent?.by).toBe('code')
  })

  test('is told whom to ask for by somebody without parents who writes so, or presses for it', async () => {
    const actor = await toAge()
    await actor.presses('common:age.14-15')
    await actor.presses('onboarding:consent.guardian.whom')
    const whom = actor.sees()
    for (const said of ['no parents', 'its director agrees', '111']) expect(whom).toContain(said)
    await actor.presses('common:back')
    await actor.writes('who can agree if nobody is there?')
    expect(actor.sees()).toBe(whom)
    await actor.writes(await codeFor(1))
    await actor.presses('onboarding:consent.code.agree')
    expect((await personOf(actor)).consent?.by).toBe('code')
  })

  test('of an adult ends whatever flow changes their age', () => {
    const adult = {
      ...newcomer('kk'),
      ageBand: '18+' as const,
      consent: { version: consentVersion, at: 0, by: 'self' as const },
    }
    expect(hasConsent(changePerson(adult, { ageBand: '16-17' }))).toBe(false)
    expect(hasConsent(changePerson(adult, { plan: 'work' }))).toBe(true)
    const ward = { ...adult, consent: { ...adult.consent, by: 'code' as const } }
    expect(hasConsent(changePerson(ward, { ageBand: '16-17' }))).toBe(true)
  })

  test('taken back by whatever flow leaves nothing but the language', () => {
    const person = { ...newcomer('ru'), ageBand: '18+' as const, name: 'Т', region: '75', muted: ['a.b'] }
    const adult = { ...person, consent: { version: consentVersion, at: 0, by: 'self' as const } }
    expect(changePerson(adult, { consent: null })).toEqual(newcomer('ru'))
    expect(changePerson(adult, { ageBand: '14-15' })).toEqual(newcomer('ru'))
    expect(changePerson(adult, { refusedAt: 5 })).toEqual({ ...newcomer('ru'), refusedAt: 5 })
  })

  test('by oneself is none for a day after saying to be under 12', () => {
    const refused = { ...newcomer('kk'), refusedAt: 1_000 }
    const agreeing = (at: number, by: 'self' | 'guardian' | 'code') =>
      changePerson(refused, {
        ageBand: by === 'self' ? '18+' : '12-13',
        consent: { version: consentVersion, at, by },
        refusedAt: null,
      })
    expect(agreeing(1_000 + refusalLasts - 1, 'self')).toEqual(refused)
    expect(agreeing(1_000 + refusalLasts - 1, 'guardian')).toEqual(refused)
    expect(hasConsent(agreeing(1_001, 'code'))).toBe(true)
    expect(agreeing(1_000 + refusalLasts, 'self').refusedAt).toBeUndefined()
  })
})

/** A row in every table, by everything the bot can be told, and flows left open with words in them. */
const tellEverything = async (actor: Actor) => {
  const { id } = actor.person
  await actor.presses('common:plan.college')
  await actor.writes('Сәуле')
  await writeFacts(stage.store, id, 'құпия')
  await actor.writes('/reminders')
  await actor.writes('tomorrow 18:00 құпия сөз')
}
const rowsOf = async (actor: Actor) => {
  const { id } = actor.person
  const world = { chatId: id, person: newcomer('en'), now: stage.now() }
  const tables = (await exportChat(stage.store, world.chatId)) as Record<string, Record<string, unknown>[]>
  return Object.fromEntries(Object.entries(tables).filter(([, rows]) => rows.length > 0))
}
const nothingElse = { ageBand: null, region: null, plan: null, name: null, consentVersion: null, consentAt: null }

describe('whoever is younger than 12', () => {
  const refused = async () => {
    const actor = await toAge()
    await actor.presses('common:age.12-13')
    await actor.presses('onboarding:consent.guardian.agree')
    await tellEverything(actor)
    await actor.starts(await codeFor(1))
    await actor.presses('onboarding:welcome.next')
    expect(actor.sees()).toContain('your answers and reminders are deleted at once')
    await actor.presses('onboarding:age.younger')
    return actor
  }

  test('leaves nothing but language, time and screen, and reads so', async () => {
    const actor = await refused()
    const rows = await rowsOf(actor)
    expect(Object.keys(rows).sort()).toEqual(['Dialogue', 'Person'])
    expect(rows.Person).toMatchObject([{ ...nothingElse, language: 'en', refusedAt: expect.any(String) }])
    expect(rows.Dialogue).toHaveLength(1)
    expect(JSON.stringify(rows.Dialogue)).not.toMatch(/құпия|reminders/)
    expect(rows.Dialogue?.[0]?.stack).toHaveLength(1)
    expect(actor.sees()).toContain('Come with an adult')
    for (const said of ['111', '150', '112', 'has been deleted', '40 days']) expect(actor.sees()).toContain(said)
    const { deletions } = await stage.store.deletions.read()
    expect(deletions.map(({ chatId }) => chatId)).toContain(actor.person.id)
  })

  test('stands in no list of deletions when there was nothing to delete', async () => {
    const actor = await toAge()
    await actor.presses('onboarding:age.younger')
    expect(actor.sees()).not.toContain('has been deleted')
    const { deletions } = await stage.store.deletions.read()
    expect(deletions.map(({ chatId }) => chatId)).not.toContain(actor.person.id)
  })

  test.each<[string, (actor: Actor) => Promise<void>]>([
    ['the menu', (actor) => actor.writes('/menu')],
    ['a new start', (actor) => actor.starts()],
    ['settings', (actor) => actor.writes('/settings')],
    [
      'deleting everything and starting anew',
      async (actor) => {
        await actor.writes('/delete_me')
        await actor.presses('privacy:confirm.yes')
        expect(actor.sees()).toContain('when you said you were not 12 yet')
        await actor.starts()
      },
    ],
    [
      'a restart',
      async (actor) => {
        await stage.restart()
        await actor.writes('hello')
      },
    ],
  ])('does not become an adult by %s', async (_, act) => {
    const actor = await toAge()
    await actor.presses('onboarding:age.younger')
    await act(actor)
    expect(actor.sees()).toContain('Come with an adult')
    await actor.presses('onboarding:tooYoung.mistaken')
    expect(actor.sees()).not.toContain('[18 or older]')
    await actor.presses('common:age.16-17')
    expect(actor.sees()).not.toContain('Yes, they have agreed')
    await actor.writes('no code at all')
    expect((await personOf(actor)).consent).toBeUndefined()
  })

  test('comes in with a code who pressed it by mistake', async () => {
    const actor = await toAge()
    await actor.presses('onboarding:age.younger')
    await actor.presses('onboarding:tooYoung.mistaken')
    await actor.presses('common:age.12-13')
    await actor.writes(await codeFor(1))
    await actor.presses('onboarding:consent.code.agree')
    const person = await personOf(actor)
    expect(person).toMatchObject({ ageBand: '12-13', consent: { by: 'code' } })
    expect(person.refusedAt).toBeUndefined()
  })

  test('comes in by a code’s link who pressed it by mistake', async () => {
    const actor = await toAge()
    await actor.presses('onboarding:age.younger')
    await actor.starts(await codeFor(1))
    await actor.presses('onboarding:tooYoung.mistaken')
    await actor.presses('common:age.14-15')
    await actor.presses('onboarding:consent.code.agree')
    expect((await personOf(actor)).consent?.by).toBe('code')
  })

  test('may say another age a day later', async () => {
    const actor = await toAge()
    await actor.presses('onboarding:age.younger')
    stage.wait(refusalLasts)
    await actor.presses('onboarding:tooYoung.mistaken')
    await actor.presses('common:age.18+')
    await actor.presses('onboarding:consent.self.agree')
    const person = await personOf(actor)
    expect(person).toMatchObject({ ageBand: '18+', consent: { by: 'self' } })
    expect(person.refusedAt).toBeUndefined()
  })
})

describe('an adult who says to be younger', () => {
  const adult = async () => {
    const actor = await toAge()
    await actor.presses('common:age.18+')
    await actor.presses('onboarding:consent.self.agree')
    await tellEverything(actor)
    return actor
  }
  const saysYounger: Record<string, (actor: Actor) => Promise<void>> = {
    settings: async (actor) => {
      await actor.writes('/settings')
      await actor.presses('settings:topic.age')
      await actor.presses('common:age.16-17')
    },
    'a notice’s question': async (actor) => {
      await stage.bot.engine.take({
        chatId: actor.person.id,
        action: { type: 'open', flow: 'campaigns', input: { about: 'age' } },
      })
      await stage.bot.engine.idle()
      await actor.presses('common:age.16-17')
    },
  }

  test.each(Object.entries(saysYounger))('in %s reads what will go, and may go back', async (_, says) => {
    const actor = await adult()
    const before = await personOf(actor)
    await says(actor)
    for (const said of ['deleted at once', '40 days', 'nothing changes']) expect(actor.sees()).toContain(said)
    await actor.presses('common:back')
    expect(await personOf(actor)).toEqual(before)
    expect(Object.keys(await rowsOf(actor))).toContain('Reminder')
  })

  test.each(Object.entries(saysYounger))('in %s leaves nothing when they mean it', async (_, says) => {
    const actor = await adult()
    await says(actor)
    await actor.presses('onboarding:losing.yes')
    const rows = await rowsOf(actor)
    expect(Object.keys(rows).sort()).toEqual(['Dialogue', 'Person'])
    expect(rows.Person).toMatchObject([{ ...nothingElse, language: 'en', refusedAt: null }])
    expect(rows.Dialogue?.[0]?.stack).toHaveLength(1)
    expect(actor.sees()).toContain('An adult has to agree')
    await actor.presses('onboarding:consent.guardian.agree')
    expect(await personOf(actor)).toMatchObject({ ageBand: '16-17', consent: { by: 'guardian' } })
  })

  test('on the way back in the first meeting leaves nothing either', async () => {
    const actor = await toAge()
    await actor.presses('common:age.18+')
    await actor.presses('onboarding:consent.self.agree')
    await writeFacts(stage.store, actor.person.id, 'құпия')
    await actor.presses('common:back')
    expect(actor.sees()).toContain('if you choose an age under 18')
    await actor.presses('common:age.14-15')
    expect(Object.keys(await rowsOf(actor)).sort()).toEqual(['Dialogue', 'Person'])
  })
})

describe('a code for many', () => {
  const usesLeft = async (code: string) =>
    (await stage.store.prisma.consentCode.findUniqueOrThrow({ where: { hash: hashOf(code) } })).usesLeft
  const comesWith = async (actor: Actor, code: string) => {
    await actor.starts(code)
    await actor.presses('onboarding:welcome.next')
    await actor.presses('common:age.14-15')
    await actor.presses('onboarding:consent.code.agree')
  }

  test('is used once by a child who follows its link again and again', async () => {
    stage.wait(1)
    const code = await codeFor(5)
    const actor = stage.actor('en')
    await comesWith(actor, code)
    expect(await usesLeft(code)).toBe(4)
    const standing = actor.sees()
    for (let again = 0; again < 4; again++) await actor.starts(code)
    expect(actor.sees()).toBe(standing)
    await actor.presses('common:plan.work')
    await actor.presses('common:skip')
    const home = actor.sees()
    await actor.starts(code)
    expect(actor.sees()).toBe(home)
    expect(await usesLeft(code)).toBe(4)
  })

  test('is not used again by whoever goes back and agrees once more, though it is used up', async () => {
    stage.wait(1)
    const code = await codeFor(1)
    const actor = stage.actor('en')
    await comesWith(actor, code)
    for (let again = 0; again < 3; again++) {
      await actor.presses('common:back')
      await actor.presses('common:age.16-17')
      await actor.presses('onboarding:consent.code.agree')
    }
    expect(await usesLeft(code)).toBe(0)
    expect(await personOf(actor)).toMatchObject({ ageBand: '16-17', consent: { by: 'code' } })
  })

  test('is not used by an adult who follows a child’s link', async () => {
    stage.wait(1)
    const code = await codeFor(1)
    const actor = await toAge(code)
    await actor.presses('common:age.18+')
    await actor.presses('onboarding:consent.self.agree')
    expect(await usesLeft(code)).toBe(1)
    await actor.starts(code)
    expect(await usesLeft(code)).toBe(1)
  })

  test('lets in as many children as it was made for', async () => {
    stage.wait(1)
    const code = await codeFor(2)
    const [first, second, third] = [stage.actor('en'), stage.actor('en'), stage.actor('en')]
    await comesWith(first, code)
    await first.starts(code)
    await comesWith(second, code)
    await third.starts(code)
    await third.presses('onboarding:welcome.next')
    await third.presses('common:age.14-15')
    expect(third.sees()).toContain('An adult has to agree')
    expect((await personOf(second)).consent?.by).toBe('code')
  })
})

describe('/start of somebody who has been met', () => {
  const met = async () => {
    const actor = await toAge()
    await actor.presses('common:age.18+')
    await actor.presses('onboarding:consent.self.agree')
    await actor.presses('common:plan.work')
    await actor.presses('common:skip')
    return actor
  }

  // From a few letters to 64; one of 24 looks like the codes of earlier times.
  test.each(['a', 'from-a-poster', 'Autumn_fair_Almaty_2026_', 'abcdefgh12345678', 'x'.repeat(64)])(
    'leads home with any payload: %s',
    async (payload) => {
      const actor = await met()
      const home = actor.sees()
      await actor.starts(payload)
      expect(actor.sees()).toBe(home)
    },
  )

  test('leads a ward home too, who agreed by a guardian', async () => {
    const actor = await toAge()
    await actor.presses('common:age.14-15')
    await actor.presses('onboarding:consent.guardian.agree')
    await actor.presses('common:plan.work')
    await actor.presses('common:skip')
    const home = actor.sees()
    await actor.starts('Autumn_fair_Almaty_2026_')
    expect(actor.sees()).toBe(home)
  })

  test('leads an adult home with a code too, and says whom codes are for', async () => {
    const actor = await met()
    const home = actor.sees()
    await actor.starts(await codeFor(1))
    expect(actor.sees()).toContain('for people under 18')
    expect(actor.sees()).toContain(home)
  })
})

describe('a newcomer', () => {
  test.each(['from-a-poster', 'Autumn_fair_Almaty_2026_', 'abcdefgh12345678'])(
    'who follows the link of a poster is told of no code: %s',
    async (payload) => {
      const actor = await toAge(payload)
      await actor.presses('common:age.14-15')
      expect(actor.sees()).toContain('An adult has to agree')
      expect(actor.sees()).not.toContain('code was not found')
    },
  )

  test('comes in with a code that was made before codes had a beginning of their own', async () => {
    const code = 'Abcdefghijklmnopqrstuv_1'
    const soon = BigInt(stage.now() + 1_000_000)
    await stage.store.prisma.consentCode.create({
      data: { hash: hashOf(code), kind: 'guardian', createdAt: soon, expiresAt: soon, usesLeft: 1 },
    })
    const actor = await toAge(code)
    await actor.presses('common:age.14-15')
    await actor.presses('onboarding:consent.code.agree')
    expect((await personOf(actor)).consent?.by).toBe('code')
  })
})
