import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { AnyStateNode } from 'xstate'
import { newcomer, type Person } from '../../flows/common/person.ts'
import { createFlows } from '../../flows/index.ts'
import { menuCommands } from '../../flows/kit/commands.ts'
import { examplePeople } from '../../flows/kit/compile.ts'
import { isEffectAction } from '../../flows/kit/effects.ts'
import { type Flow, type Frame, stateName } from '../../flows/kit/flow.ts'
import { kindName } from '../../flows/kit/notice.ts'
import { messagesIn } from '../../flows/kit/picture.ts'
import type { Screen } from '../../flows/kit/screen.ts'
import { walk } from '../../flows/kit/walk.ts'
import { languages, type Message, translator, type Value } from '../../flows/kit/words.ts'
import { explain } from '../../flows/vacancies/law/explain.ts'
import { rules } from '../../flows/vacancies/law/rules.ts'
import { readInstruments } from '../../src/capabilities/survey/instruments.ts'
import { loadLocales } from '../../src/i18n/load.ts'
import { createWords } from '../../src/i18n/words.ts'
import { localeTexts } from '../support/wording.ts'

const root = new URL('../../', import.meta.url)
const locales = await loadLocales(new URL('locales/', root))
const words = await createWords(new URL('locales/', root), { strict: true })
const flows = createFlows({ instruments: await readInstruments(new URL('flows/survey/instruments/', root)) })
const places = flows.flatMap((flow) => examplePeople().flatMap((person) => walk(flow, person)))

const namespaces = ['common', 'regions', 'notices', ...flows.map(({ id }) => id)]

const grown: Person = { ...newcomer('kk'), ageBand: '18+', plan: 'work' }

const answers = answersOf(flows)
const screens = [
  ...places.map(({ screen }) => screen),
  ...framed(),
  ...variants(),
  ...noticesOf(flows),
  ...answers.screens,
]
const messages = [
  ...answers.said,
  ...screens.flatMap(messagesOf),
  ...sayings(flows),
  ...menuCommands(flows).map(({ description }) => description),
  ...flows.flatMap(({ notices = [] }) => notices.map(({ kind }) => kindName(kind))),
  ...calls(flows),
  ...places.flatMap(({ frame }) => lostIn(frame)),
  ...literalsOf(new URL('src/', root)),
  ...lawWords(),
]

describe.each(languages)('the words of the dialogues in %s', (language) => {
  test('are there for every screen, with a value in every place', () => {
    const broken = messages.flatMap((message) => {
      try {
        return words.plain(message, language) === '' ? [`${message.key} is empty`] : []
      } catch (error) {
        return [String(error)]
      }
    })
    expect([...new Set(broken)]).toEqual([])
  })

  test('use every value they are given', () => {
    const unused = messages.flatMap(({ key, values = {} }) => {
      const template = templateOf(key, language)
      return Object.keys(values).flatMap((name) => (template.includes(`{{${name}}}`) ? [] : [`${key}: ${name}`]))
    })
    expect([...new Set(unused)]).toEqual([])
  })

  test('are all used somewhere', () => {
    const used = new Set(messages.map(({ key }) => key))
    const kept = namespaces.flatMap((namespace) =>
      localeTexts(locales[language][namespace]).map(({ key }) => `${namespace}:${key}`),
    )
    // What mentors did is called by its action: see AuditAction.
    expect(kept.filter((key) => !used.has(withoutForm(key)) && !/^[a-z]+:audit\./.test(key))).toEqual([])
  })

  test('fit a button: 28 characters beside another, 64 alone', () => {
    const tooLong = screens.flatMap(({ rows }) =>
      rows.flatMap((row) =>
        row
          .map(({ label }) => words.plain(label, language).replace(/^✓ /, ''))
          .filter((label) => label.length > (row.length > 1 ? 28 : 64)),
      ),
    )
    expect([...new Set(tooLong)]).toEqual([])
  })

  test('fit a phone: no screen is longer than 1100 characters, none with a picture longer than a caption', () => {
    const lengthOf = ({ text }: Screen) =>
      text.flat().reduce((sum, message) => sum + words.plain(message, language).length + 2, 0)
    const tooLong = screens.filter((screen) => lengthOf(screen) > (screen.picture === undefined ? 1100 : 1024))
    expect(tooLong.map((screen) => [screen.text.flat()[0]?.key, lengthOf(screen)])).toEqual([])
  })

  test('fit a short answer to a press: 200 characters', () => {
    const tooLong = [
      ...sayings(flows),
      ...menuCommands(flows).map(({ description }) => description),
      ...literalsOf(new URL('src/engine/', root)),
    ].filter((message) => words.plain(message, language).length > 200)
    expect(tooLong).toEqual([])
  })
})

