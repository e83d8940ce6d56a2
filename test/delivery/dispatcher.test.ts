import { afterEach, describe, expect, test } from 'vitest'
import { consentVersion } from '../../flows/common/person.ts'
import { buttonsOf } from '../../flows/kit/screen.ts'
import { forgetChats } from '../../src/store/chats.ts'
import { createPauses } from '../../src/store/leases.ts'
import { savePerson, setReachable } from '../../src/store/people.ts'
import { testTime } from '../support/databases.ts'
import { agreed } from '../support/people.ts'
import { createUniverse, type Universe } from './harness.ts'

const second = 1_000
const minute = 60 * second
const hour = 60 * minute

let universe: Universe
afterEach(() => universe.close())

describe('what is due', () => {
  test('is sent when it is due, the urgent first', async () => {
    universe = await createUniverse()
    const [one, two, three] = [await universe.person(), await universe.person(), await universe.person()]
    await universe.put(one, 'toy.nudge')
    await universe.put(two, 'toy.urgent')
    await universe.put(three, 'toy.plain')
    await universe.put(three, 'toy.plain', { dueAt: testTime + 10 * minute })
    await universe.run(testTime + minute)
    expect(universe.words()).toEqual(['key-2', 'key-3', 'key-1'])
    expect(universe.outcomes).toEqual(['toy.urgent sent', 'toy.plain sent', 'toy.nudge sent'])
    await universe.run(testTime + 11 * minute)
    expect(universe.words().at(-1)).toBe('key-4')
    expect(universe.sent.at(-1)?.at).toBeGreaterThanOrEqual(testTime + 10 * minute)
    expect(universe.sent.at(-1)?.at).toBeLessThan(testTime + 10 * minute + 2 * second)
  })

  test('leaves a record of its message', async () => {
    universe = await createUniverse()
    await universe.put(await universe.person(), 'toy.plain')
    await universe.run(testTime + minute)
    const [row] = await universe.store.prisma.notice.findMany()
    expect(row).toMatchObject({ outcome: 'sent', messageId: 1, attempts: 1, claimedBy: null })
  })

  test('is put into the language of the person at that moment', async () => {
    universe = await createUniverse()
    const chat = await universe.person({ language: 'ru' })
    await universe.put(chat, 'toy.plain')
    await universe.run(testTime + minute)
    expect(universe.sent[0]?.parcel.person.language).toBe('ru')
  })
})

describe('what is not sent', () => {
  test('withdraws kinds nobody knows, people nobody knows, and kinds switched off', async () => {
    universe = await createUniverse()
    await universe.put(await universe.person(), 'toy.gone')
    await universe.put(999, 'toy.plain')
    await universe.put(await universe.person({ muted: ['toy.nudge'] }), 'toy.nudge')
    await universe.put(await universe.person({ consent: undefined }), 'toy.nudge')
    const earlier = { version: consentVersion - 1, at: 0, by: 'self' as const }
    await universe.put(await universe.person({ consent: earlier }), 'toy.nudge')
    await universe.run(testTime + minute)
    expect(universe.tried).toEqual([])
    const rows = await universe.store.prisma.notice.findMany({ orderBy: { key: 'asc' } })
    expect(rows.map(({ outcome, reason }) => `${outcome}: ${reason}`)).toEqual([
      'withdrawn: no flow knows this kind',
      'withdrawn: nobody is known under this chat',
      'withdrawn: muted',
      'withdrawn: consent has been taken back',
      'withdrawn: the present terms have not been agreed to',
    ])
  })

  test('fails what its flow cannot show, and says so without its values', async () => {
    universe = await createUniverse()
    const chat = await universe.person()
    await universe.put(chat, 'toy.plain', { values: { word: 5 } })
    await universe.put(chat, 'toy.broken')
    await universe.run(testTime + minute)
    const rows = await universe.store.prisma.notice.findMany({ orderBy: { key: 'asc' } })
    expect(rows.map(({ reason }) => reason)).toEqual(['cannot be shown: ZodError', 'cannot be shown: Error'])
  })

  test('expires what could not go in time', async () => {
    universe = await createUniverse()
    await universe.put(await universe.person(), 'toy.plain', { expiresAt: testTime })
    await universe.run(testTime + minute)
    expect(universe.outcomes).toEqual(['toy.plain expired'])
    expect(universe.sent).toEqual([])
  })

  test('sends nothing while it may not work', async () => {
    universe = await createUniverse({ mayWork: () => false })
    await universe.put(await universe.person(), 'toy.plain')
    await universe.run(testTime + minute)
    expect(universe.tried).toEqual([])
  })
})

