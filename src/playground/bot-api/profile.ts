import { readLanguage } from './commands.ts'
import { badRequest } from './errors.ts'
import type { Parameters } from './parameters.ts'
import type { WireObject } from './wire.ts'
import type { Methods } from './world.ts'

/** Longest text of each, in UTF-16 units. */
const longest = { name: 64, description: 512, short_description: 120 }
type Field = keyof typeof longest
const menuButtons = new Set(['default', 'commands', 'web_app'])

/** What people see about the bot before they start it, by language. */
export class BotProfile {
  private readonly texts = new Map<string, string>()
  private readonly menus = new Map<string, WireObject>()

  methods(): Methods {
    return {
      setMyName: (parameters) => this.set('name', parameters),
      getMyName: (parameters) => this.get('name', parameters),
      setMyDescription: (parameters) => this.set('description', parameters),
      getMyDescription: (parameters) => this.get('description', parameters),
      setMyShortDescription: (parameters) => this.set('short_description', parameters),
      getMyShortDescription: (parameters) => this.get('short_description', parameters),
      setChatMenuButton: (parameters) => this.setMenuButton(parameters),
      getChatMenuButton: (parameters) => this.menus.get(parameters.text('chat_id') ?? '') ?? { type: 'default' },
    }
  }

  /** A profile text in a person's language, or in the one for all languages, or ''. */
  read(field: Field, language: string): string {
    return this.texts.get(`${field}|${language}`) ?? this.texts.get(`${field}|`) ?? ''
  }

  private set(field: Field, parameters: Parameters): true {
    const text = parameters.text(field) ?? ''
    if (text.length > longest[field]) throw badRequest(`bot ${field.replace('_', ' ')} is too long`)
    const key = `${field}|${readLanguage(parameters)}`
    if (text === '') this.texts.delete(key)
    else this.texts.set(key, text)
    return true
  }

  private get(field: Field, parameters: Parameters): WireObject {
    return { [field]: this.read(field, readLanguage(parameters)) }
  }

  private setMenuButton(parameters: Parameters): true {
    const button = parameters.object('menu_button') ?? { type: 'default' }
    if (!menuButtons.has(String(button.type))) throw badRequest("can't parse MenuButton: unsupported type specified")
    this.menus.set(parameters.text('chat_id') ?? '', button)
    return true
  }
}