/** Every example frame: on a walk those that offer the same are one place, whatever their values say. */
function framed(): Screen[] {
  return flows.flatMap((flow) =>
    (flow.examples?.frames ?? []).flatMap(({ value, context }) => {
      const make = flow.screens[stateName(value)]
      return make === undefined ? [] : [make({ context, person: grown, t: translator(flow.id) })]
    }),
  )
}

/** All that a card may say of the law. */
function lawWords(): Message[] {
  const reasons = rules.map((rule) => ({ rule, kind: rule.kind }))
  const told = (['condition', 'barred'] as const).flatMap((outcome) => explain({ outcome, reasons }))
  return told.flatMap(({ head, lines }) => [head, ...lines]).flatMap(within)
}

/** Screens that the example answers alone do not reach: a place met on the walk, with something changed in test. */
function variants(): Screen[] {
  const full = { form: 'full' }
  return [
    ...[0.9, 0.6].map((probability) =>
      variant('survey', 'result', ({ result }) => ({
        result: { ...result, close: false, ranking: led(result.ranking, probability) },
      })),
    ),
    variant('survey', 'result', ({ result }) => ({
      result: { ...result, close: true, scores: Object.fromEntries(Object.keys(result.scores).map((key) => [key, 4])) },
    })),
    variant('survey', 'result', ({ result }) => ({ result: { ...result, scores: {}, close: true } }), { look: 'dark' }),
    ...['R', 'I', 'A', 'S', 'E', 'C'].flatMap((first) =>
      ([{ ageBand: '14-15' }, { plan: 'university' }, { plan: 'work' }, { plan: 'undecided' }] as const).map((person) =>
        variant(
          'survey',
          'result',
          ({ result }) => ({ result: { ...result, close: false, ...headed(first) } }),
          person,
        ),
      ),
    ),
    variant('survey', 'family', ({ families }) => ({ families: halfHolding(families) })),
    variant('survey', 'history', () => ({ earlier: [] })),
    variant('survey', 'why', () => full),
    variant('survey', 'answers', () => ({ page: 1 })),
    variant('survey', 'history', ({ earlier }) => ({
      form: 'full',
      earlier: [0, 1].map(() => ({ ...earlier[0], ...full })),
    })),
    variant('professions', 'card', ({ card }) => ({ card: { ...card, ways: ['university'] } })),
    ...['listing', 'reading'].map((state) => variant('alerts', state, () => ({}), { muted: ['alerts.found'] })),
    variant('settings', 'menu', () => ({}), { muted: ['vacancies'] }),
    ...rhythms().map((repeat) =>
      variant('reminders', 'reading', ({ reminder }) => ({ reminder: { ...reminder, repeat } })),
    ),
    shown('survey', 'choosing', 'intro', () => ({})),
    shown('survey', 'matching', 'result', () => ({})),
  ]
}

/** What is said where a frame is dropped. */
function lostIn(frame: Frame): Message[] {
  const flow = flows.find(({ id }) => id === frame.flow)
  const word = flow?.unsaved?.(frame)
  return flow === undefined || word === undefined ? [] : [translator(flow.id)(word)]
}

/** Each weekday in each place of its month, and a day of each month. */
function rhythms(): object[] {
  const week = [1, 2, 3, 4, 5, 6, 7]
  const year = Array.from({ length: 12 }, (_, month) => ({ type: 'yearly', month: month + 1, day: 5 }))
  return [
    ...[1, 2, 3, 4, -1].flatMap((place) => week.map((weekday) => ({ type: 'monthlyWeekday', place, weekday }))),
    ...year,
  ]
}

/** The lists of what people call parts of the bot, and how those are offered. */
function calls(all: readonly Flow[]): Message[] {
  return all.flatMap(({ id, called = {} }) =>
    Object.entries(called).flatMap(([name, { label }]) => [{ key: `${id}:called.${name}` }, ...(label ? [label] : [])]),
  )
}

/** What the notices say for each of their example values. */
function noticesOf(all: readonly Flow[]): Screen[] {
  return all.flatMap(({ id, notices = [] }) =>
    notices.flatMap(({ examples, screen }) =>
      examples.map((values) => screen({ values, person: grown, t: translator(id) })),
    ),
  )
}

