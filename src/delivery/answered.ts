import type { Person } from '../../flows/common/person.ts'
import { type Button, buttonsOf, type Navigation, type Screen } from '../../flows/kit/screen.ts'
import type { Message } from '../../flows/kit/words.ts'
import type { Kind, Kinds } from './kinds.ts'
import type { FoundNotice } from './notices/notice.ts'
import type { Notices } from './notices/notices.ts'
import type { Parcel } from './ports.ts'

/** How an answered notice stands in the chat, and what is said to a press that changes nothing any more. */
export type Answered = { readonly parcel: Parcel; readonly already: Message }

/** Undefined for a notice that waits for its answer, or whose answer is understood no more. */
export function answeredOf(
  { id, chatId, values, answer }: Pick<FoundNotice, 'id' | 'chatId' | 'values' | 'answer'>,
  { definition, t }: Kind,
  person: Person,
): Answered | undefined {
  const { answering } = definition
  const given = answering?.answer.safeParse(answer)
  if (answering === undefined || answer === undefined || !given?.success) return undefined
  const view = { values: definition.values.parse(values), answer: given.data, person, t }
  const screen = answering.screen(view)
  const before = buttonsOf(definition.screen(view))
  // A button names its place in the notice as it was sent, so that it works before and after the answer.
  const places = buttonsOf(screen).map((button) => ({ noticeId: id, index: placeOf(button, before) }))
  return { parcel: { chatId, person, screen, places }, already: answering.already(view) }
}

/** Whether the button stands among those of the screen. */
export function stands(button: Button, { rows }: Screen<Navigation>): boolean {
  return placeOf(button, rows.flat()) !== -1
}

function placeOf(button: Button, among: readonly Button[]): number {
  return among.findIndex((one) => meaningOf(one) === meaningOf(button))
}

function meaningOf(button: Button): string {
  return JSON.stringify('event' in button ? button.event : button.url)
}

export type AnsweredTools = {
  readonly notices: Pick<Notices, 'newestAnswered'>
  readonly kinds: Kinds
  readonly loadPerson: (chatId: number) => Promise<Person | undefined>
  readonly redraw: (parcel: Parcel, messageId: number) => Promise<void>
}

/** Shows by the newest message of a thing what its person has just answered to it. */
export async function redrawNewest(chatId: number, keyPrefix: string, tools: AnsweredTools): Promise<void> {
  const notice = await tools.notices.newestAnswered(chatId, keyPrefix)
  const kind = notice && tools.kinds.get(notice.kind)
  const person = kind && (await tools.loadPerson(chatId))
  if (notice?.messageId === undefined || kind === undefined || person === undefined) return
  const answered = answeredOf(notice, kind, person)
  if (answered !== undefined) await tools.redraw(answered.parcel, notice.messageId)
}
