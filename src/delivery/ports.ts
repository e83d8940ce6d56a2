import type { Person } from '../../flows/common/person.ts'
import type { Navigation, Screen } from '../../flows/kit/screen.ts'

/** Which button of which notice stands at a place of a message: what its callback data says. */
export type Place = { readonly noticeId: number; readonly index: number }

/** One message of one or several notices, ready to be put into words. */
export type Parcel = {
  readonly chatId: number
  readonly person: Person
  readonly screen: Screen<Navigation>
  /** For each button of the screen, in their order. */
  readonly places: readonly Place[]
}

export type Delivered =
  | { readonly type: 'sent'; readonly messageId: number }
  /** The person does not want messages at present, or cannot have any. */
  | { readonly type: 'blocked' | 'unreachable' }
  /** Try again: after `afterMs`, when it was said, else when the dispatcher sees fit. */
  | { readonly type: 'retry'; readonly afterMs?: number; readonly reason?: string }
  /** It will never go through. */
  | { readonly type: 'failed'; readonly reason: string }

/** The way out, as the dispatcher knows it. Never throws. */
export type Courier = {
  deliver(parcel: Parcel): Promise<Delivered>
  /** Whether the parcel is one message still. */
  fits(parcel: Parcel): boolean
}
