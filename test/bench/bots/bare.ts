import { Bot, type Context } from 'grammy'
import { serve, surroundings } from './child.ts'
import { poll } from './poll.ts'
import { lastPlace, screenAt } from './questions.ts'

// A bot with no dialogue and no storage: it answers the press and edits the message. Places are kept in a map, which
// costs nothing and lets it show the same screens as the others.
const { token, apiRoot } = surroundings()
const places = new Map<number, number>()
const bot = new Bot(token, { client: { apiRoot } })

bot.command('start', (context) => {
  places.set(context.chat.id, 0)
  const { text, keyboard } = screenAt(0)
  return context.reply(text, { parse_mode: 'HTML', reply_markup: { inline_keyboard: keyboard } })
})
bot.on('callback_query:data', (context) => Promise.all([context.answerCallbackQuery(), goOn(context)]))
bot.catch(({ error }) => console.error(error))

function goOn(context: Context) {
  const chat = context.chat?.id ?? 0
  const place = Math.min(lastPlace, (places.get(chat) ?? 0) + 1)
  places.set(chat, place)
  const { text, keyboard } = screenAt(place)
  return context.editMessageText(text, { parse_mode: 'HTML', reply_markup: { inline_keyboard: keyboard } })
}

void poll(bot)
serve()
