import { describe, expect, test } from 'vitest'
import { consentVersion, newcomer } from '../../flows/common/person.ts'
import { compileFlows } from '../../flows/kit/compile.ts'
import type { Content } from '../../flows/kit/events.ts'
import { buttonsOf, type Screen } from '../../flows/kit/screen.ts'
import { createLog } from '../../src/base/log.ts'
import { nextRound } from '../../src/base/sleep.ts'
import { checkOf } from '../../src/engine/check.ts'
import { createEngine } from '../../src/engine/engine.ts'
import { type Dialogue, type Incoming, type LivingMessage, recentLimit } from '../../src/engine/ports.ts'
import { repliesByName, reply } from '../../src/engine/reply.ts'
import { createMemoryPresenter, createMemoryStore } from '../support/memory.ts'
import * as toy from './toy.ts'

const chatId = 7
const eventsOf = (screen: Screen) => buttonsOf(screen).flatMap((button) => ('event' in button ? [button.event] : []))
function setUp({ known = true }: { known?: boolean } = {}) {
  const memory = createMemoryStore()
  const screens = createMemoryPresenter()
  let updates = 100
  let ids = 0
  const flows = compileFlows([toy.home, toy.top, toy.passing, toy.gallery, toy.onboarding, toy.help, toy.search], {
    surroundings: toy.surroundings,
  })
  const build = () =>
    createEngine({
      flows,
      replies: repliesByName([reply(toy.look, async (data) => `looked at ${data}`)]),
      store: memory.store,
      presenter: screens.presenter,
      isDanger: (text) => text === 'danger',
      isWorry: (text) => text.startsWith('sad'),
      namedIn: (screen, text) => eventsOf(screen).find(({ type }) => text.endsWith(type)),
      clock: { now: () => 1000 },
      newId: () => `id${++ids}`,
      log: createLog('silent'),
    })
  let engine = build()
  if (known)
    memory.people.set(chatId, {
      ...newcomer('kk'),
      plan: 'work',
      consent: { version: consentVersion, at: 0, by: 'self' },
    })
  const now = () => {
    const showing = screens.showings.at(-1)
    if (showing === undefined) throw new Error('nothing is shown')
    return showing
  }
  const take = async (action: Incoming['action'], updateId = ++updates, pressedOn?: LivingMessage) => {
    const query = action.type === 'press' ? { query: `query ${updateId}` } : {}
    await engine.take({ chatId, updateId, ...query, action, ...(pressedOn && { pressedOn }) })
    await engine.idle()
  }
  /** A press on a notice, which stands in a message of its own. */
  const pressNotice = async (pressedNotice: number, action: Incoming['action']) => {
    await engine.take({ chatId, updateId: ++updates, query: 'query', action, pressedNotice })
    await engine.idle()
  }
  const pressOf = (type: string, showing = now()): Incoming['action'] => {
    const index = buttonsOf(showing.screen).findIndex((button) => 'event' in button && button.event.type === type)
    const button = buttonsOf(showing.screen)[index]
    if (button === undefined || !('event' in button)) throw new Error(`no button ${type}`)
    return { type: 'press', revision: showing.revision, index, check: checkOf(button.event) }
  }
  const press = (type: string) => take(pressOf(type))
  const row = () => memory.dialogues.get(chatId) as Dialogue
  const restart = () => {
    engine = build()
  }
  return {
    ...memory,
    ...screens,
    take,
    press,
    pressNotice,
    pressOf,
    now,
    row,
    restart,
    recover: async () => {
      const count = await engine.recover()
      await engine.idle()
      return count
    },
    text: () => now().screen.text[0],
    said: () => screens.answers.map(({ say }) => say?.key),
  }
}

