import { z } from 'zod'

const Chat = z.looseObject({ id: z.int(), type: z.string() })
const From = z.looseObject({ is_bot: z.boolean().optional(), language_code: z.string().optional() })
const Standing = z.looseObject({ status: z.string() })

/** What nothing can be read without, beside what is parsed where it is used. */
const shapes = {
  message: z.looseObject({
    chat: Chat,
    from: From.optional(),
    text: z.string().optional(),
    caption: z.string().optional(),
  }),
  press: z.looseObject({
    id: z.string(),
    from: From.optional(),
    message: z.looseObject({ chat: Chat }).optional(),
    data: z.string().optional(),
  }),
  member: z.looseObject({ chat: Chat, from: From.optional(), old_chat_member: Standing, new_chat_member: Standing }),
  inline: z.looseObject({ id: z.string(), query: z.string() }),
}

/** Whether there is a part of this kind in an update and it what is read of it is of its kind. */
export function isWhole<T>(part: T | undefined, kind: keyof typeof shapes): part is T {
  return part !== undefined && shapes[kind].safeParse(part).success
}
