import type { Language } from '../../flows/kit/words.ts'
import type { ChatMessage } from '../../src/playground/bot-api/chats.ts'
import { type ButtonName, isLabel, placeLike } from '../support/buttons.ts'
import type { Actor } from '../support/stage.ts'
import type { Cast } from './cast.ts'
import type { Act } from './story.ts'
import type { Sight } from './telling.ts'

/** Somebody does something in every telling; `code` is the code of consent that was last given out. */
export async function playAct(role: string, act: Act, casts: readonly Cast[], code: string): Promise<void> {
  const players = casts.map((cast) => ({
    actor: cast.actor(role),
    language: cast.language,
    fill: (text: string) => filled(text, code, cast),
  }))
  const standing = players.map(({ actor }) => actor.person.lastFromBot)
  const sights = players.map((): Sight[] => [])
  for (const makeDeeds of deedsOf(act)) {
    for (const [at, deed] of makeDeeds(players).entries()) sights[at]?.push(await see(deed))
  }
  for (const [at, { telling, links }] of casts.entries()) {
    const link = linkIn(sights[at] ?? [])
    if (link !== undefined) links.set(role, link)
    telling.does(role, standing[at], sights[at] ?? [])
  }
}

type Player = { readonly actor: Actor; readonly language: Language; readonly fill: (text: string) => string }
type Players = readonly Player[]
/** One thing that one person does, and how it is told. */
type Deed = { readonly actor: Actor; readonly told: string; readonly run: () => Promise<void> }
/** Made when its turn comes, since it is said of the screens of then. */
type MakeDeeds = (players: Players) => readonly Deed[]

function deedsOf(act: Act): readonly MakeDeeds[] {
  if ('presses' in act) return [act.presses].flat().map(pressing)
  if ('rates' in act) return act.rates.map((rate) => pressing(`riasec:rate.${rate}`))
  return [(players) => players.map((player) => deedOf(act, player))]
}

/** A label is that of the first telling: the others press what does the same. */
function pressing(name: ButtonName): MakeDeeds {
  return (players) => {
    const named = isLabel(name) ? players[0]?.actor.place(name) : undefined
    return players.map(({ actor }) => {
      const place = named === undefined ? actor.place(name) : placeLike(actor.person, named)
      return { actor, told: `[${place.button.text}]`, run: () => actor.pressesAt(place) }
    })
  }
}

function deedOf(act: Exclude<Act, { presses: unknown } | { rates: unknown }>, { actor, language, fill }: Player): Deed {
  if ('sends' in act) return { actor, told: `sends a ${act.sends}`, run: () => actor.sends(act.sends) }
  if ('writes' in act) {
    const text = typeof act.writes === 'string' ? act.writes : act.writes[language]
    return { actor, told: `writes: ${text}`, run: () => actor.writes(fill(text)) }
  }
  const { starts } = act
  return starts === null
    ? { actor, told: 'starts', run: () => actor.starts() }
    : { actor, told: `starts by the link ${starts}`, run: () => actor.starts(fill(starts)) }
}

/** A text with the codes that it names. */
function filled(text: string, code: string, { links }: Cast): string {
  return text.replace('$code', code).replace(/\$link:([a-z]+)/, (_, role: string) => {
    const link = links.get(role)
    if (link === undefined) throw new Error(`No link was shown to ${role}`)
    return link
  })
}

/** The code of a link among what was seen. */
function linkIn(sights: readonly Sight[]): string | undefined {
  const messages = sights.flatMap(({ messages }) => messages)
  return messages.flatMap(({ text }) => /start=(kod-[\w-]+)/.exec(text)?.[1] ?? []).at(-1)
}

/** Does it and looks at what has changed: the screen that was edited and new messages, or else what stands. */
async function see({ actor: { person, screen }, told, run }: Deed): Promise<Sight> {
  const [toast, before] = [person.toasts.at(-1), new Map(person.messages.map((message) => [message.id, message]))]
  await run()
  const changed = person.messages.filter((message) => message.by === 'bot' && isNews(message, before.get(message.id)))
  const toasts = person.toasts.slice(toast === undefined ? 0 : person.toasts.indexOf(toast) + 1)
  return {
    act: told,
    toasts: toasts.map(({ text }) => text).filter((text) => text !== ''),
    messages: changed.length > 0 ? changed : [screen()],
  }
}

/** A message that only has lost its buttons tells nothing. */
function isNews(message: ChatMessage, before: ChatMessage | undefined): boolean {
  return message !== before && (message.text !== before?.text || message.keyboard.length > 0)
}
