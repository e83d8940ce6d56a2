import { Scenes, session, Telegraf } from 'telegraf'
import { serve, surroundings } from './child.ts'
import { lastPlace, screenAt } from './questions.ts'
import { openSessions } from './storage.ts'

// A Telegraf wizard with one step for each screen and its session through Prisma.
const { token, apiRoot, folder } = surroundings()
const sessions = await openSessions(folder)
const bot = new Telegraf<Scenes.WizardContext>(token, { telegram: { apiRoot } })

const steps = Array.from({ length: lastPlace }, (_, at) => async (context: Scenes.WizardContext) => {
  if (context.callbackQuery === undefined || !('data' in context.callbackQuery)) return
  const state = context.wizard.state as { answers?: string[] } // Telegraf leaves the state's shape to the bot
  state.answers = [...(state.answers ?? []), context.callbackQuery.data]
  await Promise.all([context.answerCbQuery(), context.editMessageText(screenAt(at + 1).text, options(at + 1))])
  return at + 1 < lastPlace ? context.wizard.next() : context.scene.leave()
})

function options(place: number) {
  return { parse_mode: 'HTML' as const, reply_markup: { inline_keyboard: screenAt(place).keyboard } }
}

const survey = new Scenes.WizardScene<Scenes.WizardContext>('survey', ...steps)
survey.enter((context) => context.reply(screenAt(0).text, options(0)))
const stage = new Scenes.Stage<Scenes.WizardContext>([survey])
bot.use(session({ store: { get: sessions.read, set: sessions.write, delete: sessions.delete } }))
bot.use(stage.middleware())
bot.command('start', (context) => context.scene.enter('survey'))
bot.catch((error) => console.error(error))

void bot.launch()
serve()