/** What stands in place of notices that have been answered, and what is said of them. */
function answersOf(all: readonly Flow[]): { screens: Screen[]; said: Message[] } {
  const views = all.flatMap(({ id, notices = [] }) =>
    notices.flatMap(({ examples, answering }) =>
      (answering?.examples ?? []).flatMap((answer: unknown) =>
        examples.map((values) => ({ answering, view: { values, answer, person: grown, t: translator(id) } })),
      ),
    ),
  )
  return {
    screens: views.flatMap(({ answering, view }) => answering?.screen(view) ?? []),
    said: views.flatMap(({ answering, view }) => answering?.already(view) ?? []),
  }
}

/** The ranking of a result that the scale leads. */
function headed(first: string) {
  const others = ['R', 'I', 'A', 'S', 'E', 'C'].filter((scale) => scale !== first)
  return { ranking: [first, ...others].map((scale) => ({ scale, probability: scale === first ? 0.9 : 0.02 })) }
}

function halfHolding(families: readonly { professions: readonly object[] }[]): object[] {
  return families.map((family) => ({
    ...family,
    professions: family.professions.map((profession, place) => ({
      ...profession,
      shared: ['R'],
      holds: place % 2 === 0,
    })),
  }))
}

function led(ranking: readonly object[], probability: number): object[] {
  return ranking.map((ranked, place) => (place === 0 ? { ...ranked, probability } : ranked))
}

// biome-ignore lint/suspicious/noExplicitAny: contexts of different flows, read by the screens of their own flow
type Change = (context: any) => object

function variant(flow: string, state: string, change: Change, person: Partial<Person> = {}): Screen {
  return shown(flow, state, state, change, person)
}

/** The screen of `state`, shown with the richest context met in the state `metIn`. */
function shown(id: string, state: string, metIn: string, change: Change, person: Partial<Person> = {}): Screen {
  const make = flows.find((flow) => flow.id === id)?.screens[state]
  const met = places.filter(({ frame, state: own }) => frame.flow === id && own === metIn)
  const context = met.map(({ frame }) => frame.context).sort((a, b) => sizeOf(b) - sizeOf(a))[0]
  if (make === undefined || typeof context !== 'object')
    throw new Error(`${id} has no screen "${state}", or no "${metIn}"`)
  return make({ context: { ...context, ...change(context) }, person: { ...grown, ...person }, t: translator(id) })
}

function sizeOf(context: unknown): number {
  return JSON.stringify(context).length
}

function messagesOf({ text, rows, picture, heard = [] }: Screen): Message[] {
  const labels = rows
    .flat()
    .flatMap((one) => ('said' in one && one.said !== undefined ? [one.label, one.said] : [one.label]))
  const drawn = picture === undefined ? [] : messagesIn(picture)
  return [...text.flat(), ...labels, ...heard.map(({ said }) => said), ...drawn].flatMap(within)
}

/** A message and the messages in its values. */
function within(value: Value): Message[] {
  if (typeof value !== 'object') return []
  if (Array.isArray(value)) return value.flatMap(within)
  return 'key' in value && typeof value.key === 'string' ? [asMessage(value), ...inside(value)] : []
}

function asMessage(value: object): Message {
  return value as Message // a value with a key is a message: Words and Moment have none
}

function inside(value: object): Message[] {
  return Object.values(asMessage(value).values ?? {}).flatMap(within)
}

/** What the flows say over a screen; none of it has values so far. */
function sayings(all: readonly Flow[]): Message[] {
  return all.flatMap(({ id, machine }) =>
    actionsOf(machine.root)
      .filter(isEffectAction)
      .filter(({ effect }) => effect.type === 'say')
      .map(({ effect }) => ({ key: `${id}:${effect.name}` })),
  )
}

function actionsOf(node: AnyStateNode): unknown[] {
  const transitions = [...node.transitions.values(), node.always ?? []].flat().flatMap(({ actions }) => actions)
  return [...node.entry, ...node.exit, ...transitions, ...Object.values(node.states).flatMap(actionsOf)]
}

/** Keys of the dialogues' namespaces that stand in the code of a folder. */
function literalsOf(folder: URL): Message[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return files
    .filter((file) => file.endsWith('.ts') && !file.includes('generated'))
    .flatMap((file) => [...readFileSync(new URL(file, folder), 'utf8').matchAll(/'([a-z]+):([\w.-]+)'/g)])
    .filter(([, namespace = '']) => namespaces.includes(namespace))
    .map(([, namespace, key]) => ({ key: `${namespace}:${key}` }))
}

function templateOf(key: string, language: (typeof languages)[number]): string {
  const [namespace = '', path = ''] = key.split(':')
  const texts = localeTexts(locales[language][namespace])
  return texts
    .filter((text) => text.key === path || withoutForm(text.key) === path)
    .map(({ text }) => text)
    .join(' ')
}

function withoutForm(key: string): string {
  return key.replace(/_(zero|one|two|few|many|other)$/, '')
}
