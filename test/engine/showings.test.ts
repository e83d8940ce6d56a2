import { describe, expect, test } from 'vitest'
import { newcomer } from '../../flows/common/person.ts'
import type { Effect } from '../../flows/kit/effects.ts'
import { screen } from '../../flows/kit/screen.ts'
import { createLog } from '../../src/base/log.ts'
import type { Dialogue, LivingMessage, Showing, Shown, Standing } from '../../src/engine/ports.ts'
import { createShowings, type ShowRequest } from '../../src/engine/showings.ts'
import { dialogue } from '../support/turns.ts'

const chatId = 7
const text = (id: number): LivingMessage => ({ id, kind: 'text' })
const standing = (revision: number, id: number): Standing => ({ revision, message: text(id) })

/** Showings before a Telegram that answers when the test says so. */
function scene() {
  const shows: { showing: Showing; answer: (message: LivingMessage | undefined) => void }[] = []
  const [sends, retired, marks]: [string[], unknown[], Shown[]] = [[], [], []]
  const awaited: number[] = []
  const ending = new AbortController()
  const hooks = { now: 0, before: undefined as Standing | undefined, others: undefined as Dialogue | undefined }
  let heard = () => {}
  const showings = createShowings({
    presenter: {
      answer: async () => {},
      show: (showing) =>
        new Promise((answer) => {
          shows.push({ showing, answer })
          heard()
        }),
      send: async ({ name }) => void sends.push(name),
      retire: async (_, { id }, how) => void retired.push([id, how]),
    },
    store: {
      async markShown(shown) {
        marks.push(shown)
        return hooks.before
      },
      async whenShown(_, revision) {
        awaited.push(revision)
        return hooks.others
      },
    },
    clock: { now: () => hooks.now },
    log: createLog('silent'),
    ending: ending.signal,
  })
  const add = (revision: number, more: Partial<ShowRequest> = {}, showing: Partial<Showing> = {}) =>
    showings.add({
      showing: { chatId, revision, screen: screen({ key: 'home:x' }), person: newcomer('kk'), fresh: true, ...showing },
      standing: undefined,
      urgent: false,
      sends: [],
      world: { chatId, person: newcomer('kk'), now: 0 },
      ...more,
    })
  /** Resolves when Telegram has been asked so many times. */
  const asked = async (times: number) => {
    while (shows.length < times) await new Promise<void>((resolve) => (heard = resolve))
  }
  const revisions = () => shows.map(({ showing }) => showing.revision)
  return { showings, shows, sends, retired, marks, awaited, ending, hooks, add, asked, revisions }
}

const send = (name: string): Effect => ({ type: 'send', name, data: null })

describe('which message a screen replaces', () => {
  test('the one that was shown while the turn was under way, though its row was read before', async () => {
    const { add, shows, asked, marks } = scene()
    const first = add(1)
    await asked(1)
    shows[0]?.answer(text(10))
    await first
    const second = add(2, { standing: standing(0, 8) })
    await asked(2)
    expect(shows[1]?.showing.message).toEqual(text(10))
    shows[1]?.answer(text(10))
    await second
    expect(marks.at(-1), 'the row named another message').toEqual({ chatId, revision: 2, message: text(10) })
  })

  test('the one another process has shown since, though this process remembers an older one', async () => {
    const { add, shows, asked } = scene()
    const first = add(1)
    await asked(1)
    shows[0]?.answer(text(10))
    await first
    void add(3, { standing: standing(2, 9) })
    await asked(2)
    expect(shows[1]?.showing.message).toEqual(text(9))
  })

  test('the one just pressed, where it stands below: another process sent it, and the person looks there', async () => {
    const { add, shows, asked, marks, retired } = scene()
    const shown = add(2, { standing: standing(2, 8) }, { fresh: false, pressedOn: text(10) })
    await asked(1)
    expect(shows[0]?.showing.message).toEqual(text(10))
    shows[0]?.answer(text(10))
    await shown
    expect(retired).toEqual([[8, 'bare']])
    expect(marks.at(-1)).toEqual({ chatId, revision: 2, message: text(10) })
  })

  test('none of those from before the person was forgotten, and none remembered for too long', async () => {
    const { add, shows, asked, hooks } = scene()
    const farewell = add(40)
    await asked(1)
    shows[0]?.answer(text(10))
    await farewell
    const first = add(1)
    await asked(2)
    expect(shows[1]?.showing.message).toBeUndefined()
    shows[1]?.answer(text(12))
    await first
    hooks.now += 10 * 60_000
    void add(2)
    await asked(3)
    expect(shows[2]?.showing.message).toBeUndefined()
  })

  test.each([
    ['the older of two is left without buttons', standing(1, 9), [9, 'bare']],
    ['one that comes too late is deleted by the process that sent it', standing(3, 11), [10, 'deleted']],
  ])('two processes send at the same moment: %s', async (_, before, gone) => {
    const { add, shows, asked, retired, hooks } = scene()
    hooks.before = before
    const shown = add(2, { standing: standing(0, 8) })
    await asked(1)
    shows[0]?.answer(text(10))
    await shown
    expect(retired).toEqual([gone])
  })
})