/** Hours pass with a look each minute, else the tests would take long. */
const rarely = { limits: { poll: minute } }

describe('quiet hours', () => {
  // 17:00 UTC is 22:00 in Kazakhstan, 03:00 UTC is 08:00.
  const night = testTime + 5 * hour
  const morning = testTime + 15 * hour

  test('delay over midnight until they end', async () => {
    universe = await createUniverse(rarely)
    const chat = await universe.person()
    await universe.put(chat, 'toy.plain', { dueAt: night - 1 })
    await universe.put(chat, 'toy.plain', { dueAt: night + hour })
    await universe.put(chat, 'toy.plain', { dueAt: night + 9 * hour })
    await universe.run(morning + hour)
    const times = universe.sent.map(({ at }) => at)
    expect(times).toHaveLength(3)
    // The first is due just before ten; the next look at the clock finds quiet time already.
    for (const at of times) expect(at).toBeGreaterThanOrEqual(morning)
    for (const at of times) expect(at).toBeLessThan(morning + 5 * minute)
  })

  test('do not hold what the person timed', async () => {
    universe = await createUniverse(rarely)
    await universe.put(await universe.person(), 'toy.timed', { dueAt: night + hour })
    await universe.run(night + 2 * hour)
    expect(universe.sent).toHaveLength(1)
  })

  test('let expire what is of no use in the morning', async () => {
    universe = await createUniverse(rarely)
    await universe.put(await universe.person(), 'toy.plain', { dueAt: night + hour, expiresAt: night + 3 * hour })
    await universe.run(morning + hour)
    expect(universe.sent).toEqual([])
    expect((await universe.store.prisma.notice.findMany())[0]?.outcome).toBe('expired')
  })

  test('are each person’s own, and the same hour twice means none', async () => {
    universe = await createUniverse(rarely)
    await universe.put(await universe.person({ quiet: { from: 12, to: 18 } }), 'toy.plain')
    await universe.put(await universe.person({ quiet: { from: 17, to: 17 } }), 'toy.plain')
    await universe.run(testTime + 2 * hour)
    expect(universe.sent.map(({ at }) => at - testTime >= hour)).toEqual([false, true])
  })
})

