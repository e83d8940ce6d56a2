import { newcomer } from '../../flows/common/person.ts'
import { retentionJob, showUnshownJob } from '../../src/app/housekeeping.ts'
import { createConsentCode } from '../../src/capabilities/consent/codes.ts'
import { createNotices } from '../../src/delivery/notices/notices.ts'
import type { Job } from '../../src/schedule/schedule.ts'
import type { Store } from '../../src/store/open.ts'
import { setReachable } from '../../src/store/people.ts'
import { openedOn } from './ask.ts'
import { firstChat } from './crowd.ts'
import { fact, turn } from './turns.ts'

export type Work = () => Promise<unknown>

/**
 * What is done again and again in a crowd, by name, to be run once each and in this order: the jobs of all capabilities,
 * too. `now` is epoch ms; a job ends after so many slices.
 */
export async function recurringWorks(
  store: Store,
  now: number,
  slices = Infinity,
): Promise<Readonly<Record<string, Work>>> {
  const notices = createNotices(store)
  const claim = { holder: 'one', now, until: now + 60_000 }
  const turns = Array.from({ length: 500 }, (_, at) => turn(at + 1, 1, { person: newcomer('kk') }))
  const next = turns.map(({ dialogue }) => turn(dialogue.chatId, 2))
  let running = { left: slices, stop: new AbortController() }
  const breathe = () => {
    if (--running.left <= 0) running.stop.abort()
    return store.breathe()
  }
  const job = ({ run }: Job) => {
    running = { left: slices, stop: new AbortController() }
    return run({ now, signal: running.stop.signal })
  }
  const core = { ...store, breathe }
  const { jobs } = await openedOn(core)
  const nobody = { take: () => Promise.reject(new Error('nothing is shown here')) }
  let claimed: Awaited<ReturnType<typeof notices.claim>> = []
  const ids = () => claimed.map(({ id }) => id)
  return {
    'counts for metrics': () => notices.counts(now),
    'oldest due': () => notices.oldestDueAt(now),
    'expire what has': () => notices.expire(now),
    'expire when nothing has': () => notices.expire(now),
    'resume for those who are back': () => notices.resume(),
    'resume when nobody is': () => notices.resume(),
    'resume for one': () => notices.resume(firstChat),
    'somebody is away': () => setReachable(store, firstChat, 'blocked'),
    'claim 500': async () => {
      claimed = await notices.claim({ ...claim, limit: 500 })
    },
    'are they still wanted': () => notices.stillWanted(ids(), 'one', now),
    'give one back': () => notices.giveBack(ids().slice(0, 1), 'one'),
    'settle them': () => notices.settle(ids().map((id) => ({ id, outcome: 'sent', tried: true, finishedAt: now }))),
    'release what others hold': () => notices.releaseOthers('two'),
    'commit 500 first turns': () => Promise.all(turns.map((one) => store.dialogues.commit(one))),
    'commit 500 next turns': () => Promise.all(next.map((one) => store.dialogues.commit(one))),
    'load 500 chats': () => Promise.all(turns.map(({ dialogue }) => store.dialogues.load(dialogue.chatId))),
    'somebody uses a code': async () => {
      const code = await createConsentCode(store, { kind: 'guardian', days: 1, uses: 1 })
      await store.dialogues.commit(turn(1_001, 1, { facts: [fact('consent.use', { code })] }))
    },
    'somebody withdraws notices': () =>
      store.dialogues.commit(turn(1_002, 1, { facts: [fact('notice.withdraw', { keyPrefix: 'toy:' })] })),
    'somebody is forgotten': () => store.dialogues.commit(turn(1_003, 1, { facts: [fact('person.forget', null)] })),
    'unshown chats': () => store.dialogues.unshown(1_000),
    'mark 500 as shown': () =>
      Promise.all(next.map(({ dialogue }) => store.dialogues.markShown(shown(dialogue.chatId)))),
    ...Object.fromEntries(
      [showUnshownJob(store, nobody), retentionJob(core), ...jobs].map((one) => [one.name, () => job(one)]),
    ),
  }
}

function shown(chatId: number) {
  return { chatId, revision: 2, message: { id: 1, kind: 'text' as const } }
}
