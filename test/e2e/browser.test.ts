import { existsSync, writeFileSync } from 'node:fs'
import { type Browser, chromium, type Locator, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { WordsBook } from '../../src/i18n/words.ts'
import { readWords } from '../support/words.ts'
import { createFolder, type Serik, startSerik } from './support/serik.ts'
import { answers } from './support/walks.ts'

/** `npm start` without a token, in a real browser. UPDATE_SCREENSHOT=1 draws the README's picture anew. */
const executablePath = '/usr/bin/chromium'
const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync']
const picture = new URL('../../src/playground/screenshot.png', import.meta.url)
const patience = { timeout: 15_000, interval: 25 }

describe.skipIf(!existsSync(executablePath) && process.env.CI !== 'true')('the playground of the real program', () => {
  let folder: ReturnType<typeof createFolder>
  const problems: string[] = []
  let words: WordsBook
  let serik: Serik
  let browser: Browser
  let page: Page
  let url: string

  beforeAll(async () => {
    words = await readWords()
    browser = await chromium.launch({ executablePath, args: flags })
  })
  beforeEach(async () => {
    folder = createFolder()
    serik = await startSerik({ DATABASE_URL: folder.database, HOME: folder.path, PORT: '0' })
    url = (await serik.says(/Serik: http/)).replace('Serik: ', '')
  })
  afterEach(async () => {
    await page?.close()
    const code = await serik.stop()
    folder.remove()
    expect(code, serik.said()).toBe(0)
    expect(problems.splice(0)).toEqual([])
  })
  afterAll(() => browser?.close())

  const open = async (width: number, height: number) => {
    page = await browser.newPage({ viewport: { width, height } })
    page.setDefaultTimeout(15_000)
    page.on('pageerror', (error) => problems.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text())
    })
    await page.goto(url)
    await page.locator('.phone').waitFor({ state: 'attached' })
  }
  const add = async (role: string) => {
    await page.getByRole('button', { name: 'Адам қосу' }).click()
    await page.getByRole('dialog', { name: 'Адам қосу' }).getByRole('button', { name: role }).click()
  }
  const phone = (role: string): Locator => page.locator(`.phone.${role}`)
  const say = (key: string) => words.plain({ key }, 'kk')
  const newest = (role: string) => phone(role).locator('.message.bot').last()
  const faceOf = (role: string) => newest(role).innerText()

  /** Acts and waits until the newest message looks otherwise. */
  const changing = async (role: string, act: () => Promise<void>) => {
    const before = await faceOf(role)
    await act()
    await expect.poll(() => faceOf(role), patience).not.toBe(before)
  }
  const press = (role: string, ...keys: readonly (string | number)[]) =>
    keys.reduce(async (done, key) => {
      await done
      const button =
        typeof key === 'number'
          ? newest(role).locator('.key').nth(key)
          : newest(role).getByRole('button', { name: say(key), exact: true })
      await changing(role, () => button.click())
    }, Promise.resolve())
  const start = async (role: string) => {
    await phone(role).getByRole('button', { name: 'Бастау' }).click()
    await phone(role).locator('.key').first().waitFor()
  }
  const meet = async (role: string) => {
    await start(role)
    await press(role, 'onboarding:welcome.next', 'common:age.18+', 'onboarding:consent.self.agree')
    await press(role, 'common:plan.work', 'common:skip')
  }
  const answer = async (role: string) => {
    await press(role, 'home:next.begin.button', 'survey:intro.begin')
    for (const value of answers) await press(role, `riasec:rate.${value}`)
    if ((await faceOf(role)).includes(say('survey:secondLook.title'))) await press(role, 'survey:secondLook.keep')
    await newest(role).locator('img').waitFor()
  }
  const toProfession = async (role: string) => {
    await press(role, 'survey:result.families', 0, 0)
  }

  test('in Kazakh from /start to a result with its picture, and on to a profession', async () => {
    await open(1280, 860)
    await meet('resident')
    await page.getByRole('button', { name: 'Ішкі күй' }).click()
    await answer('resident')
    expect(await faceOf('resident')).toContain(say('survey:result.changes'))
    const image = newest('resident').locator('img')
    await expect
      .poll(() => image.evaluate((node) => ('naturalWidth' in node ? node.naturalWidth : 0)), patience)
      .toBeGreaterThan(300)
    expect(await image.getAttribute('alt')).not.toBeNull()
    const panel = page.locator('#panel')
    await panel.locator('summary').getByText('survey result').waitFor()
    await panel.locator('summary').getByText('sendPhoto').waitFor()
    await toProfession('resident')
    await panel.locator('summary').getByText('professions card').waitFor()
    await page.getByRole('button', { name: 'Ботты қайта іске қосу' }).click()
    await page.getByText('Бот қайта іске қосылды').waitFor()
    await press('resident', 'common:back')
  })

  test('time is moved to tomorrow evening, and the reminder of that hour comes', async () => {
    await open(390, 700)
    await meet('resident')
    await press('resident', 'reminders:menu')
    const field = phone('resident').getByLabel('Хабарлама жазыңыз')
    await field.fill('ертең 18:00 құжат тапсыру')
    await changing('resident', () => page.keyboard.press('Enter'))
    await press('resident', 'reminders:confirming.save')
    await page.getByRole('button', { name: 'Сынақ алаңының уақыты' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Ертең 18:00' }).click()
    await newest('resident').getByText('⏰ құжат тапсыру').waitFor()
    await newest('resident')
      .getByRole('button', { name: say('reminders:done.label') })
      .waitFor()
  })

  test('at 360 pixels by keyboard alone', async () => {
    await open(360, 640)
    const focused = () => page.evaluate<string>('document.activeElement.textContent')
    /** Tab, until what has the focus reads so. */
    const tabTo = async (name: string) => {
      for (let steps = 0; steps < 60; steps++) {
        if ((await focused()).trim() === name) return
        await page.keyboard.press('Tab')
      }
      throw new Error(`Tab never came to "${name}", but stands on "${await focused()}"`)
    }
    const pressKey = async (key: string) => {
      await newest('resident').locator('.key').first().focus()
      for (let steps = 0; (await focused()).trim() !== say(key); steps++) {
        expect(steps, key).toBeLessThan(40)
        await page.keyboard.press('ArrowRight')
      }
      await changing('resident', () => page.keyboard.press('Enter'))
    }
    await tabTo('Бастау')
    await page.keyboard.press('Enter')
    await phone('resident').locator('.key').first().waitFor()
    await tabTo('✓ Қазақша')
    for (const key of [
      'onboarding:welcome.next',
      'common:age.18+',
      'onboarding:consent.self.agree',
      'common:plan.work',
    ]) {
      await pressKey(key)
    }
    await phone('resident').getByLabel('Хабарлама жазыңыз').focus()
    await page.keyboard.type('/help')
    await changing('resident', () => page.keyboard.press('Enter'))
    expect(await faceOf('resident')).toContain('111')
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360)
  })

  test.runIf(process.env.UPDATE_SCREENSHOT === '1')('is drawn for the README', async () => {
    await open(1440, 1150)
    await meet('resident')
    await answer('resident')
    await add('Түлек')
    await meet('graduate')
    await answer('graduate')
    await toProfession('graduate')
    await add('Тәлімгер')
    await start('mentor')
    await press('mentor', 'onboarding:consent.self.agree', 'common:skip')
    await page.mouse.move(0, 0)
    await page.evaluate('document.activeElement.blur()')
    // Toasts go away by themselves.
    await expect.poll(() => page.locator('.toast:visible, .notice').count(), patience).toBe(0)
    writeFileSync(picture, await page.screenshot())
  })

  test('a reload shows the newest message of a long chat', async () => {
    await open(390, 500)
    await meet('resident')
    await page.reload()
    const log = phone('resident').locator('.log')
    const ends = () =>
      log.evaluate((node) => [node.scrollTop > 0, node.scrollHeight - node.scrollTop - node.clientHeight < 2])
    await expect.poll(ends, patience).toEqual([true, true])
  })
})