describe('several for one person', () => {
  test('become one message with all their buttons', async () => {
    universe = await createUniverse()
    const chat = await universe.person()
    await universe.put(chat, 'toy.alert')
    await universe.put(chat, 'toy.digest')
    await universe.put(chat, 'toy.timed')
    await universe.run(testTime + minute)
    expect(universe.words()).toEqual(['key-3+key-1+key-2'])
    const { places = [], screen } = universe.sent[0]?.parcel ?? {}
    expect(places.map(({ index }) => index)).toEqual([0, 1, 2, 0, 1, 2, 0, 1, 2])
    expect(new Set(places.map(({ noticeId }) => noticeId)).size).toBe(3)
    expect(screen && buttonsOf(screen)).toHaveLength(9)
    expect(universe.outcomes).toHaveLength(3)
  })

  test('those due within the next minute gather for the next message', async () => {
    universe = await createUniverse()
    const chat = await universe.person()
    for (const after of [0, 20, 40, 59]) await universe.put(chat, 'toy.alert', { dueAt: testTime + after * second })
    await universe.run(testTime + 5 * minute)
    expect(universe.words()).toEqual(['key-1', 'key-2+key-3+key-4'])
  })

  test('keep apart what does not join, a second between', async () => {
    universe = await createUniverse()
    const chat = await universe.person()
    for (let n = 0; n < 3; n++) await universe.put(chat, 'toy.plain')
    await universe.run(testTime + minute)
    const [first = 0, second_ = 0, third = 0] = universe.sent.map(({ at }) => at)
    expect(second_ - first).toBeGreaterThanOrEqual(second)
    expect(third - second_).toBeGreaterThanOrEqual(second)
  })

  test('join only their own kind when they can be switched off, under one button', async () => {
    universe = await createUniverse()
    const chat = await universe.person()
    for (const kind of ['toy.nudge', 'toy.tip', 'toy.nudge']) await universe.put(chat, kind)
    await universe.run(testTime + 5 * minute)
    expect(universe.words()).toEqual(['key-1+key-3', 'key-2'])
    const buttons = universe.sent.map(({ parcel }) =>
      buttonsOf(parcel.screen).filter(({ label }) => label.key === 'muting:mute'),
    )
    expect(buttons.map((list) => list.length)).toEqual([1, 1])
    const [place] = universe.sent[0]?.parcel.places.slice(-1) ?? []
    expect(place?.index).toBe(3)
  })

  test('go alone when their common message is refused', async () => {
    universe = await createUniverse()
    const chat = await universe.person()
    await universe.put(chat, 'toy.alert', { values: { word: 'bad' } })
    await universe.put(chat, 'toy.alert', { values: { word: 'good' } })
    universe.post.answer = ({ screen }) =>
      JSON.stringify(screen).includes('"bad"') ? { type: 'failed', reason: '400 Bad Request' } : undefined
    await universe.run(testTime + 5 * minute)
    expect(universe.tried.map(({ words }) => words.join('+'))).toEqual(['bad+good', 'bad', 'good'])
    expect(universe.outcomes.sort()).toEqual(['toy.alert failed', 'toy.alert sent'])
  })
})

