import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Language } from '../../flows/kit/words.ts'
import { placeOf } from '../../src/store/seal.ts'
import { type Actor, createStage, type Stage } from '../support/stage.ts'

const languages: readonly Language[] = ['kk', 'ru', 'en']
const danger = { kk: 'өлгім келеді', ru: 'хочу умереть', en: 'i want to die' } as const

/** What may have become of a chat's rows, as SQL after UPDATE. */
const damages = {
  'a plan that nobody knows': `"Person" SET "plan" = 'army'`,
  'a language that nobody knows': `"Person" SET "language" = 'xx'`,
  'a consent that cannot be read': `"Person" SET "consentBy" = x'00'`,
  'an age that nobody knows': `"Person" SET "ageBand" = '5-6'`,
  'muted kinds that are no JSON': `"Person" SET "muted" = ''`,
  'a name that does not open': `"Person" SET "name" = x'0102'`,
  'a consent at a time that never was': `"Person" SET "consentAt" = 'army'`,
  'a stack that does not open': `"Dialogue" SET "stack" = zeroblob(64)`,
  'a stack of another kind': `"Dialogue" SET "stack" = 'army'`,
  'update ids that are no JSON': `"Dialogue" SET "recent" = '['`,
  'a revision that is no number': `"Dialogue" SET "revision" = 'army'`,
  'a shown revision that is no number': `"Dialogue" SET "shown" = x'00'`,
} as const

describe('a chat whose rows are damaged', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await createStage()
  })
  afterAll(() => stage.close())

  const words = (key: string, language: Language) => stage.bot.words.plain({ key }, language)
  const documents = ({ person }: Actor) => person.messages.filter(({ document }) => document !== undefined)
  const damage = ({ person }: Actor, sql: string) =>
    stage.store.prisma.$executeRawUnsafe(`UPDATE ${sql} WHERE "chatId" = ${person.id}`)

  test.each(Object.entries(damages))(
    'with %s hears of help, is answered, and can take or delete all',
    async (_, sql) => {
      for (const language of languages) {
        const actor = stage.actor(language)
        await actor.starts()
        const writes = async (text: string) => {
          expect(await damage(actor, sql)).toBe(1)
          const before = actor.person.messages.length
          await actor.writes(text)
          expect(actor.person.messages.length).toBeGreaterThan(before + 1)
        }
        for (const text of [danger[language], '/help']) {
          await writes(text)
          for (const number of ['111', '150', '112']) expect(actor.sees()).toContain(number)
        }
        await writes('/start')
        expect(actor.sees()).toContain(words('onboarding:welcome.next', language))
        await writes('abc')
        await writes('/export_me')
        expect(documents(actor)).toHaveLength(2)
        await writes('/delete_me')
        await actor.presses('privacy:confirm.yes')
        expect(actor.sees()).toContain(words('privacy:deleted.title', language))
        expect(await stage.store.prisma.person.count({ where: { chatId: actor.person.id } })).toBe(0)
      }
    },
  )

  test('is as it was after the next turn, but for what was lost, which the operator can find', async () => {
    const actor = stage.actor('ru')
    await actor.starts()
    await damage(actor, damages['a plan that nobody knows'])
    await actor.writes('abc')
    const chatId = actor.person.id
    const row = await stage.store.prisma.person.findUniqueOrThrow({ where: { chatId } })
    expect(row).toMatchObject({ plan: null, language: 'ru' })
    const [kept] = await stage.store.prisma.archivedFrame.findMany({ where: { chatId } })
    expect(kept).toMatchObject({ reason: 'cannot be read: plan' })
    const frame = kept && stage.store.seal.open(kept.frame, placeOf('ArchivedFrame', 'frame', kept.id, chatId))
    const base64 = { plan: Buffer.from('army').toString('base64') }
    expect(JSON.parse(frame ?? '')).toEqual({ table: 'Person', base64 })
  })
})
