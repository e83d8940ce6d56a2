import type { Person } from '../../flows/common/person.ts'
import { buttonsOf, type Navigation } from '../../flows/kit/screen.ts'
import type { Incoming } from '../engine/ports.ts'
import { answeredOf, stands } from './answered.ts'
import { muteButton } from './compose.ts'
import type { Kinds } from './kinds.ts'
import type { Notices } from './notices/notices.ts'
import type { Parcel } from './ports.ts'

export type PressTools = {
  readonly notices: Pick<Notices, 'find'>
  readonly kinds: Kinds
  readonly loadPerson: (chatId: number) => Promise<Person | undefined>
  /** Has an answered notice shown as such where it still stands as it was. */
  readonly redraw: (parcel: Parcel, messageId: number) => void
}

/** A press on `n.<noticeId>.<index>` on a message of a chat. */
export type PressedNotice = {
  readonly chatId: number
  readonly noticeId: number
  readonly index: number
  readonly messageId: number
}

const stale: Incoming['action'] = { type: 'other', what: 'stale' }

/**
 * What a press on a notice's button asks of the engine: to open a flow. The notice is made anew from its row, so the
 * button works as long as the row is kept, or until it is answered: then a word says so. Somebody else's notice, a
 * forged number or a place without a button give the word for a stale press.
 */
export async function noticePress(press: PressedNotice, tools: PressTools): Promise<Incoming['action']> {
  const notice = await tools.notices.find(press.noticeId)
  if (notice === undefined || notice.chatId !== press.chatId) return stale
  const kind = tools.kinds.get(notice.kind)
  const person = await tools.loadPerson(press.chatId)
  if (kind === undefined || person === undefined) return stale
  const values = kind.definition.values.safeParse(notice.values)
  if (!values.success) return stale
  const buttons = [...buttonsOf(kind.definition.screen({ values: values.data, person, t: kind.t }))]
  if (kind.definition.canBeMuted === true) buttons.push(muteButton(notice.kind))
  const pressed = buttons[press.index]
  if (pressed === undefined || !('event' in pressed)) return stale
  const answered = answeredOf(notice, kind, person)
  if (answered !== undefined && !stands(pressed, answered.parcel.screen)) {
    tools.redraw(answered.parcel, press.messageId)
    return { type: 'word', say: answered.already }
  }
  // The buttons of a notice carry steps of navigation only, by their type.
  return actionOf(pressed.event as Navigation)
}

function actionOf(event: Navigation): Incoming['action'] {
  return event.type === 'go.open'
    ? { type: 'open', flow: event.flow, input: event.input }
    : { type: 'open', flow: 'home' }
}