describe('when Telegram refuses', () => {
  test('a chat’s retry_after holds back that chat alone', async () => {
    universe = await createUniverse()
    for (let n = 0; n < 5; n++) await universe.put(await universe.person(), 'toy.plain')
    let refusals = 1
    universe.post.answer = () => (refusals-- > 0 ? { type: 'retry', afterMs: 7 * second } : undefined)
    await universe.run(testTime + minute)
    const [refused, ...rest] = universe.tried
    const others = rest.filter(({ chatId }) => chatId !== refused?.chatId)
    const again = rest.filter(({ chatId }) => chatId === refused?.chatId)
    expect(others.map(({ at }) => at < testTime + second)).toEqual([true, true, true, true])
    expect(again.map(({ at }) => at >= testTime + 7 * second)).toEqual([true])
  })

  test('sends nothing to anybody once several chats were refused', async () => {
    universe = await createUniverse()
    for (let n = 0; n < 9; n++) await universe.put(await universe.person(), 'toy.plain')
    let refusals = 3
    universe.post.answer = () => (refusals-- > 0 ? { type: 'retry', afterMs: 7 * second } : undefined)
    await universe.run(testTime + minute)
    const after = universe.tried.slice(3).map(({ at }) => at - testTime)
    expect(after).toHaveLength(9)
    expect(Math.min(...after)).toBeGreaterThanOrEqual(7 * second)
    expect(await createPauses(universe.store).read()).toBeGreaterThanOrEqual(testTime + 7 * second)
    const rows = await universe.store.prisma.notice.findMany()
    expect(new Set(rows.map(({ attempts }) => attempts))).toEqual(new Set([1]))
  })

  test('obeys a retry_after that a process met which is no more', async () => {
    universe = await createUniverse()
    await createPauses(universe.store).extend(testTime + 8 * second)
    await createPauses(universe.store).extend(testTime + 2 * second)
    await universe.put(await universe.person(), 'toy.plain')
    await universe.run(testTime + minute)
    expect(universe.sent[0]?.at).toBeGreaterThanOrEqual(testTime + 8 * second)
  })

  test('obeys a retry_after that an answer met: for its chat, or for all when it names none', async () => {
    universe = await createUniverse()
    const [one, other] = [await universe.person(), await universe.person()]
    for (const chat of [one, other]) await universe.put(chat, 'toy.plain')
    const refused = async () =>
      ({ ok: false, error_code: 429, description: '', parameters: { retry_after: 9 } }) as const
    await universe.pacing.turns(refused, 'editMessageText', { chat_id: one, text: '' })
    await universe.run(testTime + minute)
    const at = (chat: number) => universe.sent.find(({ chatId }) => chatId === chat)?.at ?? 0
    expect(at(other)).toBeLessThan(testTime + second)
    expect(at(one)).toBeGreaterThanOrEqual(testTime + 9 * second)
    await universe.pacing.turns(refused, 'answerCallbackQuery', { callback_query_id: '1' })
    expect(universe.pacing.waitForAll()).toBe(9 * second)
  })

  test('tries again with growing pauses, and gives up in the end', async () => {
    universe = await createUniverse({ limits: { attempts: 5, poll: second } })
    await universe.put(await universe.person(), 'toy.plain')
    universe.post.answer = () => ({ type: 'retry', reason: '502 Bad Gateway' })
    await universe.run(testTime + 10 * minute)
    const times = universe.tried.map(({ at }) => at)
    const pauses = times.slice(1).map((at, index) => at - (times[index] ?? 0))
    expect(times).toHaveLength(5)
    expect(pauses.every((pause, index) => index === 0 || pause > (pauses[index - 1] ?? 0))).toBe(true)
    const [row] = await universe.store.prisma.notice.findMany()
    expect(row).toMatchObject({ outcome: 'failed', attempts: 5, reason: 'given up after 5 attempts: 502 Bad Gateway' })
  })

  test('survives an hour without Telegram: nothing is lost', async () => {
    universe = await createUniverse(rarely)
    for (let n = 0; n < 40; n++) await universe.put(await universe.person(), 'toy.plain')
    universe.post.answer = () =>
      universe.database.clock.time < testTime + hour ? { type: 'retry', reason: 'the connection failed' } : undefined
    await universe.run(testTime + 3 * hour)
    expect(universe.sent).toHaveLength(40)
    expect(new Set(universe.words()).size).toBe(40)
  })

  test('survives hours without Telegram, though few wait: nothing is given up', async () => {
    universe = await createUniverse(rarely)
    for (let n = 0; n < 3; n++) await universe.put(await universe.person(), 'toy.plain')
    universe.post.answer = () =>
      universe.database.clock.time < testTime + 4 * hour ? { type: 'retry', reason: '502 Bad Gateway' } : undefined
    await universe.run(testTime + 4 * hour + 45 * minute)
    expect(universe.sent).toHaveLength(3)
  })

  test('leaves a person alone who has blocked the bot, until they come back', async () => {
    universe = await createUniverse()
    const chat = await universe.person()
    for (let n = 0; n < 3; n++) await universe.put(chat, 'toy.plain')
    universe.post.answer = () => ({ type: 'blocked' })
    await universe.run(testTime + minute)
    expect(universe.tried).toHaveLength(1)
    expect(universe.outcomes).toEqual(['toy.plain blocked', 'toy.plain blocked', 'toy.plain blocked'])
    await universe.put(chat, 'toy.plain')
    await universe.run(testTime + 10 * minute)
    expect(universe.tried).toHaveLength(1)
    universe.post.answer = () => undefined
    await setReachable(universe.store, chat, null)
    await universe.run(testTime + 20 * minute)
    expect(universe.words().sort()).toEqual(['key-1', 'key-2', 'key-3', 'key-4'])
  })

  test('goes on with the others when one fails for good', async () => {
    universe = await createUniverse()
    const [bad, good] = [await universe.person(), await universe.person()]
    await universe.put(bad, 'toy.plain')
    await universe.put(good, 'toy.plain')
    universe.post.answer = ({ chatId }) => (chatId === bad ? { type: 'failed', reason: '400 Bad Request' } : undefined)
    await universe.run(testTime + minute)
    expect(universe.outcomes.sort()).toEqual(['toy.plain failed', 'toy.plain sent'])
  })
})