describe('a turn', () => {
  test('changes the state, records the facts in the same commit, and shows the new screen in place', async () => {
    const { take, press, commits, now, row, answers } = setUp()
    await take({ type: 'command', name: 'start', argument: '' })
    await press('ADD')
    expect(answers).toEqual([{ query: 'query 102', say: { key: 'home:added', values: { count: 1 } } }])
    expect(commits.at(-1)?.facts).toEqual([{ name: 'toy.count', data: 1 }])
    expect(now()).toMatchObject({ fresh: false, revision: 2, message: { id: 1 } })
    expect(row()).toMatchObject({ revision: 2, shown: 2, message: { id: 1, kind: 'text' } })
  })

  test.each([
    ['comes down below a notice that was answered in passing', 9, { fresh: true, comesDown: true }],
    ['stays where it is when it stands below the notice', 0, { fresh: false, message: { id: 1 } }],
  ])('beside the dialogue: its screen %s', async (_, pressedNotice, expected) => {
    const { take, pressNotice, now, answers, facts } = setUp()
    await take({ type: 'command', name: 'start', argument: '' })
    await pressNotice(pressedNotice, { type: 'open', flow: 'passing' })
    expect(facts).toHaveLength(1)
    expect(answers.at(-1)?.say).toEqual({ key: 'passing:done' })
    expect(now()).toMatchObject({ screen: { text: [{ key: 'home:counting' }] }, ...expected })
    expect(now().remark).toBeUndefined()
  })

  test('that only says a word changes nothing', async () => {
    const { take, pressNotice, commits, showings, answers } = setUp()
    await take({ type: 'command', name: 'start', argument: '' })
    const [committed, shown] = [commits.length, showings.at(-1)]
    await pressNotice(9, { type: 'word', say: { key: 'toy:already' } })
    expect(answers.at(-1)?.say).toEqual({ key: 'toy:already' })
    expect(commits).toHaveLength(committed)
    expect(showings.at(-1)).toMatchObject({ screen: shown?.screen, fresh: false, revision: shown?.revision })
  })

  test('lets a look-up come back in the same turn', async () => {
    const { take, press, text } = setUp()
    await take({ type: 'show' })
    await press('LOOK')
    expect(text()).toMatchObject({ values: { found: 'looked at 0' } })
  })

  test('takes an update once, however often it comes, even out of order', async () => {
    const { take, pressOf, facts, row } = setUp()
    await take({ type: 'show' })
    const first = pressOf('ADD')
    await take(first, 501)
    const text: Incoming['action'] = { type: 'text', text: 'hello' }
    await take(text, 500)
    const revision = row().revision
    await take(first, 501)
    await take(text, 500)
    expect(facts).toHaveLength(1)
    expect(row().revision).toBe(revision)
  })

  test('keeps only the newest update ids', async () => {
    const { take, row } = setUp()
    for (let id = 1; id <= 40; id++) await take({ type: 'text', text: 'a' }, id)
    expect(row().recent).toHaveLength(recentLimit)
    expect(row().recent.at(-1)).toBe(40)
  })

  test('a press on a message that another process has sent and not yet marked is shown there, not in a new one', async () => {
    const { take, pressOf, row, dialogues, now } = setUp()
    await take({ type: 'command', name: 'start', argument: '' })
    const { message: _, ...unmarked } = row()
    dialogues.set(chatId, { ...unmarked, shown: 0 })
    await take(pressOf('ADD'), undefined, { id: 1, kind: 'text' })
    expect(now().message).toEqual({ id: 1, kind: 'text' })
    expect(row().message).toEqual({ id: 1, kind: 'text' })
    await take(pressOf('ADD'), undefined, { id: 0, kind: 'text' })
    expect(now().message, 'a message above the living one stays what it is').toEqual({ id: 1, kind: 'text' })
  })

  test('presses of one person at the same moment are taken one after another; a stale one changes nothing', async () => {
    const { take, pressOf, facts, said } = setUp()
    await take({ type: 'show' })
    const press = pressOf('ADD')
    await Promise.all([take(press), take(press), take(press)])
    expect(facts).toHaveLength(1)
    expect(said()).toEqual(['home:added', 'common:stale', 'common:stale'])
  })

  test('starts over when another process was quicker', async () => {
    const { take, press, store, dialogues, facts, row, said } = setUp()
    await take({ type: 'show' })
    const commit = store.commit
    let raced = false
    store.commit = async (turn) => {
      if (!raced) {
        raced = true
        dialogues.set(chatId, { ...row(), revision: row().revision + 1 })
      }
      return commit(turn)
    }
    await press('ADD')
    expect(said()).toEqual(['common:stale'])
    expect(facts).toHaveLength(0)
  })
})