describe('beside another process', () => {
  const row = (revision: number, shown: number, id: number): Dialogue => {
    return { ...dialogue(chatId, revision), shown, message: text(id) }
  }

  test('a screen waits for the one before it, and replaces that', async () => {
    const { add, shows, asked, awaited, hooks } = scene()
    hooks.others = row(3, 2, 10)
    void add(3, { standing: standing(1, 9), after: 2 })
    await asked(1)
    expect(awaited).toEqual([2])
    expect(shows[0]?.showing.message).toEqual(text(10))
  })

  test('nothing is waited for that this process shows itself', async () => {
    const { add, shows, asked, awaited } = scene()
    void add(2)
    void add(3, { after: 2 }, { fresh: false })
    await asked(1)
    shows[0]?.answer(text(10))
    await asked(2)
    expect(awaited).toEqual([])
  })

  test('what waits elsewhere for a screen that was overtaken hears that it will not come', async () => {
    const { add, shows, asked, awaited, marks } = scene()
    void add(1)
    await asked(1)
    void add(2)
    void add(4, { after: 3 })
    shows[0]?.answer(text(10))
    await asked(2)
    expect(marks.slice(1)).toEqual([{ chatId, revision: 2 }])
    expect(awaited).toEqual([3])
  })

  test('nobody waits for a screen of their own that was overtaken together with its repetition', async () => {
    const { add, shows, asked, awaited, revisions } = scene()
    void add(1)
    await asked(1)
    void add(2)
    void add(2, { after: 2 }, { fresh: false })
    void add(3)
    shows[0]?.answer(text(10))
    await asked(2)
    expect(revisions()).toEqual([1, 3])
    expect(awaited).toEqual([])
  })

  test('what was overtaken after the screen that is waited for does not pass for that one', async () => {
    const { add, shows, asked, awaited, marks } = scene()
    void add(1)
    await asked(1)
    void add(3, { after: 2 })
    void add(4)
    shows[0]?.answer(text(10))
    await asked(2)
    expect(marks).toHaveLength(1)
    expect(awaited).toEqual([2])
  })

  test('a turn is shown though the same update came again meanwhile and its screen was to be repeated', async () => {
    const { add, shows, asked, awaited, revisions } = scene()
    void add(1)
    await asked(1)
    void add(2, {}, { fresh: false })
    void add(2, { after: 2 }, { fresh: false })
    shows[0]?.answer(text(10))
    await asked(2)
    expect(revisions()).toEqual([1, 2])
    expect(awaited, 'nobody else is going to show it').toEqual([])
  })

  test.each([
    ['shown where it was pressed', row(3, 3, 10)],
    ['left behind by a newer turn', row(4, 3, 10)],
  ])('a screen is not repeated that was %s', async (_, others) => {
    const { add, shows, hooks } = scene()
    hooks.others = others
    await add(3, { after: 3 }, { fresh: false, pressedOn: text(10) })
    expect(shows).toEqual([])
  })
})

describe('a flood of texts', () => {
  test('is answered with the first and the last screen, however many there are', async () => {
    const { add, shows, asked, revisions, showings } = scene()
    const all = [add(1)]
    await asked(1)
    for (let revision = 2; revision <= 500; revision++) all.push(add(revision))
    shows[0]?.answer(text(1))
    await asked(2)
    shows[1]?.answer(text(2))
    await Promise.all(all)
    expect(revisions()).toEqual([1, 500])
    expect(showings.count()).toBe(0)
  })

  test('does not bury the help for somebody in danger', async () => {
    const { add, shows, asked, revisions } = scene()
    void add(1)
    await asked(1)
    for (const revision of [2, 3, 4, 5, 6]) void add(revision, { urgent: revision === 4 || revision === 5 })
    for (const at of [0, 1]) {
      shows[at]?.answer(text(at + 1))
      await asked(at + 2)
    }
    expect(revisions()).toEqual([1, 5, 6])
  })

  test('leaves a screen below the text it answers, though a press comes after it', async () => {
    const { add, shows, asked, revisions } = scene()
    void add(1)
    await asked(1)
    void add(2)
    void add(3, {}, { fresh: false })
    void add(4, {}, { fresh: false })
    for (const at of [0, 1]) {
      shows[at]?.answer(text(at + 1))
      await asked(at + 2)
    }
    expect(revisions()).toEqual([1, 2, 4])
  })

  test('gets each document it asked for once', async () => {
    const { add, shows, asked, sends } = scene()
    const all = [add(1)]
    await asked(1)
    for (const revision of [2, 3, 4]) all.push(add(revision, { sends: [send('export')] }))
    shows[0]?.answer(text(1))
    await asked(2)
    shows[1]?.answer(text(2))
    await Promise.all(all)
    expect(sends).toEqual(['export'])
  })
})

test('a chat that has just turned out to be unreachable is sent no document, and its screen counts as shown', async () => {
  const { add, shows, asked, sends, marks } = scene()
  const shown = add(1, { sends: [send('export')] })
  await asked(1)
  shows[0]?.answer(undefined)
  await shown
  expect(sends).toEqual([])
  expect(marks).toEqual([{ chatId, revision: 1 }])
})

test('what still waits when the program ends is left for the next start', async () => {
  const { add, shows, asked, showings, marks, ending, revisions } = scene()
  void add(1)
  await asked(1)
  const last = add(2, { sends: [send('export')] })
  ending.abort()
  shows[0]?.answer(text(1))
  await last
  await showings.idle()
  expect(revisions()).toEqual([1])
  expect(marks).toEqual([{ chatId, revision: 1, message: text(1) }])
})
