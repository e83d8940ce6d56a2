import { effects } from '../kit/effects.ts'
import { withdrawNotices } from '../kit/notice.ts'
import type { AlertsContext as Context, AlertsEvent as Event } from './context.ts'
import { deleteSubscription, releaseAlerts, type Subscription, saveSubscription } from './contract.ts'

const { tell } = effects<Context, Event>()

/** What the keys of all these notices begin with; they are looked for among those of the person alone. */
export const noticePrefix = 'alerts:'

/** What waits to be sent is taken back: it may hold what is not wanted any more. All else of it is told anew. */
const takeBack = [tell(withdrawNotices, () => ({ keyPrefix: noticePrefix })), tell(releaseAlerts, () => null)] as const

/** The subscription as it is now. */
export const keepAnew = tell(saveSubscription, ({ context }) => subscriptionIn(context))

/** The same, where less is wanted than before, or something else. */
export const keep = [keepAnew, ...takeBack] as const

export const remove = [tell(deleteSubscription, ({ context }) => ({ id: subscriptionIn(context).id })), ...takeBack]

function subscriptionIn({ chosen }: Context): Subscription {
  if (chosen === null) throw new Error('No subscription is open')
  const { names: _, told: __, ...subscription } = chosen
  return subscription
}