describe('a press', () => {
  test.each([
    ['an old revision', { revision: 99 }],
    ['a place that is not there', { index: 50 }],
    ['the check of another button', { check: 'forged' }],
  ])('with %s is answered with a word and changes nothing', async (_, wrong) => {
    const { take, pressOf, facts, row, said } = setUp()
    await take({ type: 'show' })
    const before = row()
    await take({ ...(pressOf('ADD') as object), ...wrong } as Incoming['action'])
    expect(said()).toEqual(['common:stale'])
    expect(facts).toHaveLength(0)
    expect(row()).toEqual(before)
  })

  test('is answered after the commit and before its screen is shown, without words where there are none', async () => {
    const { take, press, store, presenter } = setUp()
    await take({ type: 'show' })
    const order: string[] = []
    const { commit } = store
    const { answer, show } = presenter
    store.commit = (turn) => {
      order.push('commit')
      return commit(turn)
    }
    presenter.answer = (query, say, person) => {
      order.push(`answer ${say?.key}`)
      return answer(query, say, person)
    }
    presenter.show = (showing) => {
      order.push('show')
      return show(showing)
    }
    await press('LOOK')
    expect(order).toEqual(['commit', 'answer undefined', 'show'])
  })

  test('is answered though an earlier screen of its chat is still on its way', async () => {
    const { take, pressOf, presenter } = setUp()
    await take({ type: 'show' })
    const press = pressOf('ADD')
    presenter.show = () => new Promise(() => {})
    const answered = new Promise<void>((resolve) => {
      presenter.answer = async () => resolve()
    })
    void take({ type: 'show' })
    void take(press)
    await answered
  })

  test('is not left behind by whoever waits for all to end, before its answer has been given', async () => {
    const { take, press, presenter } = setUp()
    await take({ type: 'show' })
    let give = () => {}
    presenter.answer = () => new Promise((resolve) => (give = resolve))
    let isOver = false
    const over = press('ADD').then(() => (isOver = true))
    for (let round = 0; round < 10; round++) await nextRound()
    expect(isOver).toBe(false)
    give()
    await over
  })

  test('that comes again is answered again, without a second fact', async () => {
    const { take, pressOf, facts, answers } = setUp()
    await take({ type: 'show' })
    const press = pressOf('ADD')
    await take(press, 501)
    await take(press, 501)
    expect(answers).toMatchObject([{ say: { key: 'home:added' } }, { say: undefined }])
    expect(facts).toHaveLength(1)
  })
})

describe('free text', () => {
  test('goes to the state that listens, and the screen comes anew below', async () => {
    const { take, text, now } = setUp()
    await take({ type: 'show' })
    await take({ type: 'text', text: 'words' })
    expect(text()).toMatchObject({ values: { last: 'words' } })
    expect(now().fresh).toBe(true)
  })

  test('is a search where no state listens', async () => {
    const { take, text } = setUp()
    await take({ type: 'command', name: 'top', argument: '' })
    await take({ type: 'text', text: 'ұ'.repeat(4096) })
    expect(text()).toEqual({ key: 'search:reading', values: { last: 'ұ'.repeat(4096) } })
  })

  test('of danger brings help at once from anywhere, and the way back', async () => {
    const { take, press, text } = setUp()
    await take({ type: 'command', name: 'top', argument: '' })
    await take({ type: 'text', text: 'danger' })
    expect(text()).toEqual({ key: 'help:reading', values: { last: 'danger' } })
    await press('go.leave')
    expect(text()?.valueOf()).toMatchObject({ key: 'top:standing' })
  })
})

