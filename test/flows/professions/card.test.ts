import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { savedLimit } from '../../../flows/professions/contract.ts'
import { readCatalogue } from '../../../src/capabilities/professions/seed.ts'
import { exportChat } from '../../../src/store/chats.ts'
import { type Actor, createStage, type Stage } from '../../support/stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await createStage()
})
afterAll(() => stage.close())

const met = async () => {
  const actor = stage.actor('en')
  await actor.starts()
  await actor.presses('onboarding:welcome.next')
  await actor.presses('common:age.18+')
  await actor.presses('onboarding:consent.self.agree')
  await actor.presses('common:plan.undecided')
  await actor.presses('common:skip')
  return actor
}
const atCook = async () => {
  const actor = await met()
  await actor.writes('cook')
  await actor.presses('Cook')
  return actor
}
const savedOf = async ({ person }: Actor) => {
  const rows = await stage.store.prisma.savedProfession.findMany({ where: { chatId: BigInt(person.id) } })
  return rows.map(({ profession }) => profession)
}

describe('the card of a profession', () => {
  test('says of pay and places to study that nothing is known', async () => {
    expect((await atCook()).sees()).toContain('Pay and places to study: I have no checked facts')
  })

  test('leads on to three similar ones, and back through each, to what was found', async () => {
    const actor = await atCook()
    const cook = actor.sees()
    const similar = cook.split('\n').filter((line) => /^\[[A-Z][a-z ]+\]$/.test(line))
    expect(similar).toHaveLength(3)
    const [first = ''] = similar
    await actor.presses(first.slice(1, -1))
    expect(actor.sees()).not.toBe(cook)
    await actor.presses('common:back')
    expect(actor.sees()).toBe(cook)
    await actor.presses('common:back')
    expect(actor.sees()).toContain('This is what I found for “cook”')
  })

  test.each(['similar professions', 'похожие профессии', 'ұқсас мамандықтар', 'уксас', 'покажи похожие'])(
    'written to, «%s» stays with its own similar ones instead of leading to the whole list',
    async (text) => {
      const actor = await atCook()
      const card = actor.sees()
      await actor.writes(text)
      expect(actor.sees()).toContain(card)
      expect(actor.sees()).toMatch(/^Below are professions that go with similar interests/)
    },
  )

  test('can be saved and is found among the professions, until it is taken out', async () => {
    const actor = await atCook()
    await actor.presses('professions:card.save')
    expect(await savedOf(actor)).toEqual(['cook'])
    await actor.writes('/professions')
    expect(actor.sees()).toContain('[★ Saved · 1]')
    await actor.presses('★ Saved · 1')
    await actor.presses('Cook')
    await actor.presses('professions:card.unsave')
    expect(await savedOf(actor)).toEqual([])
    await actor.presses('common:back')
    expect(actor.sees()).toContain('Nothing is saved yet')
    await actor.presses('common:back')
    expect(actor.sees()).toContain('Choose a field')
    expect(actor.sees()).not.toContain('★')
  })

  test('is found among the saved by a word, too', async () => {
    const actor = await atCook()
    await actor.presses('professions:card.save')
    await actor.writes('favorites')
    expect(actor.sees()).toContain('[Cook]')
  })

  test('is not saved where thirty are, and says so', async () => {
    const actor = await atCook()
    const rows = Array.from({ length: savedLimit }, (_, place) => {
      return { chatId: BigInt(actor.person.id), profession: `p${place}`, savedAt: BigInt(place) }
    })
    await stage.store.prisma.savedProfession.createMany({ data: rows })
    await actor.presses('common:back')
    await actor.presses('Cook')
    await actor.presses('professions:card.save')
    expect(await savedOf(actor)).toHaveLength(savedLimit)
    expect(actor.sees()).toContain('☆ Save')
  })

  test('begins a reminder of a first step, whose way back leads to the card', async () => {
    const actor = await atCook()
    const card = actor.sees()
    await actor.presses('professions:card.remind')
    expect(actor.sees()).toContain('Cook: try a first step')
    await actor.presses('common:back')
    expect(actor.sees()).toBe(card)
    await actor.presses('professions:card.remind')
    await actor.writes('tomorrow 18:00')
    await actor.presses('reminders:confirming.save')
    expect(actor.sees()).toContain('Cook: try a first step')
    await actor.presses('common:back')
    expect(actor.sees()).toBe(card)
  })

  test('that is saved is told in the export, and forgotten with everything', async () => {
    const actor = await atCook()
    await actor.presses('professions:card.save')
    const { SavedProfession: rows } = (await exportChat(stage.store, actor.person.id)) as Record<string, unknown[]>
    expect(rows).toEqual([expect.objectContaining({ profession: 'cook' })])
    await actor.writes('/export_me')
    const page = actor.person.messages.findLast(({ document }) => document?.name.endsWith('.html'))?.document
    expect(Buffer.from(page?.bytes ?? []).toString()).toMatch(/Saved professions[\s\S]*Cook/)
    await actor.writes('/delete_me')
    await actor.presses('privacy:confirm.yes')
    expect(await savedOf(actor)).toEqual([])
  })
})

test('every profession has three similar ones, none of them itself', async () => {
  const { professions } = await readCatalogue(new URL('../../../prisma/seed/', import.meta.url))
  const actor = await met()
  for (const { name } of professions.slice(0, 3)) {
    await actor.writes(name.en)
    await actor.presses(name.en)
    expect(actor.sees()).not.toContain(`[${name.en}]`)
  }
})