describe('a pause of the process, the database or the lease', () => {
  test('does not end delivery: when the lease is had again, notices go on', async () => {
    const lapse = { from: testTime + 5 * second, to: testTime + 17 * second }
    universe = await createUniverse({
      mayWork: () => universe.database.clock.time < lapse.from || universe.database.clock.time >= lapse.to,
    })
    const chat = await universe.person()
    for (const at of [0, 6, 60]) await universe.put(chat, 'toy.plain', { dueAt: testTime + at * second })
    await universe.run(testTime + 2 * minute)
    const [before, during, after] = universe.sent.map(({ at }) => (at - testTime) / second)
    expect(before).toBeLessThan(1)
    expect(during).toBeGreaterThanOrEqual(17)
    expect(during).toBeLessThan(19)
    expect(after).toBeLessThan(62)
  })

  test('no fault of the store ends it', async () => {
    universe = await createUniverse()
    await universe.put(await universe.person(), 'toy.plain')
    for (const name of ['releaseOthers', 'expire', 'resume', 'claim', 'settle'] as const) universe.broken.add(name)
    for (const [nth, name] of [...universe.broken].entries())
      universe.after(nth * 10 * second, () => universe.broken.delete(name))
    await universe.run(testTime + 3 * minute)
    expect(universe.outcomes).toEqual(['toy.plain sent'])
    expect(universe.tried).toHaveLength(1)
  })

  test('an outcome that could not be written for minutes is not sent again', async () => {
    universe = await createUniverse()
    await universe.put(await universe.person(), 'toy.plain')
    universe.broken.add('settle')
    universe.after(5 * minute, () => universe.broken.delete('settle'))
    await universe.run(testTime + 10 * minute)
    expect(universe.tried).toHaveLength(1)
    expect((await universe.store.prisma.notice.findMany())[0]?.outcome).toBe('sent')
  })

  test('a message that is longer on its way than its claim lasts is not sent twice', async () => {
    universe = await createUniverse()
    await universe.put(await universe.person(), 'toy.plain')
    universe.post.answer = () =>
      new Promise((resolve) => universe.after(3 * minute, () => resolve({ type: 'sent', messageId: 1 })))
    await universe.run(testTime + 10 * minute)
    expect(universe.tried).toHaveLength(1)
    expect(universe.outcomes).toEqual(['toy.plain sent'])
  })
})

describe('a clock that is set', () => {
  test.each([
    ['back', -hour],
    ['forward', hour],
  ])('%s by an hour keeps no notice waiting', async (_, step) => {
    universe = await createUniverse()
    const chat = await universe.person()
    await universe.put(chat, 'toy.plain')
    universe.after(10 * second, () => {
      universe.database.clock.time += step
    })
    const due: number[] = []
    for (const at of [11, 70]) {
      universe.after(at * second, async () => {
        due.push(universe.database.clock.time)
        await universe.put(chat, 'toy.plain', { dueAt: universe.database.clock.time })
      })
    }
    await universe.run(testTime + 2 * minute)
    const [, first = 0, second_ = 0] = universe.sent.map(({ at }) => at)
    expect(first - (due[0] ?? 0)).toBeLessThan(2 * second)
    expect(second_ - (due[1] ?? 0)).toBeLessThan(2 * second)
  })

  test('back frees what a process that is no more had claimed', async () => {
    universe = await createUniverse()
    await universe.put(await universe.person(), 'toy.plain')
    await universe.notices.claim({ holder: 'test', now: testTime, until: testTime + minute, limit: 1 })
    universe.database.clock.time -= hour
    await universe.put(await universe.person(), 'toy.plain', { dueAt: universe.database.clock.time })
    await universe.store.prisma.notice.updateMany({ data: { dueAt: BigInt(universe.database.clock.time) } })
    await universe.run(universe.database.clock.time + minute)
    expect(universe.sent).toHaveLength(2)
  })
})

