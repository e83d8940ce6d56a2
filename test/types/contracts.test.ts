import { expect, expectTypeOf, test } from 'vitest'
import { assign, setup } from 'xstate'
import { z } from 'zod'
import { type DataOf, defineAsk, defineSend, defineTell, type ReplyOf } from '../../flows/kit/contract.ts'
import { type Arguments, type EventOf, effects } from '../../flows/kit/effects.ts'
import type { Content, Found, SentPhoto, Stamp, Start } from '../../flows/kit/events.ts'
import { defineFlow, exampleReplies } from '../../flows/kit/flow.ts'
import { defineNotice, notice } from '../../flows/kit/notice.ts'
import { button, go, screen } from '../../flows/kit/screen.ts'
import { reply } from '../../src/engine/reply.ts'
import { change } from '../../src/store/capability.ts'
import { document } from '../../src/telegram/ports.ts'

/**
 * What the compiler refuses. Each line under `@ts-expect-error` must be an error of the type check, which `npm test` runs
 * before these tests; what stands beside it without one must compile.
 */
const book = z.object({ title: z.string(), pages: z.int() })
const look = defineAsk('toy.look', { who: 'self', data: z.object({ id: z.string() }), reply: book, examples: [] })
const other = defineAsk('toy.other', { who: 'self', data: z.null(), reply: z.int(), examples: [1] })
const save = defineTell('toy.save', { who: 'self', data: book })
const paper = defineSend('toy.paper', { who: 'self', data: z.object({ id: z.string() }) })

type Context = { readonly id: string; readonly pages: number }
type Event = (Stamp & { type: 'GO' }) | (Stamp & { type: 'PICK'; id: string }) | Found<typeof look>
type On<Type extends Event['type']> = Arguments<Context, EventOf<Event, Type>>

const { ask, tell, send } = effects<Context, Event>()
const saving = tell(save, ({ context }) => ({ title: context.id, pages: context.pages }))
const askingPicked = ask(look, ({ event }: On<'PICK'>) => ({ id: event.id }))
const types = { context: {} as Context, events: {} as Event, input: {} as Start }

test('an ask is given what its contract asks for', () => {
  // @ts-expect-error: a number is no id
  ask(look, () => ({ id: 5 }))
  // @ts-expect-error: the id is missing
  ask(look, () => ({}))
  // @ts-expect-error: the context has no such field
  ask(look, ({ context }) => ({ id: context.name }))
  // @ts-expect-error: a tell is no ask
  ask(save, () => ({ title: 'T', pages: 1 }))
  expectTypeOf<DataOf<typeof look>>().toEqualTypeOf<{ id: string }>()
})

test('a tell and a send are given the shape of their contracts', () => {
  // @ts-expect-error: pages are missing
  tell(save, () => ({ title: 'T' }))
  // @ts-expect-error: pages are a number
  tell(save, () => ({ title: 'T', pages: 'many' }))
  // @ts-expect-error: an ask is no tell
  tell(look, () => ({ id: 'x' }))
  send(paper, () => ({ id: 'x' }))
  // @ts-expect-error: null is no paper
  send(paper, () => null)
})

test('an effect stands only under the event that it is made from', () => {
  const { createMachine } = setup({ types })
  createMachine({
    context: { id: '', pages: 0 },
    on: {
      PICK: { actions: [askingPicked, saving] },
      'found.toy.look': { actions: saving },
    },
  })
  createMachine({
    context: { id: '', pages: 0 },
    // @ts-expect-error: the effect is made from PICK
    on: { GO: { actions: askingPicked } },
  })
  // @ts-expect-error: no event of the flow is called so
  type _ = On<'NOWHERE'>
})

test('a flow hears the replies that its events know, as the contract says they are', () => {
  const { createMachine } = setup({ types })
  createMachine({
    context: { id: '', pages: 0 },
    on: { 'found.toy.look': { actions: assign({ pages: ({ event }) => event.data.pages }) } },
  })
  createMachine({
    context: { id: '', pages: 0 },
    // @ts-expect-error: the events of the flow know no reply to it
    on: { 'found.toy.other': {} },
  })
  createMachine({
    context: { id: '', pages: 0 },
    // @ts-expect-error: a reply has no author
    on: { 'found.toy.look': { actions: assign({ id: ({ event }) => event.data.author }) } },
  })
  expectTypeOf<Found<typeof look>['data']>().toEqualTypeOf<{ title: string; pages: number }>()
  expectTypeOf<Found<typeof look | typeof other>['type']>().toEqualTypeOf<'found.toy.look' | 'found.toy.other'>()
})

