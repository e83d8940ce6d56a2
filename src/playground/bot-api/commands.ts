import { badRequest } from './errors.ts'
import type { Parameters } from './parameters.ts'
import { isObject } from './wire.ts'
import type { Methods } from './world.ts'

export type BotCommand = {
  readonly command: string
  readonly description: string
}

const mostCommands = 100
const commandPattern = /^[a-z0-9_]{1,32}$/
const longestDescription = 256
const scopes = new Set([
  'default',
  'all_private_chats',
  'all_group_chats',
  'all_chat_administrators',
  'chat',
  'chat_administrators',
  'chat_member',
])

/** The command menus the bot has set, by scope and language. */
export class CommandMenus {
  private readonly menus = new Map<string, BotCommand[]>()

  methods(): Methods {
    return {
      setMyCommands: (parameters) => {
        this.menus.set(keyOf(parameters), readCommands(parameters))
        return true
      },
      getMyCommands: (parameters) => this.menus.get(keyOf(parameters)) ?? [],
      deleteMyCommands: (parameters) => {
        this.menus.delete(keyOf(parameters))
        return true
      },
    }
  }

  /** The menu a person sees: narrowest scope first, in their language before the one for all languages. */
  seenBy(chatId: number, language: string): BotCommand[] {
    for (const scope of [`chat ${chatId}`, 'all_private_chats', 'default']) {
      const menu = this.menus.get(`${scope}|${language}`) ?? this.menus.get(`${scope}|`)
      if (menu) return menu
    }
    return []
  }
}

function keyOf(parameters: Parameters): string {
  const scope = parameters.object('scope') ?? { type: 'default' }
  if (!scopes.has(String(scope.type))) throw badRequest("can't parse BotCommandScope: unsupported type specified")
  const parts = [scope.type, scope.chat_id, scope.user_id].filter((part) => part !== undefined)
  return `${parts.join(' ')}|${readLanguage(parameters)}`
}

/** A two-letter language code, or '' for everybody. */
export function readLanguage(parameters: Parameters): string {
  const language = parameters.text('language_code') ?? ''
  if (!/^([a-z]{2})?$/.test(language)) throw badRequest('invalid language code specified')
  return language
}

function readCommands(parameters: Parameters): BotCommand[] {
  const list = parameters.list('commands') ?? []
  if (list.length > mostCommands) throw badRequest('BOT_COMMANDS_TOO_MUCH')
  return list.map(readCommand)
}

function readCommand(value: unknown): BotCommand {
  if (!isObject(value)) throw badRequest("can't parse BotCommand: expected an Object")
  const command = String(value.command ?? '').replace(/^\//, '')
  const description = String(value.description ?? '').trim()
  if (!commandPattern.test(command)) throw badRequest('BOT_COMMAND_INVALID')
  if (description.length < 1 || description.length > longestDescription) {
    throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID')
  }
  return { command, description }
}
