import { existsSync } from 'node:fs'
import { Bot, InlineKeyboard, InputFile } from 'grammy'
import { type Browser, chromium, type Locator, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type BotApi, createBotApi } from '../../src/playground/bot-api/create-bot-api.ts'
import { createOffers, type Offers } from '../../src/playground/employer/offers.ts'
import type { TurnReport } from '../../src/playground/inspect.ts'
import { createMovableClock, type MovableClock } from '../../src/playground/movable-clock.ts'
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
  let forgotten: number[]
  let clock: MovableClock
  let offers: Offers
  const problems: string[] = []
  const closers: (() => Promise<unknown>)[] = []

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: flags })
  })
  afterAll(() => browser?.close())

  beforeEach(async () => {
    clock = createMovableClock().clock
    offers = createOffers({ clock })
    api = createBotApi({ clock })
    restarts = 0
    forgotten = []
    const forget = async (chatId: number) => void forgotten.push(chatId)
    const inspect = {
      subscribe: (listener: (turn: TurnReport) => void) => {
        report = listener
        return () => {}
      },
    }
    const restart = async () => {
      restarts += 1
    }
    const playground = createPlayground({ api, inspect, restart, forget, clock, offers })
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
    await page.locator('.phone').waitFor()
  })
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close()
    expect(problems.splice(0)).toEqual([])
  })

  const phone = (role: string): Locator => page.locator(`.phone.${role}`)
  const start = async (role: string) => {
    await phone(role).getByRole('button', { name: 'Бастау' }).click()
    await phone(role).locator('.key').first().waitFor()
  }

  const add = async (...roles: readonly string[]) => {
    for (const role of roles) {
      await page.getByRole('button', { name: 'Адам қосу' }).click()
      await page.getByRole('dialog', { name: 'Адам қосу' }).getByRole('button', { name: role }).click()
    }
  }

  test('is a chat: start with a code, press, be edited, see the answer', async () => {
    const resident = phone('resident')
    await add('Түлек')
    await resident.getByRole('button', { name: 'Тағы' }).click()
    await page.getByRole('menuitem', { name: 'Сілтеме кодымен бастау' }).click()
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

  test('takes a code out of the whole link', async () => {
    await start('resident')
    await phone('resident').getByRole('button', { name: 'Тағы' }).click()
    await page.getByRole('menuitem', { name: 'Сілтеме кодымен бастау' }).click()
    await phone('resident').getByLabel('Сілтеме коды').fill(' https://t.me/serik_bot?start=kod-a_B1 ')
    await page.keyboard.press('Enter')
    await phone('resident').getByText('/start kod-a_B1').waitFor()
  })

  test('is used by keyboard alone: Enter sends, arrows move among buttons, focus survives an edit', async () => {
    await add('Тәлімгер')
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
    await page.getByRole('dialog', { name: 'Add a person' }).getByRole('button', { name: 'Resident' }).click()
    await page.locator('.phone').nth(1).getByRole('button', { name: 'Start' }).waitFor()
    await page.getByRole('button', { name: 'Restart the bot' }).click()
    await page.getByText('The bot has restarted').waitFor()
    expect(restarts).toBe(1)
    await phone('resident').first().locator('.phone-head h2').click()
    await page.getByRole('button', { name: 'Inside' }).click()
    const stack = [{ flow: 'survey', version: 1, value: 'asking', context: { index: 3 } }]
    report({ chatId: 1001, updateId: 1, revision: 2, stack, effects: [], language: 'kk', milliseconds: 1 })
    await page.locator('#panel').getByText('"index": 3').waitFor()
    await page.locator('#panel').getByText('sendMessage').first().waitFor()
  })

  test('fits 360 pixels: one chat at a time, by tabs, nothing wider than the screen', async () => {
    await page.setViewportSize({ width: 360, height: 640 })
    expect(await page.getByRole('tab').count()).toBe(0)
    await add('Түлек', 'Тәлімгер')
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

  test('moves time to tomorrow evening, and what is written then bears that hour', async () => {
    await start('resident')
    await page.getByRole('button', { name: 'Сынақ алаңының уақыты' }).click()
    await page.getByRole('button', { name: 'Ертең 18:00' }).first().click()
    await page.getByText('Уақыт алға жылжыды').waitFor()
    expect(new Date(clock.now() + 5 * 3_600_000).toISOString()).toContain('T18:00')
    await phone('resident').getByLabel('Хабарлама жазыңыз').fill('then')
    await page.keyboard.press('Enter')
    await phone('resident').locator('.message.bot').last().getByText('18:00').waitFor()
    expect(await page.locator('.time-face').textContent()).toContain('18:00')
  })

  test('days are told in Kazakh words of the page, and chosen in fields of no foreign shape', async () => {
    await page.getByRole('button', { name: 'Сынақ алаңының уақыты' }).click()
    expect(await page.locator('.drawer input[type^=date], .drawer input[type=time]').count()).toBe(0)
    const days = page.getByLabel('Күні')
    const told = await days.locator('option').allTextContents()
    const weekdays = 'дс|сс|ср|бс|жм|сб|жс'
    const months = 'қаңтар|ақпан|наурыз|сәуір|мамыр|маусым|шілде|тамыз|қыркүйек|қазан|қараша|желтоқсан'
    const shape = new RegExp(`^(${weekdays}), [1-9][0-9]? (${months})$`)
    expect(told.filter((day) => !shape.test(day))).toEqual([])
    expect(new Set(told.map((day) => day.split(',')[0])).size).toBe(7)
    await days.selectOption({ index: 3 })
    await page.getByLabel('Сағаты').fill('7:05')
    await page.getByRole('button', { name: 'Өту' }).click()
    await page.getByText('Уақыт алға жылжыды').waitFor()
    expect(new Date(clock.now() + 5 * 3_600_000).toISOString()).toContain('T07:05')
    expect(await page.locator('.time-day').textContent()).toBe(`${told[3]}, `)
  })

  test('a time that is past is not gone to, and the field says why', async () => {
    await page.getByRole('button', { name: 'Сынақ алаңының уақыты' }).click()
    await page.getByLabel('Күні').selectOption({ index: 0 })
    const time = page.getByLabel('Сағаты')
    await time.fill('00:00')
    await page.getByRole('button', { name: 'Өту' }).click()
    expect(await time.evaluate((node) => 'validationMessage' in node && node.validationMessage)).toContain('өтіп кетті')
    expect(clock.ahead()).toBe(0)
  })

  test('what to try is said in the language of the chat, whichever the page has', async () => {
    await start('resident')
    await phone('resident').getByRole('button', { name: 'аспаз' }).waitFor()
    report({ chatId: 1001, updateId: 1, revision: 2, stack: [], effects: [], language: 'ru', milliseconds: 1 })
    await phone('resident').getByRole('button', { name: 'повар' }).waitFor()
    await page.getByLabel('Беттің тілі').selectOption('en')
    await phone('resident').getByRole('button', { name: 'повар' }).click()
    await phone('resident').locator('.message.bot').getByText('повар').waitFor()
    await page.reload()
    await phone('resident').getByRole('button', { name: 'повар' }).waitFor()
  })

  test('four phones stand side by side at 1280 pixels; more are reached by tabs, and the new one has the focus', async () => {
    await add('Түлек', 'Тәлімгер', 'Тәрбиеленуші')
    await page.locator('.phone').nth(3).waitFor()
    const edges = () =>
      page
        .locator('.phone')
        .evaluateAll((nodes) =>
          nodes.map((node) => node.getBoundingClientRect()).map(({ left, right }) => left >= 0 && right <= 1280),
        )
    await expect.poll(edges).toEqual([true, true, true, true])
    expect(await page.getByRole('tab').first().isVisible()).toBe(false)
    await add('Түлек')
    await expect.poll(edges).toEqual([false, true, true, true, true])
    await expect.poll(() => page.evaluate('document.activeElement.closest(".phone")?.id')).toBe('phone-1005')
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Бастау')
    await page.getByRole('tab').first().click()
    await expect.poll(async () => (await edges())[0]).toBe(true)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(1280)
  })

  test('time does not go back', async () => {
    const init = { method: 'POST', body: JSON.stringify({ to: clock.now() - 1 }) }
    const answer = await fetch(new URL('/time', page.url()), init)
    expect([answer.status, await answer.json()]).toEqual([400, { error: expect.stringContaining('only goes forward') }])
  })

  test('one person begins anew, and the bot has forgotten them', async () => {
    await start('resident')
    await phone('resident').getByRole('button', { name: 'Тағы' }).click()
    await page.getByRole('menuitem', { name: 'Басынан бастау' }).click()
    await phone('resident').getByRole('button', { name: 'Бастау' }).waitFor()
    expect(await phone('resident').locator('.message').count()).toBe(0)
    expect(forgotten).toEqual([1001])
    await start('resident')
  })

  test('shows what one may try, sends it by a press, and is told to stop', async () => {
    await start('resident')
    await phone('resident').getByRole('button', { name: 'аспаз' }).click()
    await phone('resident').locator('.message.bot').getByText('аспаз').waitFor()
    await phone('resident').locator('.hints').getByRole('button', { name: 'Жабу' }).click()
    expect(await page.evaluate('document.activeElement.tagName')).toBe('TEXTAREA')
    await page.reload()
    await phone('resident').getByLabel('Хабарлама жазыңыз').waitFor()
    expect(await page.locator('.hints').count()).toBe(0)
    await phone('resident').getByRole('button', { name: 'Тағы' }).click()
    await page.getByRole('menuitem', { name: 'Не жазып көруге болады' }).click()
    await phone('resident').getByRole('button', { name: 'аспаз' }).waitFor()
  })

  test('focus goes from a message that is taken away to the one that takes its place', async () => {
    await start('resident')
    await phone('resident').locator('.key').first().focus()
    const [message] = api.person(1001).messages.filter(({ by }) => by === 'bot')
    await api.perform('deleteMessage', { chat_id: 1001, message_id: message?.id })
    await expect.poll(() => page.evaluate('document.activeElement.className')).toBe('log')
    const keyboard = { inline_keyboard: [[{ text: 'Go on', callback_data: 'next' }]] }
    await api.perform('sendMessage', { chat_id: 1001, text: 'A picture', reply_markup: keyboard })
    await expect.poll(() => page.evaluate('document.activeElement.textContent')).toBe('Go on')
  })

  test('a change of the page language leaves the chat at its newest message, and a way down leads there', async () => {
    await page.setViewportSize({ width: 400, height: 460 })
    await start('resident')
    for (const word of ['first', 'second', 'third', 'fourth', 'fifth', 'sixth']) {
      await phone('resident').getByLabel('Хабарлама жазыңыз').fill(word)
      await page.keyboard.press('Enter')
      await phone('resident').locator('.message.bot').getByText(word).waitFor()
    }
    await page.getByLabel('Беттің тілі').selectOption('ru')
    const isAtEnd = () =>
      phone('resident')
        .locator('.log')
        .evaluate((node) => node.scrollTop > 0 && node.scrollHeight - node.scrollTop - node.clientHeight < 2)
    await expect.poll(isAtEnd).toBe(true)
    await phone('resident')
      .locator('.log')
      .evaluate((node) => node.scrollTo(0, 0))
    await page.getByRole('button', { name: 'К последнему сообщению' }).click()
    await expect.poll(isAtEnd).toBe(true)
  })

  test('a chat that stands at its newest message stays there when the page gets lower, as by a keyboard of a phone', async () => {
    await page.setViewportSize({ width: 390, height: 620 })
    await start('resident')
    for (const word of ['first', 'second', 'third', 'fourth', 'fifth', 'sixth']) {
      await phone('resident').getByLabel('Хабарлама жазыңыз').fill(word)
      await page.keyboard.press('Enter')
      await phone('resident').locator('.message.bot').getByText(word).waitFor()
    }
    await page.setViewportSize({ width: 390, height: 360 })
    const fromEnd = () =>
      phone('resident')
        .locator('.log')
        .evaluate((node) => [
          node.clientHeight < 300,
          Math.round(node.scrollHeight - node.scrollTop - node.clientHeight),
        ])
    await expect.poll(fromEnd).toEqual([true, 0])
  })

  test('draws emoji on a machine without a font for them', async () => {
    await start('resident')
    await phone('resident').getByLabel('Хабарлама жазыңыз').fill('🙂')
    await page.keyboard.press('Enter')
    await phone('resident').locator('.message.bot').getByText('🙂').waitFor()
    const families = await page.evaluate<string>('getComputedStyle(document.documentElement).fontFamily')
    const isColoured = async (text: string) => (await page.evaluate<number>(colouredPixels(text, families))) > 100
    await expect.poll(() => isColoured('🎓')).toBe(true)
    // A letter, and a sign that no font has (a box), are drawn in black: the measure can tell.
    expect([await isColoured('A'), await isColoured('\u{10ffff}'), await isColoured(' ')]).toEqual([
      false,
      false,
      false,
    ])
  })

  test('a machine that has emoji of its own draws with those', async () => {
    const faces = await page.evaluate<string[]>('[...document.fonts].map((font) => font.family)')
    const own = ['Apple Color Emoji', 'Segoe UI Emoji', 'Noto Color Emoji']
    expect(faces.filter((family) => own.some((name) => family.includes(name)))).toEqual([])
    const families = await page.evaluate<string>('getComputedStyle(document.documentElement).fontFamily')
    const places = [...own, 'Serik Emoji'].map((name) => families.indexOf(name))
    expect(places.every((place, index) => place > (places[index - 1] ?? 0))).toBe(true)
  })

  const site = () => page.getByRole('complementary', { name: 'Жұмыс берушінің сайты' })
  const openSite = () => page.getByRole('button', { name: 'Жұмыс берушінің сайты' }).click()

  test('beside the phones an employer publishes a vacancy, pays more, publishes it once more and closes it', async () => {
    await openSite()
    await site().getByLabel('Қандай жұмыс').fill('Даяшы <b>')
    await site().getByLabel('Өңір').selectOption({ label: 'Алматы қаласы' })
    await site().getByRole('button', { name: 'Жариялау', exact: true }).click()
    const first = site().getByRole('listitem').first()
    await first.getByText('180 000–220 000 ₸').waitFor()
    expect(offers.all()).toMatchObject([{ title: 'Даяшы <b>', region: '75', hours: 36, night: 'day', language: 'kk' }])
    await first.getByRole('button', { name: 'Айлығын көтеру' }).click()
    await first.getByText('198 000–242 000 ₸').waitFor()
    await first.getByRole('button', { name: 'Басқа нөмірмен тағы жариялау' }).click()
    await site().getByRole('listitem').nth(1).waitFor()
    await first.getByRole('button', { name: 'Жабу' }).focus()
    await page.keyboard.press('Enter')
    await first.getByText('жабылды').waitFor()
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Басқа нөмірмен тағы жариялау')
    expect(offers.all().map(({ isClosed }) => isClosed)).toEqual([true, false])
    const opened = page.waitForEvent('popup')
    await site().getByRole('link', { name: 'Бетін ашу: Даяшы <b>' }).click()
    const vacancy = await opened
    await vacancy.getByRole('heading', { name: 'Даяшы <b>' }).waitFor()
    await vacancy.getByText('Сынақ алаңының үлгісі', { exact: true }).waitFor()
    await vacancy.close()
    await page.reload()
    await openSite()
    expect(await site().getByRole('listitem').count()).toBe(2)
  })

  test('the employer has samples, keeps what was filled in when the page changes its language, and goes away', async () => {
    await openSite()
    await site().getByRole('button', { name: 'Түнгі', exact: true }).click()
    await site().getByLabel('Қандай жұмыс').fill('Күзетші')
    await page.getByLabel('Беттің тілі').selectOption('ru')
    const inRussian = page.getByRole('complementary', { name: 'Сайт работодателя' })
    expect(await inRussian.getByLabel('Кто нужен').inputValue()).toBe('Күзетші')
    expect(await inRussian.getByLabel('Днём или ночью').inputValue()).toBe('night')
    expect(await inRussian.getByLabel('Дают жильё').isChecked()).toBe(true)
    await inRussian.getByRole('button', { name: 'Закрыть', exact: true }).click()
    expect(await inRussian.isVisible()).toBe(false)
    expect(await page.evaluate('document.activeElement.getAttribute("aria-expanded")')).toBe('false')
  })

  test('the employer’s form says what is wrong, and fits 360 pixels', async () => {
    await page.setViewportSize({ width: 360, height: 640 })
    await openSite()
    await site().getByLabel('Айлығы көп дегенде').fill('1000')
    await site().getByRole('button', { name: 'Жариялау', exact: true }).click()
    const said = site().getByLabel('Айлығы көп дегенде')
    expect(await said.evaluate((node) => ('validationMessage' in node ? node.validationMessage : ''))).toContain(
      'кем болмасын',
    )
    expect(offers.all()).toEqual([])
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360)
    const widths = await site().evaluate((node) => [node.scrollWidth, node.clientWidth])
    expect(widths[0]).toBe(widths[1])
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

/** How many pixels of a drawn text have a colour: a grey, black or empty place has none. */
function colouredPixels(text: string, families: string): string {
  return `(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 80, height: 80 })
    const pen = canvas.getContext('2d')
    pen.font = '48px ' + ${JSON.stringify(families)}
    pen.fillText(${JSON.stringify(text)}, 8, 60)
    const { data } = pen.getImageData(0, 0, 80, 80)
    const places = [...Array(80 * 80).keys()].map((place) => [...data.slice(place * 4, place * 4 + 4)])
    return places.filter(([red, green, blue, alpha]) =>
      alpha > 128 && Math.max(red, green, blue) - Math.min(red, green, blue) > 40).length
  })()`
}
