import { GrammyError, HttpError } from 'grammy'
import { ContentError } from '../../flows/kit/content-error.ts'
import { ConfigError } from '../base/config-error.ts'
import type { Config } from '../config.ts'
import { StoreError } from '../engine/store-error.ts'

/** What the program was started with, as far as its errors are about it. */
type Started = Pick<Config, 'host' | 'port' | 'mode'> & { readonly apiRoot?: string; readonly webhookUrl?: string }

/**
 * What happened and what to do, for whoever starts the program; undefined for errors that are mistakes of ours and
 * deserve their stack. Never holds the token.
 */
export function explainStart(error: unknown, started: Partial<Started> = {}): string | undefined {
  if (!(error instanceof Error)) return undefined
  if (error instanceof ConfigError || error instanceof StoreError || error instanceof ContentError)
    return `${error.message}${ofPlayground(error, started)}`
  if (error instanceof GrammyError) return refused(error, started)
  if (error instanceof HttpError) return unreachable(error, started)
  return listening(error, started) ?? explainStart(error.cause, started)
}

/** Its key was made without a word: whoever starts it as somebody else has never seen one. */
function ofPlayground(error: Error, { mode }: Partial<Started>): string {
  if (mode !== 'playground' || !('reason' in error) || error.reason !== 'key') return ''
  return (
    ' Without BOT_TOKEN this is the playground, which keeps a key of its own in ~/.config/serik/playground.key: start it ' +
    'as the user who began it, or delete its database to begin anew; no real people are in it.'
  )
}

function refused(error: GrammyError, { apiRoot = telegram, webhookUrl }: Partial<Started>): string {
  const { error_code: code, description, method } = error
  if (code === 401 || code === 404) {
    const root = apiRoot === telegram ? '' : ` If the token is right, check TELEGRAM_API_ROOT (${apiRoot}).`
    return (
      `BOT_TOKEN is not the token of a bot: Telegram answers "${description}". Copy it once more from @BotFather ` +
      `(/mybots, the bot, API Token); if it was revoked, use the new one.${root}`
    )
  }
  if (method === 'setWebhook' && code === 400) {
    return (
      `WEBHOOK_URL is refused by Telegram: "${description}" (${webhookUrl}). It must be an https:// address on port ` +
      '443, 80, 88 or 8443 that can be reached from the internet; without WEBHOOK_URL the bot polls instead.'
    )
  }
  return `Telegram refuses ${method}: ${code} "${description}". Wait a minute and start again.`
}

function unreachable(error: HttpError, { apiRoot = telegram }: Partial<Started>): string {
  const code = codeOf(error.error)
  return (
    `Telegram cannot be reached at ${apiRoot}${code === undefined ? '' : ` (${code})`}. Check the network, the name ` +
    'service and the proxy of this machine, and TELEGRAM_API_ROOT if it is set; then start again.'
  )
}

function listening(error: Error, { host, port }: Partial<Started>): string | undefined {
  switch (codeOf(error)) {
    case 'EADDRINUSE':
      return `PORT ${port} is taken by another program on ${host}. End that program, or set PORT to a free one.`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `HOST ${host} is no address of this machine. Set HOST to 127.0.0.1, or to 0.0.0.0 for all of them.`
    case 'EACCES':
      return `PORT ${port} may not be used by this user. Set PORT to a number above 1023.`
    default:
      return undefined
  }
}

const telegram = 'https://api.telegram.org'

function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : undefined
}