describe('what waits in memory', () => {
  /** One message a second, so that most of them wait. */
  const slow = { messagesPerSecond: 1 }

  test('is dropped when its person has deleted everything, muted it, taken consent back or withdrawn it', async () => {
    universe = await createUniverse(slow)
    const chats: number[] = []
    for (let n = 0; n < 12; n++) {
      chats.push(await universe.person())
      await universe.put(n + 1, 'toy.nudge')
    }
    const [deleted = 0, muted = 0, unwilling = 0, withdrawn = 0] = chats.slice(-4)
    // As another process does it, of which this one hears nothing.
    universe.after(3 * second, async () => {
      await universe.store.prisma.$transaction((transaction) => forgetChats(transaction, [deleted]))
      await savePerson(universe.store, muted, { ...agreed('kk'), muted: ['toy.nudge'] })
      await savePerson(universe.store, unwilling, { ...agreed('kk'), consent: undefined })
      await universe.store.prisma.notice.updateMany({
        where: { chatId: BigInt(withdrawn) },
        data: { outcome: 'withdrawn', reason: 'asked', finishedAt: BigInt(testTime) },
      })
    })
    await universe.run(testTime + minute)
    expect(universe.sent.map(({ chatId }) => chatId)).toEqual(chats.slice(0, 8))
  })

  test('is not sent when it has expired there', async () => {
    universe = await createUniverse(slow)
    for (let n = 0; n < 12; n++)
      await universe.put(await universe.person(), 'toy.plain', { expiresAt: testTime + 6 * second })
    await universe.run(testTime + minute)
    for (const { at } of universe.sent) expect(at).toBeLessThan(testTime + 8 * second)
    expect(universe.outcomes.filter((outcome) => outcome === 'toy.plain expired').length).toBeGreaterThan(4)
  })

  test('is dropped at once when this process hears of it', async () => {
    universe = await createUniverse(slow)
    const [first, other] = [await universe.person(), await universe.person()]
    for (const chat of [first, other]) await universe.put(chat, 'toy.nudge')
    universe.post.answer = async () => {
      await savePerson(universe.store, other, { ...agreed('kk'), muted: ['toy.nudge'] })
      universe.reconsider(other)
      return undefined
    }
    await universe.run(testTime + minute)
    expect(universe.sent.map(({ chatId }) => chatId)).toEqual([first])
    expect(universe.outcomes.sort()).toEqual(['toy.nudge sent', 'toy.nudge withdrawn'])
  })

  test('is put back during a long pause, and what was deleted in it is never sent', async () => {
    universe = await createUniverse()
    for (let n = 0; n < 8; n++) await universe.put(await universe.person(), 'toy.plain')
    let refusals = 3
    universe.post.answer = () => (refusals-- > 0 ? { type: 'retry', afterMs: 20 * second } : undefined)
    let claimed = Number.NaN
    universe.after(5 * second, async () => {
      claimed = await universe.store.prisma.notice.count({ where: { claimedBy: { not: null } } })
      await universe.store.prisma.$transaction((transaction) => forgetChats(transaction, [1, 8]))
    })
    await universe.run(testTime + minute)
    expect(claimed).toBe(0)
    expect(universe.sent.map(({ chatId }) => chatId).sort()).toEqual([2, 3, 4, 5, 6, 7])
  })
})

describe('a stop', () => {
  test('puts back what was claimed and not sent', async () => {
    universe = await createUniverse({ messagesPerSecond: 1 })
    for (let n = 0; n < 20; n++) await universe.put(await universe.person(), 'toy.plain')
    await universe.run(testTime + 3 * second)
    const rows = await universe.store.prisma.notice.findMany({ where: { outcome: null } })
    expect(rows.length).toBe(20 - universe.sent.length)
    expect(rows.length).toBeGreaterThan(10)
    expect(rows.every(({ claimedBy }) => claimedBy === null)).toBe(true)
  })
})
