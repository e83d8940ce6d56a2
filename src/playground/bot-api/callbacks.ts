import { badRequest } from './errors.ts'
import type { Parameters } from './parameters.ts'
import type { Methods, World } from './world.ts'

const longestAnswer = 200

/** answerCallbackQuery. */
export function callbackMethods(world: World): Methods {
  return { answerCallbackQuery: (parameters) => answerCallbackQuery(world, parameters) }
}

function answerCallbackQuery(world: World, parameters: Parameters): true {
  const text = parameters.text('text') ?? ''
  if (text.length > longestAnswer) throw badRequest('MESSAGE_TOO_LONG')
  const queryId = parameters.text('callback_query_id') ?? ''
  const { chat, repeated } = world.queries.answer(queryId)
  if (repeated) return true
  const toast = { queryId, text, alert: parameters.flag('show_alert'), url: parameters.text('url') }
  world.chats.toast(chat, toast)
  return true
}
