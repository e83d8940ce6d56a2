import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { languages } from '../../flows/kit/words.ts'
import { exportChat } from '../../src/store/chats.ts'
import { type Actor, createStage, describeMessage, type Stage } from '../support/stage.ts'

/**
 * Stories: what a person does (`*.story.yaml`) and what appears (`told/<story>.<language>.txt`). After a wanted change
 * of words or screens, look at the difference and accept it with: npm run test:update
 */
const Step = z.union([
  z.strictObject({ starts: z.string().nullable() }),
  z.strictObject({ presses: z.union([z.string(), z.number(), z.array(z.union([z.string(), z.number()]))]) }),
  z.strictObject({ writes: z.string() }),
  z.strictObject({ sends: z.enum(['sticker', 'voice', 'photo', 'document', 'forward', 'location', 'contact']) }),
  z.strictObject({ days: z.number() }),
  z.strictObject({ restart: z.literal(true) }),
])
const Story = z.strictObject({ about: z.string(), steps: z.array(Step) })
type Step = z.infer<typeof Step>

const folder = new URL('./', import.meta.url)
const stories = readdirSync(folder)
  .filter((file) => file.endsWith('.story.yaml'))
  .map((file) => ({
    name: file.replace('.story.yaml', ''),
    ...Story.parse(parse(readFileSync(new URL(file, folder), 'utf8'))),
  }))

describe.each(stories)('$name: $about', ({ name, steps }) => {
  let stage: Stage
  beforeAll(async () => {
    stage = await createStage()
  })
  afterAll(() => stage.close())

  test.each(languages)('in %s', async (language) => {
    const actor = stage.actor(language)
    const told: string[] = []
    for (const step of steps) told.push(...(await play(step, actor, stage)))
    await expect(`${told.join('\n\n')}\n`).toMatchFileSnapshot(`told/${name}.${language}.txt`)
  })
})

async function play(step: Step, actor: Actor, stage: Stage): Promise<string[]> {
  if ('presses' in step) {
    const told: string[] = []
    for (const button of [step.presses].flat()) {
      const toasts = actor.person.toasts.length
      told.push(`» ${button}`)
      await actor.presses(button)
      told.push(
        ...actor.person.toasts.slice(toasts).flatMap(({ text }) => (text === '' ? [] : [`(${text})`])),
        actor.sees(),
      )
    }
    return told
  }
  if ('starts' in step) await actor.starts(step.starts ?? undefined)
  if ('writes' in step) await actor.writes(step.writes)
  if ('sends' in step) await actor.sends(step.sends)
  if ('days' in step) stage.wait(step.days * 24 * 60 * 60 * 1000)
  if ('restart' in step) await stage.restart()
  return [`» ${JSON.stringify(step)}`, ...('days' in step || 'restart' in step ? [] : [actor.sees()])]
}

describe('documents', () => {
  test('/export_me gives everything as JSON, /delete_me forgets everything', async () => {
    const stage = await createStage()
    const actor = stage.actor('kk')
    await actor.starts()
    await actor.presses('onboarding:welcome.next')
    await actor.presses('18 жас')
    await actor.presses('onboarding:consent.self.agree')
    await actor.writes('/export_me')
    const file = actor.person.messages.find(({ document }) => document !== undefined)
    const exported = JSON.parse(new TextDecoder().decode(file?.document?.bytes))
    expect(exported.Person[0]).toMatchObject({ language: 'kk', ageBand: '18+' })
    await actor.writes('/delete_me')
    await actor.presses('privacy:confirm.yes')
    expect(describeMessage(actor.screen())).toContain('/start')
    for (const rows of Object.values(
      (await exportChat(
        stage.store,
        {
          chatId: actor.person.id,
          person: { language: 'kk', quiet: { from: 22, to: 8 }, muted: [] },
          now: 0,
        }.chatId,
      )) as object,
    )) {
      expect(rows).toEqual([])
    }
    await actor.starts()
    expect(actor.sees()).toContain(stage.bot.words.plain({ key: 'onboarding:welcome.title' }, 'kk'))
    await stage.close()
  })
})