describe('what is sent besides words', () => {
  const photo = { type: 'PHOTO', fileId: 'f', uniqueId: 'u', size: 9, caption: null, album: null } as const
  const own = { type: 'CONTACT', phone: '+70000000000', isOwn: true } as const
  const place = { type: 'LOCATION', latitude: 51.1, longitude: 71.4 } as const
  const document = { ...photo, type: 'DOCUMENT', name: 'n.pdf', mimeType: 'application/pdf' } as const
  const what = { PHOTO: 'picture', DOCUMENT: 'file', CONTACT: 'contact', LOCATION: 'place' } as const
  const sends = (event: Content): Incoming['action'] => ({ type: 'content', event, what: what[event.type] })

  test.each([photo, document, place, own])('is given to the state that listens: $type', async (event) => {
    const { take, text, now } = setUp()
    await take({ type: 'command', name: 'gallery', argument: '' })
    await take(sends(event))
    expect(text()).toMatchObject({ values: { last: JSON.stringify(event) } })
    expect(now()).toMatchObject({ fresh: true })
    expect(now().remark).toBeUndefined()
  })

  test('is given once, however often its update comes', async () => {
    const { take, row } = setUp()
    await take({ type: 'command', name: 'gallery', argument: '' })
    await take(sends(photo), 501)
    const { revision } = row()
    await take(sends({ ...photo, fileId: 'another' }), 502)
    await take(sends(photo), 501)
    expect(row().revision).toBe(revision + 1)
    expect(JSON.stringify(row().stack)).toContain('another')
  })

  test.each([photo, document, place, own])(
    'gets a remark where no state listens, and nothing is kept: $type',
    async (event) => {
      const { take, row, now } = setUp()
      await take({ type: 'command', name: 'top', argument: '' })
      const { stack } = row()
      await take(sends(event))
      expect(now()).toMatchObject({ fresh: true, remark: { key: `telegram:other.${what[event.type]}` } })
      expect(row().stack).toEqual(stack)
    },
  )

  test('is not taken by a state behind the one that listened', async () => {
    const { take, now } = setUp()
    await take({ type: 'command', name: 'gallery', argument: '' })
    await take(sends(own))
    await take(sends(photo))
    expect(now()).toMatchObject({ remark: { key: 'telegram:other.picture' } })
    expect(now().screen.text[0]).toMatchObject({ key: 'gallery:taken', values: { last: JSON.stringify(own) } })
  })

  test.each([photo, document])(
    'brings help when its caption speaks of danger, though a state listens',
    async (file) => {
      const { take, press, text } = setUp()
      await take({ type: 'command', name: 'gallery', argument: '' })
      await take(sends({ ...file, caption: 'danger' }))
      expect(text()).toEqual({ key: 'help:reading', values: { last: 'danger' } })
      await press('go.leave')
      expect(text()).toMatchObject({ key: 'gallery:taking', values: { last: '' } })
    },
  )

  test('meets onboarding before somebody has agreed, and is not kept there', async () => {
    const { take, row, now } = setUp({ known: false })
    await take(sends(own))
    expect(now()).toMatchObject({ remark: { key: 'telegram:other.contact' } })
    expect(row().stack).toMatchObject([{ flow: 'onboarding', context: { last: null } }])
  })

  test('that is larger than a row may be is given up with a word, and the state stays', async () => {
    const { take, row, now } = setUp()
    await take({ type: 'command', name: 'gallery', argument: '' })
    const { stack } = row()
    await take(sends({ ...photo, caption: 'x'.repeat(70_000) }))
    expect(now().remark).toEqual({ key: 'common:trouble' })
    expect(row().stack).toEqual(stack)
  })
})

