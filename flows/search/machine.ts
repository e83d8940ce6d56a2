import { assign, setup } from 'xstate'
import { effects } from '../kit/effects.ts'
import { beginWith, type Start } from '../kit/events.ts'
import {
  Asked,
  type SearchContext as Context,
  type SearchEvent as Event,
  type On,
  type SearchInput,
} from './context.ts'
import { find, findAnswer, listSubjects } from './contract.ts'
import { answers, Talk, talks } from './talk.ts'

const { ask, leave, open, say } = effects<Context, Event>()

type Found = On<'found.search.find'>

/** A message as long as Telegram allows: an offer is looked through as a whole. */
const whole = 4_096
/** What is kept of it once that is done. */
const kept = 200

const shorten = assign<Context, Event, undefined, Event, never>({
  text: ({ context: { text } }) => beginning(text, kept),
})

/** Where nothing is done by opening it. */
const harmless: readonly string[] = ['home', 'help', 'survey', 'professions', 'settings']

/** The search; `others` are the flows it may open by itself, where a text means one of them and nothing else. */
export function createMachine(others: readonly string[]) {
  return setup({
    types: { context: {} as Context, events: {} as Event, input: {} as Start<SearchInput> },
  }).createMachine({
    id: 'search',
    context: beginWith(({ input }) => ({
      text: input !== undefined && 'text' in input ? beginning(input.text, whole) : '',
      hits: [],
      command: input !== undefined && 'text' in input && input.command === true,
      worry: input !== undefined && 'text' in input && input.worry === true,
      talk: input !== undefined && 'talk' in input ? input.talk : null,
      wanted: input !== undefined && 'answer' in input ? input.answer : null,
      signs: input !== undefined && 'answer' in input ? (input.signs ?? []) : [],
      forwarded: input !== undefined && 'text' in input && input.forwarded === true,
      answer: null,
      subjects: [],
    })),
    initial: 'beginning',
    states: {
      beginning: {
        always: [
          ...answers.map((talk) => ({
            guard: ({ context }: { context: Context }) => context.talk === talk,
            target: talk,
          })),
          { guard: ({ context }) => context.wanted !== null, target: 'answering' },
          { guard: ({ context }) => context.text === '', target: 'asking' },
          { target: 'reading' },
        ],
      },
      asking: { on: { TEXT: { target: 'reading', actions: assign(written) } } },
      reading: {
        entry: ask(find, ({ context }) => ({ text: context.text })),
        on: {
          'found.search.find': [
            { guard: isOnlyForwarded, actions: [leave(), say<Event>('forward')] },
            // Said where one stands, which is no place to be thrown out of by a greeting.
            ...talks.map((talk) => ({ guard: isTalk(talk), actions: [leave(), say<Event>(`talk.${talk}`)] })),
            ...answers.map((talk) => ({ guard: isTalk(talk), target: talk, actions: shorten })),
            {
              guard: isAnswered,
              target: 'answering' as const,
              actions: [shorten, assign({ wanted: wantedOf, signs: signsOf })],
            },
            { guard: means('search'), target: 'asking' as const, actions: shorten },
            ...others.map((id) => ({ guard: means(id), actions: [leave(), open(id, inputOf)] })),
            { actions: [shorten, assign({ hits: fitting })] },
          ],
          TEXT: { target: 'reading', reenter: true, actions: assign(written) },
        },
      },
      /** What there is today for whoever looks for a place to study. */
      study: { on: { TEXT: { target: 'reading', actions: assign(written) } } },
      subjects: {
        entry: ask(listSubjects, () => null),
        on: {
          'found.search.subjects': { actions: assign({ subjects: ({ event }) => event.data }) },
          SUBJECT: { target: 'answering', actions: assign({ wanted: ({ event }) => event.id, answer: null }) },
          TEXT: { target: 'reading', actions: assign(written) },
        },
      },
      answering: {
        entry: ask(findAnswer, ({ context }) => ({ id: context.wanted ?? '' })),
        on: {
          'found.search.answer': [
            { guard: ({ event }) => event.data === null, target: 'subjects' },
            { actions: assign({ answer: ({ event }) => event.data }) },
          ],
          SUBJECTS: 'subjects',
          /** All that is known of what the answer was about. */
          SUBJECT: { target: 'answering', reenter: true, actions: assign({ signs: [] }) },
          TEXT: { target: 'reading', actions: assign(written) },
        },
      },
    },
  })
}

/** Whole signs only: Telegram refuses a message with half of one. */
export function beginning(text: string, length: number): string {
  return [...text].slice(0, length).join('')
}

function written({ event }: On<'TEXT'>): Partial<Context> {
  const text = beginning(event.text, whole)
  return { text, hits: [], signs: [], command: false, forwarded: false, worry: event.worry === true }
}

function wantedOf(found: Found): string {
  return Asked.parse(inputOf(found)).answer
}

function signsOf(found: Found): Context['signs'] {
  return Asked.parse(inputOf(found)).signs ?? []
}

/** Of what somebody else wrote nothing is looked for but a danger. */
function isOnlyForwarded({ context: { forwarded }, event: { data } }: Found): boolean {
  return forwarded && data[0]?.kind !== 'warning'
}

/** Beside sadness only what was surely asked for: nobody who feels lonely wants to choose among professions. */
function fitting({ context: { worry }, event: { data } }: Found): Context['hits'] {
  return worry ? data.filter(({ fit }) => fit === 'whole' || fit === 'exact') : data
}

function means(flow: string) {
  // Whoever is sad chooses for themselves, where it is no mere way about: "delete me" may mean anything.
  const isHarmless = harmless.includes(flow)
  return ({ context: { worry }, event: { data } }: Found) =>
    data[0]?.fit === 'whole' && data[0].flow === flow && (!worry || isHarmless)
}

/** The text asks for something that there is one answer for, and nothing else; whoever is sad chooses for themselves. */
function isAnswered({ context: { worry }, event: { data } }: Found): boolean {
  const [first, ...others] = data
  const isAnswer = first?.kind === 'answer' || first?.kind === 'warning'
  return !worry && isAnswer && others.length === 0 && Asked.safeParse(first.input).success
}

function isTalk(talk: Talk['talk']) {
  return (found: Found) => means('search')(found) && Talk.safeParse(inputOf(found)).data?.talk === talk
}

function inputOf({ event: { data } }: Found): unknown {
  return data[0]?.input
}
