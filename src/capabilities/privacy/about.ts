import { z } from 'zod'
import { ageBands, type ConsentBy, consentsBy, plans } from '../../../flows/common/person.ts'
import { regions, zone } from '../../../flows/common/regions.ts'
import type { Flow } from '../../../flows/kit/flow.ts'
import { kindName } from '../../../flows/kit/notice.ts'
import { type Look, looks } from '../../../flows/kit/picture.ts'
import { languages, type Message, type Moment, type Value } from '../../../flows/kit/words.ts'
import { fact, type Line, type Section, section, Time } from '../export.ts'

const none: Message = { key: 'settings:value.none' }

const Person = z.object({
  chatId: z.int(),
  language: z.enum(languages),
  ageBand: z.enum(ageBands).nullable(),
  region: z.enum(regions).nullable(),
  plan: z.enum(plans).nullable(),
  name: z.string().nullable(),
  consentAt: Time.nullable(),
  consentBy: z.enum(consentsBy).nullable(),
  quietFrom: z.int(),
  quietTo: z.int(),
  muted: z.array(z.string()),
  look: z.enum(looks).nullable(),
  refusedAt: Time.nullable(),
  createdAt: Time,
})
type Person = z.output<typeof Person>

/** What the person has said of themselves, and agreed to. */
export function aboutSection(flows: readonly Flow[]): Section {
  const kinds = new Set(flows.flatMap(({ notices = [] }) => notices.map(({ kind }) => kind)))
  return section('Person', {
    title: { key: 'privacy:page.about.title' },
    row: Person,
    tell: (person) => ({
      title: { key: 'privacy:page.about.chat', values: { number: String(person.chatId) } },
      order: 0,
      lines: [
        ...saidLines(person),
        ...consentLines(person),
        fact({ key: 'settings:topic.quiet' }, quietText(person)),
        fact({ key: 'privacy:page.about.muted' }, mutedText(person, kinds)),
        ...lookLines(person),
        fact({ key: 'privacy:page.about.met' }, { moment: person.createdAt, zone, style: 'date' }),
      ],
    }),
  })
}

function saidLines({ name, language, ageBand, region, plan }: Person): readonly Line[] {
  return [
    fact({ key: 'settings:topic.name' }, name ?? none),
    fact({ key: 'settings:topic.language' }, { key: `common:language.${language}` }),
    fact({ key: 'settings:topic.age' }, ageBand === null ? none : { key: `common:age.${ageBand}` }),
    fact({ key: 'settings:topic.region' }, region === null ? none : { key: `regions:${region}` }),
    fact({ key: 'settings:topic.plan' }, plan === null ? none : { key: `common:plan.${plan}` }),
  ]
}

const consents: Readonly<Record<ConsentBy, Message>> = {
  self: { key: 'privacy:page.about.consent.self' },
  guardian: { key: 'privacy:page.about.consent.guardian' },
  code: { key: 'privacy:page.about.consent.code' },
  mentor: { key: 'privacy:page.about.consent.self' },
  coordinator: { key: 'privacy:page.about.consent.self' },
  employer: { key: 'privacy:page.about.consent.self' },
}

function consentLines({ consentAt, consentBy, refusedAt }: Person): readonly Line[] {
  return [
    fact({ key: 'privacy:page.about.consent.title' }, consentBy === null ? none : consents[consentBy]),
    ...(consentAt === null ? [] : [fact({ key: 'privacy:page.about.consent.at' }, timeOf(consentAt))]),
    ...(refusedAt === null ? [] : [fact({ key: 'privacy:page.about.refused' }, timeOf(refusedAt))]),
  ]
}

function quietText({ quietFrom, quietTo }: Person): Message {
  return { key: 'settings:value.quiet', values: { from: hour(quietFrom), to: hour(quietTo) } }
}

function hour(of: number): string {
  return `${String(of).padStart(2, '0')}:00`
}

/** A kind that no flow knows any more has only its name. */
function mutedText({ muted }: Person, kinds: ReadonlySet<string>): Value {
  if (muted.length === 0) return { key: 'privacy:page.none' }
  return muted.map((kind) => (kinds.has(kind) ? kindName(kind) : kind))
}

const shades: Readonly<Record<Look, Message>> = {
  light: { key: 'privacy:page.about.look.light' },
  dark: { key: 'privacy:page.about.look.dark' },
}

function lookLines({ look }: Person): readonly Line[] {
  return look === null ? [] : [fact({ key: 'privacy:page.about.look.title' }, shades[look])]
}

const Dialogue = z.object({ stack: z.array(z.object({ flow: z.string() })), updatedAt: Time })

/** What is open in the chat, and since when. */
export function placeSection(flows: readonly Flow[]): Section {
  const names = new Map(flows.flatMap((flow) => nameOf(flow).map((name) => [flow.id, name] as const)))
  return section('Dialogue', {
    title: { key: 'privacy:page.place.title' },
    row: Dialogue,
    tell: ({ stack, updatedAt }) => {
      const [first = { key: 'common:home' }, ...others] = stack.flatMap(({ flow }) => names.get(flow) ?? []).reverse()
      return {
        title: first,
        order: 0,
        lines: [
          ...(others.length === 0 ? [] : [fact({ key: 'privacy:page.place.before' }, others)]),
          fact({ key: 'privacy:page.place.at' }, timeOf(updatedAt)),
        ],
      }
    },
  })
}

/** What the menus call a flow; those that no menu names are stations on the way. */
function nameOf({ id, menu, commands = {} }: Flow): readonly Message[] {
  if (menu !== undefined) return [menu.label]
  const [named] = Object.entries(commands).flatMap(([name, { place }]) => (place === undefined ? [] : name))
  return named === undefined ? [] : [{ key: `${id}:command.${named}` }]
}

function timeOf(moment: number): Moment {
  return { moment, zone, style: 'datetime' }
}