describe('the stack', () => {
  test('a flow opened on top returns with its result', async () => {
    const { take, press, text, row } = setUp()
    await take({ type: 'show' })
    await press('PUSH')
    expect(row().stack.map((frame) => frame.flow)).toEqual(['home', 'top'])
    await press('ADD')
    expect(row().stack.map((frame) => frame.flow)).toEqual(['home'])
    expect(text()).toMatchObject({ values: { last: 'returned a result' } })
  })

  test('opening a flow that is open already does not grow it', async () => {
    const { take, row } = setUp()
    for (let time = 0; time < 20; time++) await take({ type: 'command', name: 'top', argument: '' })
    expect(row().stack.map((frame) => frame.flow)).toEqual(['home', 'top'])
  })

  test('an unknown command is looked for by its words, for people write /stop and /my_result', async () => {
    const { take, text } = setUp()
    await take({ type: 'command', name: 'my_result', argument: 'of today' })
    expect(text()).toEqual({ key: 'search:reading', values: { last: 'my result of today' } })
  })

  test('an unknown command of somebody who has not agreed leads to the first meeting with a word', async () => {
    const { take, now } = setUp({ known: false })
    await take({ type: 'command', name: 'nonsense', argument: '' })
    expect(now()).toMatchObject({ remark: { key: 'common:unknownCommand' } })
  })

  test('a flow opened from another comes back to that one, though it stood open further down', async () => {
    const { take, row } = setUp()
    await take({ type: 'open', flow: 'top' })
    await take({ type: 'open', flow: 'gallery' })
    await take({ type: 'open', flow: 'top' })
    expect(row().stack.map(({ flow }) => flow)).toEqual(['home', 'gallery', 'top'])
  })
})

describe('a text that names a button', () => {
  test('presses it, even where the state hears words', async () => {
    const { take, text, commits } = setUp()
    await take({ type: 'command', name: 'start', argument: '' })
    await take({ type: 'text', text: 'please ADD' })
    expect(commits.at(-1)?.facts).toEqual([{ name: 'toy.count', data: 1 }])
    expect(text()).toMatchObject({ values: { count: 1, last: '' } })
    await take({ type: 'text', text: 'something else' })
    expect(text()).toMatchObject({ values: { count: 1, last: 'something else' } })
  })

  test('presses nothing that deletes where it speaks of sadness, and is pressed by nobody in danger', async () => {
    const { take, text, row } = setUp()
    await take({ type: 'command', name: 'start', argument: '' })
    await take({ type: 'text', text: 'sad SEND' })
    expect(text()).toMatchObject({ values: { last: 'sad SEND' } })
    await take({ type: 'text', text: 'sad ADD' })
    expect(text()).toMatchObject({ values: { count: 1 } })
    await take({ type: 'text', text: 'danger' })
    expect(row().stack.at(-1)?.flow).toBe('help')
  })
})

describe('a command that leads to onboarding first', () => {
  test('says so', async () => {
    const { take, now } = setUp({ known: false })
    await take({ type: 'command', name: 'start', argument: '' })
    expect(now().remark).toBeUndefined()
    await take({ type: 'command', name: 'top', argument: '' })
    expect(now().remark).toEqual({ key: 'common:notYet' })
  })

  test('says nothing of it to whoever is too young, who reads why', async () => {
    const { take, now, people } = setUp()
    people.set(chatId, { ...newcomer('kk'), refusedAt: 1000 })
    await take({ type: 'command', name: 'top', argument: '' })
    expect(now().remark).toBeUndefined()
  })

  test('is asked of whoever has agreed and not answered, too', async () => {
    const { take, row, people } = setUp()
    people.set(chatId, { ...newcomer('kk'), consent: { version: consentVersion, at: 0, by: 'self' } })
    await take({ type: 'command', name: 'start', argument: '' })
    expect(row().stack.map(({ flow }) => flow)).toEqual(['onboarding'])
    await take({ type: 'command', name: 'top', argument: '' })
    expect(row().stack.map(({ flow }) => flow)).toEqual(['onboarding', 'top'])
    await take({ type: 'command', name: 'start', argument: '' })
    expect(row().stack.map(({ flow }) => flow)).toEqual(['onboarding'])
  })
})

