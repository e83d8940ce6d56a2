import { consentVersion } from '../../../flows/common/person.ts'
import { type NewNotice, notice } from '../../../flows/kit/notice.ts'
import { failing, well } from '../../../flows/sources/notices.ts'
import { putNotices, takeBack } from '../../delivery/notices/put.ts'
import type { Core, Transaction } from '../../store/core.ts'
import { isToBeTold } from './ending.ts'
import type { SourceState } from './states.ts'

type Tools = Pick<Core, 'seal' | 'newId' | 'provider' | 'deletions'> & { readonly now: number }

/**
 * Tells every coordinator once that a source fails, and once that it is well again. An outage is known by when the source
 * was last well: whoever becomes a coordinator during one hears of it, too.
 */
export async function tellCoordinators(
  transaction: Transaction,
  { before, after }: { readonly before: SourceState; readonly after: SourceState },
  tools: Tools,
): Promise<void> {
  if (isToBeTold(after)) await tellTrouble(transaction, after, tools)
  else if (after.failures === 0 && before.failures > 0) await tellWell(transaction, before, tools)
}

async function tellTrouble(transaction: Transaction, state: SourceState, tools: Tools): Promise<void> {
  const { name, trouble = 'broken' } = state
  const notices = (await coordinators(transaction)).map(
    (chatId): NewNotice =>
      notice(failing, { chatId, key: keyOf(state, chatId), dueAt: tools.now, values: { name, trouble } }),
  )
  await putNotices(transaction, notices, tools)
}

/** Whoever was told hears that it is well; what is still on its way is not sent any more. */
async function tellWell(transaction: Transaction, state: SourceState, tools: Tools): Promise<void> {
  const { name } = state
  const keys = (await coordinators(transaction)).map((chatId) => keyOf(state, chatId))
  const sent = await transaction.notice.findMany({
    where: { key: { in: keys }, outcome: 'sent' },
    select: { chatId: true },
  })
  await takeBack(transaction, tools.provider, keys, tools.now)
  const notices = sent.map(({ chatId }): NewNotice => {
    const key = `${prefixOf(state)}well:${chatId}`
    return notice(well, { chatId: Number(chatId), key, dueAt: tools.now, values: { name } })
  })
  await putNotices(transaction, notices, tools)
}

function prefixOf({ name, goodAt = 0 }: SourceState): string {
  return `sources:${name}:${goodAt}:`
}

function keyOf(state: SourceState, chatId: number): string {
  return `${prefixOf(state)}failing:${chatId}`
}

async function coordinators(transaction: Transaction): Promise<number[]> {
  const rows = await transaction.person.findMany({
    where: { consentBy: 'coordinator', consentVersion, unreachable: null },
    select: { chatId: true },
  })
  return rows.map(({ chatId }) => Number(chatId))
}
