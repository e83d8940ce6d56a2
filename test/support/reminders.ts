import { consentVersion, newcomer } from '../../flows/common/person.ts'
import { compileFlows } from '../../flows/kit/compile.ts'
import { buttonsOf } from '../../flows/kit/screen.ts'
import type { Language, Message } from '../../flows/kit/words.ts'
import {
  getReminder,
  listReminders,
  pageSize,
  type Reminder,
  type ReminderPage,
  reminderLimit,
} from '../../flows/reminders/contract.ts'
import { reminders } from '../../flows/reminders/index.ts'
import { createLog } from '../../src/base/log.ts'
import { checkOf } from '../../src/engine/check.ts'
import { createEngine } from '../../src/engine/engine.ts'
import type { Incoming } from '../../src/engine/ports.ts'
import { repliesByName, reply } from '../../src/engine/reply.ts'
import type { WordsBook } from '../../src/i18n/words.ts'
import * as toy from '../engine/toy.ts'
import { createMemoryPresenter, createMemoryStore } from './memory.ts'

const chatId = 7
const flows = compileFlows([reminders, toy.home, toy.top, toy.onboarding, toy.help, toy.search])

/** A person before the reminders dialogue, with reminders that are really kept; `now` is epoch ms and moved by hand. */
export async function remindersStage(words: WordsBook, { language = 'kk', now }: { language?: Language; now: number }) {
  const memory = createMemoryStore()
  const screens = createMemoryPresenter()
  const clock = { time: now, now: () => clock.time }
  let updates = 0
  let ids = 0
  let said: Message | undefined
  const kept = () => keptReminders(memory.facts)
  const engine = createEngine({
    flows,
    replies: repliesByName([
      reply(toy.look, async () => ''),
      reply(listReminders, async ({ page }) => pageOf(kept(), page)),
      reply(getReminder, async ({ id }) => {
        const reminder = kept().find((one) => one.id === id)
        const count = kept().filter(({ state }) => state !== 'done').length
        return reminder === undefined ? null : { reminder, room: count < reminderLimit }
      }),
    ]),
    store: memory.store,
    presenter: screens.presenter,
    isDanger: () => false,
    clock,
    newId: () => `id${++ids}`,
    log: createLog('silent'),
  })
  memory.people.set(chatId, {
    ...newcomer(language),
    consent: { version: consentVersion, at: 0, by: 'self' },
  })
  const take = async (action: Incoming['action']) => {
    const query = action.type === 'press' ? { query: `query ${updates}` } : {}
    const { shown } = await engine.take({ chatId, updateId: ++updates, ...query, action })
    await shown
    said = action.type === 'press' ? screens.answers.at(-1)?.say : now_().remark
  }
  const now_ = () => {
    const showing = screens.showings.at(-1)
    if (showing === undefined) throw new Error('nothing is shown')
    return showing
  }
  const labels = () => buttonsOf(now_().screen).map(({ label }) => words.plain(label, language))
  const stage = {
    clock,
    kept,
    facts: memory.facts,
    labels,
    said: () => said?.key,
    keys: () =>
      now_()
        .screen.text.flat()
        .map(({ key }) => key),
    /** What the screen says, without markup. */
    text: () =>
      now_()
        .screen.text.flat()
        .map((message) => words.plain(message, language))
        .join('\n'),
    opens: (input?: unknown) => take({ type: 'open', flow: 'reminders', input }),
    writes: (text: string) => take({ type: 'text', text }),
    /** A locale key of the flow, or a label as it is shown. */
    presses: async (name: string) => {
      const { screen, revision } = now_()
      const label = words.has(`reminders:${name}`, language)
        ? words.plain({ key: `reminders:${name}` }, language)
        : name
      const index = labels().findIndex((one) => one === label || one === `✓ ${label}`)
      const button = buttonsOf(screen)[index]
      if (button === undefined || !('event' in button))
        throw new Error(`no button "${label}" in ${labels().join(', ')}`)
      await take({ type: 'press', revision, index, check: checkOf(button.event) })
    },
  }
  await stage.opens()
  return stage
}

/** What the told facts come to, as the store would keep it. */
function keptReminders(facts: readonly { name: string; data: unknown }[]): Reminder[] {
  const kept = new Map<string, Reminder>()
  for (const { name, data } of facts) {
    const reminder = data as Reminder
    if (name === 'reminder.save') kept.set(reminder.id, reminder)
    if (name === 'reminder.delete') kept.delete(reminder.id)
    const before = kept.get(reminder.id)
    if (name === 'reminder.state' && before !== undefined) kept.set(before.id, { ...before, ...reminder })
  }
  return [...kept.values()]
}

function pageOf(all: readonly Reminder[], page: number): ReminderPage {
  const open = all.filter(({ state }) => state !== 'done')
  const items = open.slice(page * pageSize, (page + 1) * pageSize)
  return { items, total: open.length, page, pages: Math.max(1, Math.ceil(open.length / pageSize)) }
}
