import { existsSync } from 'node:fs'
import { Bot, InlineKeyboard, InputFile } from 'grammy'
import { type Browser, chromium, type Locator, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type BotApi, createBotApi } from '../../src/playground/bot-api/create-bot-api.ts'
import type { TurnReport } from '../../src/playground/inspect.ts'
import { createPlayground } from '../../src/playground/server.ts'
import { pixel, startPolling } from './support.ts'

const executablePath = '/usr/bin/chromium'
const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const isBrowserThere = existsSync(executablePath)

describe.skipIf(!isBrowserThere && process.env.CI !== 'true')('the page in a browser', () => {
  let browser: Browser
  let page: Page
  let api: BotApi
  let report: (turn: TurnReport) => void
  let restarts: number
  const problems: string[] = []
  const closers: (() => Promise<unknown>)[] = []

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: flags })
  })
  afterAll(() => browser?.close())

  beforeEach(async () => {
    api = createBotApi()
    restarts = 0
    const inspect = {
      subscribe: (listener: (turn: TurnReport) => void) => {
        report = listener
        return () => {}
      },
    }
    const restart = async () => {
      restarts += 1
    }
    const playground = createPlayground({ api, inspect, restart })
    const { url, close } = await api.listen()
    const bot = createEcho(api, url)
    await startPolling(bot)
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
    page.setDefaultTimeout(10_000)
    page.on('pageerror', (error) => problems.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text())
    })
    closers.push(
      close,
      async () => playground.close(),
      () => bot.stop(),
      () => page.close(),
    )
    await page.goto(url)
    await page.locator('.phone').nth(2).waitFor()
  })
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close()
    expect(problems.splice(0)).toEqual([])
  })

  const phone = (role: string): Locator => page.locator(`.phone.${role}`)
  const start = async (role: string) => {
    await phone(role).getByRole('button', { name: 'Танысайық' }).click()
    await phone(role).locator('.key').first().waitFor()
  }

  test('is a chat: start with a code, press, be edited, see the answer', async () => {
    const resident = phone('resident')
    await resident.getByLabel('Сілтеме коды').fill('code_1')
    await start('resident')
    await resident.getByText('/start code_1').waitFor()
    expect(await resident.locator('.message.bot strong').textContent()).toBe('Hello <i>&amp;</i>')
    await resident.getByRole('button', { name: 'Next' }).click()
    await resident.locator('.toast').getByText('Saved').waitFor()
    await resident.getByText('Pressed').waitFor()
    expect(await resident.locator('.message.bot').count()).toBe(1)
    expect(await phone('graduate').locator('.message').count()).toBe(0)
  })

  test('is used by keyboard alone: Enter sends, arrows move among buttons, focus survives an edit', async () => {
    await start('mentor')
    const field = phone('mentor').getByLabel('Хабарлама жазыңыз')
    await field.focus()
    await page.keyboard.type('line 1')
    await page.keyboard.press('Shift+Enter')
    await page.keyboard.type('line 2')
    await page.keyboard.press('Enter')
    await phone('mentor').locator('.message.bot').getByText('line 1\nline 2').waitFor()
    await phone('mentor').locator('.key').first().focus()
    const focused = () => page.evaluate('document.activeElement.textContent')
    await page.keyboard.press('ArrowRight')
    expect(await focused()).toBe('Gone')
    await page.keyboard.press('ArrowDown')
    expect(await focused()).toBe('Site ↗')
    await page.keyboard.press('Home')
    await page.keyboard.press('Enter')
    await phone('mentor').getByText('Pressed').waitFor()
    expect(await focused()).toBe('Again')
  })

  test('shows pictures, files to download, commands, attachments, typing, and nothing of foreign markup', async () => {
    await start('resident')
    const resident = phone('resident')
    await resident.getByRole('button', { name: 'Командалар' }).click()
    await resident.getByRole('menuitem', { name: '/file' }).click()
    const waiting = page.waitForEvent('download')
    await resident.locator('.document').click()
    expect((await waiting).suggestedFilename()).toBe('words.txt')
    await resident.getByRole('button', { name: 'Тіркеу' }).click()
    await resident.getByRole('menuitem', { name: 'Сурет' }).click()
    await resident.locator('.message.bot img').waitFor()
    await resident.getByRole('button', { name: 'Тіркеу' }).click()
    await resident.getByRole('menuitem', { name: 'Стикер' }).click()
    await resident.getByText('sticker', { exact: true }).waitFor()
    await resident.getByLabel('Хабарлама жазыңыз').fill('<img src=x onerror=alert(1)>')
    await page.keyboard.press('Enter')
    await resident.locator('.message.bot').getByText('<img src=x onerror=alert(1)>').waitFor()
    await api.perform('sendChatAction', { chat_id: 1001, action: 'typing' })
    await resident.getByText('жазып жатыр…').waitFor()
  })

  test('blocks and unblocks, adds people, changes words and shows what is inside', async () => {
    await start('resident')
    await phone('resident').getByRole('button', { name: 'Тағы' }).click()
    await page.getByRole('menuitem', { name: 'Ботты бұғаттау' }).click()
    await phone('resident').getByRole('button', { name: 'Бұғаттан шығару' }).click()
    await phone('resident').getByLabel('Хабарлама жазыңыз').waitFor()
    await page.getByLabel('Беттің тілі').selectOption('en')
    await page.getByRole('button', { name: 'Add a person' }).click()
    await page.locator('.phone').nth(3).getByRole('button', { name: 'Start' }).waitFor()
    await page.getByRole('button', { name: 'Restart the bot' }).click()
    await page.getByText('The bot has restarted').waitFor()
    expect(restarts).toBe(1)
    await phone('resident').first().locator('.phone-head h2').click()
    await page.getByRole('button', { name: 'Inside' }).click()
    const stack = [{ flow: 'survey', version: 1, value: 'asking', context: { index: 3 } }]
    report({ chatId: 1001, updateId: 1, revision: 2, stack, effects: [], milliseconds: 1 })
    await page.locator('#panel').getByText('"index": 3').waitFor()
    await page.locator('#panel').getByText('sendMessage').first().waitFor()
  })

  test('fits 360 pixels: one chat at a time, by tabs, nothing wider than the screen', async () => {
    await page.setViewportSize({ width: 360, height: 640 })
    expect(await page.locator('.phone:visible').count()).toBe(1)
    await page.getByRole('tab', { name: 'Тәлімгер' }).click()
    await start('mentor')
    expect(await phone('mentor').isVisible()).toBe(true)
    await page.getByRole('tab', { name: 'Тәлімгер' }).focus()
    await page.keyboard.press('ArrowLeft')
    expect(await phone('graduate').isVisible()).toBe(true)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360)
    expect(await page.evaluate('document.querySelector("#bar").scrollWidth')).toBe(360)
  })

  test('keeps what happened over a reload', async () => {
    await start('resident')
    await page.reload()
    await phone('resident').locator('.key').first().waitFor()
    expect(await phone('resident').locator('.message').count()).toBe(2)
  })
})

