import type { Api } from 'grammy'
import type { BotCommand, LanguageCode } from 'grammy/types'
import type { MenuCommand } from '../../flows/kit/commands.ts'
import { type Language, languages } from '../../flows/kit/words.ts'
import type { Log } from '../base/log.ts'
import type { WordsBook } from '../i18n/words.ts'
import { cutText } from './cut.ts'
import { wantedUpdates } from './incoming.ts'

export type SetupOptions = {
  readonly api: Api
  readonly words: WordsBook
  readonly log: Log
  readonly commands: readonly MenuCommand[]
}

/**
 * Tells Telegram the commands and descriptions in each language, writing only what has changed.
 * Whoever uses another language sees Kazakh. Never throws: the bot works without them, and the next start tries again.
 */
export async function setUpProfile(options: SetupOptions): Promise<void> {
  try {
    await setMenuButton(options.api)
    for (const [code, language] of profiles) await setProfile(options, code, language)
  } catch (error) {
    options.log.warn({ error }, 'Commands and descriptions could not be set; the next start tries again')
  }
}

/** Where Telegram delivers updates: to this address with this secret, or, without one, to whoever asks for them. */
export async function setDelivery(
  api: Api,
  webhook?: { readonly url: string; readonly secret: string },
  signal?: AbortSignal,
): Promise<true> {
  const given = signal as never // that of Node and the one grammY names in its types behave alike
  if (webhook === undefined) return api.deleteWebhook({}, given)
  const { url, secret } = webhook
  const wanted = { secret_token: secret, allowed_updates: [...wantedUpdates], max_connections: 100 }
  return api.setWebhook(url, wanted, given)
}

/** Language codes as Telegram wants them; none stands for everybody else. */
const profiles: readonly (readonly [LanguageCode | undefined, Language])[] = [
  [undefined, languages[0]],
  ...languages.map((language) => [language, language] as const),
]

async function setMenuButton(api: Api): Promise<void> {
  const button = await api.getChatMenuButton()
  if (button.type !== 'commands') await api.setChatMenuButton({ menu_button: { type: 'commands' } })
}

async function setProfile({ api, words, commands }: SetupOptions, code: LanguageCode | undefined, language: Language) {
  const say = (key: string, limit: number) => cutText(words.plain({ key }, language), limit)
  const scope = code === undefined ? {} : { language_code: code }
  const wanted = commands.map(({ name, description }): BotCommand => {
    return { command: name, description: cutText(words.plain(description, language), 256) }
  })
  if (!sameCommands(await api.getMyCommands(scope), wanted)) await api.setMyCommands(wanted, scope)

  const description = say('telegram:bot.description', 512)
  if ((await api.getMyDescription(scope)).description !== description) await api.setMyDescription(description, scope)

  const short = say('telegram:bot.short', 120)
  const now = await api.getMyShortDescription(scope)
  if (now.short_description !== short) await api.setMyShortDescription(short, scope)
}

function sameCommands(some: readonly BotCommand[], others: readonly BotCommand[]): boolean {
  const flat = (list: readonly BotCommand[]) => JSON.stringify(list.map((one) => [one.command, one.description]))
  return flat(some) === flat(others)
}