test('a reply has the shape of its contract', () => {
  reply(look, async ({ id }) => ({ title: id, pages: 1 }))
  // @ts-expect-error: pages are missing
  reply(look, async ({ id }) => ({ title: id }))
  // @ts-expect-error: nothing is found
  reply(look, async () => null)
  // @ts-expect-error: the ask gives no name
  reply(look, async ({ name }) => ({ title: name, pages: 1 }))
  expectTypeOf<ReplyOf<typeof other>>().toEqualTypeOf<number>()
})

test('examples are replies to their ask', () => {
  const data = z.null()
  defineAsk('toy.more', { who: 'self', data, reply: book, examples: [{ title: 'T', pages: 1 }] })
  // @ts-expect-error: pages are missing
  defineAsk('toy.more', { who: 'self', data, reply: book, examples: [{ title: 'T' }] })
  // @ts-expect-error: nobody is called so
  defineAsk('toy.more', { who: 'stranger', data, reply: book, examples: [] })
  exampleReplies(look, ({ id }) => [{ title: id, pages: 1 }])
  // @ts-expect-error: a number is no book
  exampleReplies(look, () => [5])
})

test('what records a fact and what makes a document know what they are given', () => {
  change(save, async (_, [entry]) => void entry?.data.pages)
  // @ts-expect-error: a book has no author
  change(save, async (_, [entry]) => void entry?.data.author)
  // @ts-expect-error: an ask is not recorded
  change(look, async () => {})
  document(paper, async ({ id }) => ({ name: id, bytes: new Uint8Array() }))
  // @ts-expect-error: a document has bytes
  document(paper, async ({ id }) => ({ name: id }))
})

test('a notice is made with the values of its kind', () => {
  const due = defineNotice<z.infer<typeof book>>('toy.due', {
    priority: 'reminder',
    values: book,
    examples: [],
    screen: ({ values, t }) => screen(t('due', { title: values.title }), [button(t('open'), go.open('toy'))]),
  })
  const common = { chatId: 1, key: 'k', dueAt: 0 }
  expect(notice(due, { ...common, values: { title: 'T', pages: 1 } })).toMatchObject({ kind: 'toy.due', priority: 10 })
  // @ts-expect-error: pages are missing
  expect(() => notice(due, { ...common, values: { title: 'T' } })).toThrow()
  // @ts-expect-error: it has no key
  notice(due, { chatId: 1, dueAt: 0, values: { title: 'T', pages: 1 } })
  const parts = { values: book, examples: [], screen: () => screen({ key: 'x' }) }
  // @ts-expect-error: no priority is called so
  defineNotice('toy.due', { ...parts, priority: 'soon' })
  const pressed = () => screen({ key: 'x' }, [button({ key: 'x' }, { type: 'GO' })])
  // @ts-expect-error: buttons of a notice open flows, for no dialogue waits for them
  defineNotice('toy.due', { ...parts, priority: 'nudge', screen: pressed })
})

test('a button gives an event of its machine', () => {
  const machine = setup({ types }).createMachine({ id: 'toy', context: { id: '', pages: 0 } })
  const parts = { id: 'toy', version: 1, context: z.object({ id: z.string(), pages: z.int() }), machine }
  const label = { key: 'toy:x' }
  defineFlow<Context, Event>({
    ...parts,
    screens: { first: () => screen(label, [button(label, { type: 'PICK', id: 'x' }), button(label, go.home)]) },
  })
  defineFlow<Context, Event>({
    ...parts,
    // @ts-expect-error: the machine knows no such event
    screens: { first: () => screen(label, [button(label, { type: 'NOWHERE' })]) },
  })
  defineFlow<Context, Event>({
    ...parts,
    // @ts-expect-error: the event needs an id
    screens: { first: () => screen(label, [button(label, { type: 'PICK' })]) },
  })
  defineFlow<Context, Event>({
    ...parts,
    // @ts-expect-error: one of several buttons gives an event that the machine does not know
    screens: { first: () => screen(label, [button(label, { type: 'GO' })], [button(label, { type: 'NOWHERE' })]) },
  })
  defineFlow<Context, Event>({
    ...parts,
    // @ts-expect-error: the context has no such field
    screens: { first: ({ context }) => screen({ key: context.name }) },
  })
})

test('what is sent besides words has the shape of its event', () => {
  const photo = { type: 'PHOTO', fileId: 'f', uniqueId: 'u', size: null, caption: null, album: null } as const
  expectTypeOf(photo).toExtend<Content>()
  expectTypeOf<SentPhoto>().toExtend<Stamp>()
  // @ts-expect-error: a photo has a file
  const bare: Content = { type: 'PHOTO' }
  // @ts-expect-error: nothing is called so
  const film: Content = { ...photo, type: 'FILM' }
  void [bare, film]
})