describe('the page against other sites', () => {
  test('answers only loopback names and its own origin, and loads nothing from elsewhere', async () => {
    const api = createBotApi()
    createPlayground({ api })
    const { url, close } = await api.listen()
    const init = { method: 'POST', headers: { origin: 'https://example.org' }, body: '{"text":"x"}' }
    expect((await fetch(`${url}/people/1001/text`, init)).status).toBe(403)
    expect((await fetch(`${url}/web/..%2fserver.ts`)).status).toBe(404)
    const { headers } = await fetch(url)
    expect(headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'")
    expect(api.person(1001).messages).toEqual([])
    await close()
  })
})

function createEcho(api: BotApi, url: string): Bot {
  const bot = new Bot(api.token, { client: { apiRoot: url } })
  bot.command('start', async (context) => {
    await context.api.setMyCommands([{ command: 'file', description: 'A file' }])
    await context.reply('<b>Hello &lt;i&gt;&amp;amp;&lt;/i&gt;</b>', {
      parse_mode: 'HTML',
      reply_markup: new InlineKeyboard()
        .text('Next', 'next')
        .text('Gone', 'gone')
        .row()
        .url('Site', 'https://example.org'),
    })
  })
  bot.command('file', (context) => context.replyWithDocument(new InputFile(Buffer.from('words'), 'words.txt')))
  bot.callbackQuery('next', async (context) => {
    await context.answerCallbackQuery('Saved')
    await context.editMessageText('Pressed', { reply_markup: new InlineKeyboard().text('Again', 'again') })
  })
  bot.on('message:photo', (context) => context.replyWithPhoto(new InputFile(pixel, 'pixel.png')))
  bot.on('message:sticker', (context) => context.reply('sticker'))
  bot.on('message:text', (context) => context.reply(context.msg.text))
  return bot
}
