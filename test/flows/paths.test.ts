import { beforeAll, describe, expect, test } from 'vitest'
import type { Person } from '../../flows/common/person.ts'
import { createFlows } from '../../flows/index.ts'
import { effectPlaces } from '../../flows/kit/actions.ts'
import { waiting } from '../../flows/kit/buttons.ts'
import { compileFlows, examplePeople } from '../../flows/kit/compile.ts'
import type { Flow } from '../../flows/kit/flow.ts'
import { buttonsOf, isNavigation, type Screen } from '../../flows/kit/screen.ts'
import { type Place, walk } from '../../flows/kit/walk.ts'
import { type Language, languages } from '../../flows/kit/words.ts'
import { readInstruments } from '../../src/capabilities/survey/instruments.ts'
import { muteButton } from '../../src/delivery/compose.ts'
import { noticeKinds } from '../../src/delivery/kinds.ts'
import { createWords, type WordsBook } from '../../src/i18n/words.ts'
import { createBotApi } from '../../src/playground/bot-api/create-bot-api.ts'
import { renderScreen } from '../../src/telegram/render.ts'

/** Every path of every machine, for every kind of person, in every language: each screen is a message Telegram takes. */
const root = new URL('../../', import.meta.url)
const instruments = await readInstruments(new URL('flows/survey/instruments/', root))
const flows = createFlows({ instruments })
const api = createBotApi()
const chat = api.person(7001, { language_code: 'kk' })
let words: WordsBook

beforeAll(async () => {
  words = await createWords(new URL('locales/', root), { strict: true })
  chat.starts()
})

test('the flows are whole', () => {
  expect(() => compileFlows(flows)).not.toThrow()
})

test('every button under a notice opens a flow there is, the one that switches its kind off too', () => {
  const known = new Set(flows.map(({ id }) => id))
  const opened = [...noticeKinds({ all: flows })].flatMap(([name, { definition, t }]) =>
    (definition.examples ?? []).flatMap((values: unknown) =>
      examplePeople().flatMap((person) => [...buttonsOf(definition.screen({ values, person, t })), muteButton(name)]),
    ),
  )
  const missing = opened.flatMap((button) => {
    const event = 'event' in button && isNavigation(button.event) ? button.event : undefined
    return event?.type === 'go.open' && !known.has(event.flow) ? [event.flow] : []
  })
  expect(opened.length).toBeGreaterThan(0)
  expect(missing).toEqual([])
})

describe.each(flows.map((flow) => [flow.id, flow] as const))('%s', (_, flow) => {
  test('is seen in every one of its states', () => {
    const places = examplePeople().flatMap((person) => walk(flow, person))
    const seen = new Set(places.filter(({ screen }) => !isWaiting(screen)).map(({ state }) => state))
    expect([...seen].sort()).toEqual(
      Object.keys(flow.screens)
        .filter((state) => !onlyWaits(flow, state))
        .sort(),
    )
  })

  test('waits only where it has asked for something', () => {
    const asking = effectPlaces(flow).filter(({ action }) => action.effect.type === 'ask')
    const waits = Object.keys(flow.screens).filter((state) => onlyWaits(flow, state))
    expect(asking.flatMap(({ states }) => states.map(({ key }) => key))).toEqual(expect.arrayContaining(waits))
  })

  test.each(languages)('shows only what Telegram takes, in %s', async (language) => {
    for (const person of examplePeople()) await sendAll(flow, { ...person, language }, language)
  })
})

/** Whether nobody sees the state unless its look-up fails, for the reply leads on in the same turn. */
function onlyWaits({ screens }: Flow, state: string): boolean {
  return screens[state] === waiting
}

function isWaiting({ text }: Screen): boolean {
  return text.flat().some(({ key }) => key === 'common:waiting')
}

async function sendAll(flow: Flow, person: Person, language: Language): Promise<void> {
  for (const place of walk(flow, person)) {
    await send(place, person, language).catch((error: unknown) => {
      throw new Error(`${language}: ${flow.id}.${place.state} after ${place.path.join(' → ')}`, { cause: error })
    })
  }
}

async function send({ screen }: Place, person: Person, language: Language): Promise<void> {
  const showing = { chatId: chat.id, revision: 2 ** 31, screen, person, fresh: true }
  const { html, keyboard } = renderScreen(showing, words, language)
  const common = { chat_id: chat.id, parse_mode: 'HTML', reply_markup: { inline_keyboard: keyboard } }
  if (screen.picture === undefined) await api.perform('sendMessage', { ...common, text: html })
  // The caption's limit is a quarter of the text's; the picture itself is tested with the charts.
  else
    await api
      .perform('sendMessage', { ...common, text: html })
      .then(() => expect(visible(html)).toBeLessThanOrEqual(1024))
}

function visible(html: string): number {
  return html.replace(/<[^>]+>/g, '').replace(/&\w+;/g, '.').length
}
