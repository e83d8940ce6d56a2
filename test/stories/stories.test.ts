import { readdirSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { languages } from '../../flows/kit/words.ts'
import { play, type Told } from './play.ts'
import { readStories, readStory } from './story.ts'

/**
 * Stories: what people do (`*.story.yaml`) and what appears (`told/<story>.<language>.txt`). After a wanted change of
 * words or screens, look at the difference and accept it with: npm run test:update
 */
const folder = new URL('./', import.meta.url)
const stories = readStories(folder)

describe.each(stories)('$name: $about', (story) => {
  let told: readonly Told[] = []
  beforeAll(async () => {
    told = await play(story)
  })

  test.each(languages)('in %s', async (language) => {
    const text = told.find((one) => one.language === language)?.text
    await expect(text).toMatchFileSnapshot(`told/${story.name}.${language}.txt`)
  })
})

test('nothing is told of stories that are no more', () => {
  const names = stories.flatMap(({ name }) => languages.map((language) => `${name}.${language}.txt`))
  expect(readdirSync(new URL('told/', folder)).filter((name) => !names.includes(name))).toEqual([])
})

describe('a story is refused', () => {
  const reminded = `
    about: a reminder comes
    met: [resident]
    steps:
      - resident: { writes: today 12:00 bread }
      - resident: { presses: reminders:confirming.save }`

  test('that does not speak of what comes', async () => {
    const story = readStory('silent', `${reminded}\n      - until: 12:00`)
    await expect(play(story)).rejects.toThrow('must say what comes: reminders.due for resident at 12:00')
  })

  test('that speaks of what does not come', async () => {
    const story = readStory('wishful', `${reminded}\n      - until: 11:59\n      - comes: reminders.due`)
    await expect(play(story)).rejects.toThrow('No reminders.due has come')
  })
})
