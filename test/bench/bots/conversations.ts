import { type Conversation, type ConversationFlavor, conversations, createConversation } from '@grammyjs/conversations'
import { Bot, type Context } from 'grammy'
import { serve, surroundings } from './child.ts'
import { poll } from './poll.ts'
import { lastPlace, screenAt } from './questions.ts'
import { openSessions } from './storage.ts'

// grammY conversations as its documentation shows it, with storage through Prisma.
const { token, apiRoot, folder } = surroundings()
const sessions = await openSessions(folder)
const bot = new Bot<ConversationFlavor<Context>>(token, { client: { apiRoot } })

async function survey(conversation: Conversation, context: Context) {
  const answers: string[] = []
  await context.reply(screenAt(0).text, options(0))
  for (let place = 1; place <= lastPlace; place++) {
    const press = await conversation.waitFor('callback_query:data')
    answers.push(press.callbackQuery.data)
    await Promise.all([press.answerCallbackQuery(), press.editMessageText(screenAt(place).text, options(place))])
  }
}

function options(place: number) {
  return { parse_mode: 'HTML' as const, reply_markup: { inline_keyboard: screenAt(place).keyboard } }
}

bot.use(conversations({ storage: { type: 'key', version: 0, adapter: sessions } }))
bot.use(createConversation(survey))
bot.command('start', (context) => context.conversation.enter('survey'))
bot.catch(({ error }) => console.error(error))

void poll(bot)
serve()