describe('somebody who has not agreed', () => {
  test('meets onboarding whatever they ask for, goes on where they stood, and then home', async () => {
    const { take, press, text, people, row } = setUp({ known: false })
    await take({ type: 'command', name: 'top', argument: '' })
    await press('ADD')
    await take({ type: 'text', text: 'something else' })
    expect(text()).toEqual({ key: 'onboarding:meeting', values: { count: 1 } })
    await press('AGREE')
    expect(people.get(chatId)?.consent).toEqual({ version: consentVersion, at: 1000, by: 'self' })
    expect(row().stack.map((frame) => frame.flow)).toEqual(['home'])
  })
})

describe('what goes wrong', () => {
  test.each(['FAIL', 'CIRCLE', 'GROW'])(
    'in a flow (%s) keeps the old state, says so, and is not tried again',
    async (type) => {
      const { take, press, row, now, facts } = setUp()
      await take({ type: 'show' })
      await press('ADD')
      const before = row()
      await press(type)
      expect(now().remark).toEqual({ key: 'common:trouble' })
      expect(row().stack).toEqual(before.stack)
      expect(row().revision).toBe(before.revision + 1)
      expect(facts).toHaveLength(1)
    },
  )

  test('a damaged row left unshown does not keep the program from starting', async () => {
    const { take, store, dialogues, recover, row, now } = setUp()
    await take({ type: 'command', name: 'start', argument: '' })
    const load = store.load
    store.load = async (id) => {
      if (id !== chatId) throw new Error('damaged')
      return load(id)
    }
    dialogues.set(8, { ...row(), chatId: 8, shown: 0 })
    dialogues.set(chatId, { ...row(), shown: 0 })
    expect(await recover()).toBe(2)
    expect(now().chatId).toBe(chatId)
  })

  test('danger in a caption, a forwarded message or behind a command brings help', async () => {
    for (const action of [
      { type: 'other', what: 'picture', text: 'danger' },
      { type: 'other', what: 'forward', text: 'danger' },
      { type: 'command', name: 'top', argument: 'danger' },
    ] as const) {
      const { take, text } = setUp()
      await take({ type: 'command', name: 'start', argument: '' })
      await take(action)
      expect(text()).toEqual({ key: 'help:reading', values: { last: 'danger' } })
    }
  })

  test('the way back from help never leads to what was found for the words before', async () => {
    const { take, row } = setUp()
    await take({ type: 'open', flow: 'home' })
    await take({ type: 'text', text: 'sad' })
    await take({ type: 'text', text: 'danger' })
    expect(row().stack.map(({ flow }) => flow)).toEqual(['home', 'help'])
  })

  test('words of sadness are answered as others are, with a warm line above', async () => {
    const { take, now, text } = setUp()
    await take({ type: 'command', name: 'top', argument: '' })
    await take({ type: 'text', text: 'sad' })
    expect(text()).toEqual({ key: 'search:reading', values: { last: 'sad' } })
    expect(now().remark).toEqual([{ key: 'help:warm' }])
    await take({ type: 'text', text: 'cook' })
    expect(now().remark).toBeUndefined()
  })

  test('the warm line stands before a remark on what cannot be read', async () => {
    const { take, now } = setUp()
    await take({ type: 'command', name: 'start', argument: '' })
    await take({ type: 'other', what: 'picture', text: 'sad' })
    expect(now().remark).toEqual([{ key: 'help:warm' }, { key: 'telegram:other.picture' }])
  })

  test('the way back from help leads to where danger was written, though help stood open below', async () => {
    const { take, row } = setUp()
    await take({ type: 'open', flow: 'home' })
    await take({ type: 'open', flow: 'help' })
    await take({ type: 'open', flow: 'top' })
    await take({ type: 'text', text: 'danger' })
    expect(row().stack.map(({ flow }) => flow)).toEqual(['home', 'top', 'help'])
  })

  test('what was to be sent is sent even if the screen beside it cannot be shown, and one failing send holds up no other turn', async () => {
    const { take, press, presenter, sends, now } = setUp()
    await take({ type: 'command', name: 'start', argument: '' })
    const { show, send } = presenter
    presenter.show = async () => {
      throw new Error('Telegram is away')
    }
    await press('SEND')
    expect(sends).toEqual([{ chatId, name: 'toy.send' }])
    Object.assign(presenter, { show, send: async () => Promise.reject(new Error('too large')) })
    await take({ type: 'show' })
    await press('SEND')
    expect(now().revision).toBe(3)
    presenter.send = send
  })

  test('a row of an older version is migrated, one that cannot be read is archived and the person comes home', async () => {
    const { take, dialogues, archived, now, text } = setUp()
    const row = (frame: object): Dialogue => ({ chatId, revision: 5, stack: [frame as never], recent: [], shown: 5 })
    dialogues.set(chatId, row({ flow: 'home', version: 1, value: 'counting', context: { count: 4, found: null } }))
    await take({ type: 'show' })
    expect(text()).toMatchObject({ values: { count: 4 } })
    for (const bad of [
      { flow: 'gone', version: 1, value: 'x', context: {} },
      { flow: 'home', version: 3, value: 'counting', context: {} },
      { flow: 'home', version: 2, value: 'renamed', context: { count: 1, found: null, last: null } },
      { flow: 'home', version: 2, value: 'counting', context: { count: 'many' } },
    ]) {
      dialogues.set(chatId, row(bad))
      await take({ type: 'show' })
      expect(archived.at(-1)).toMatchObject({ frame: bad, reason: expect.any(String) })
      expect(now().remark).toEqual({ key: 'common:changed' })
      expect(text()).toMatchObject({ key: 'home:counting' })
    }
    expect(archived).toHaveLength(4)
  })

  test('a screen that never reached the chat is shown at the next start', async () => {
    const { take, pressOf, presenter, showings, restart, recover, row } = setUp()
    await take({ type: 'show' })
    const show = presenter.show
    presenter.show = async () => {
      throw new Error('no network')
    }
    await take(pressOf('ADD'))
    expect(row()).toMatchObject({ revision: 2, shown: 1 })
    presenter.show = show
    restart()
    expect(await recover()).toBe(1)
    expect(showings.at(-1)).toMatchObject({ revision: 2 })
    expect(row().shown).toBe(2)
    expect(await recover()).toBe(0)
  })

  test('an error of the store reaches the caller and nothing is shown', async () => {
    const { take, pressOf, store, showings } = setUp()
    await take({ type: 'show' })
    const shown = showings.length
    store.commit = async () => {
      throw Object.assign(new Error('disk full'), { name: 'StoreError' })
    }
    await expect(take(pressOf('ADD'))).rejects.toThrow('disk full')
    expect(showings).toHaveLength(shown)
  })

  test('a fact that the store refuses leaves the old state with a word, and is not tried for ever', async () => {
    const { take, press, store, facts, now, row } = setUp()
    await take({ type: 'show' })
    const before = row()
    const commit = store.commit
    store.commit = async (turn) => {
      if (turn.facts.length > 0) throw new Error('refused')
      return commit(turn)
    }
    await press('ADD')
    expect(now().remark).toEqual({ key: 'common:trouble' })
    expect(row()).toMatchObject({ revision: before.revision + 1, stack: before.stack })
    expect(facts).toHaveLength(0)
  })

  test('a document is sent after the commit', async () => {
    const { take, press, sends } = setUp()
    await take({ type: 'show' })
    await press('SEND')
    expect(sends).toEqual([{ chatId, name: 'toy.send' }])
  })
})
