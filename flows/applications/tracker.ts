import { assign } from 'xstate'
import { tidyLine } from '../common/tidy.ts'
import { effects } from '../kit/effects.ts'
import type { States } from '../kit/states.ts'
import type {
  Act,
  Change,
  ApplicationsContext as Context,
  ApplicationsEvent as Event,
  On,
  Situation,
} from './context.ts'
import { type Application, deleteApplication, findApplication, longest, type State } from './contract.ts'
import { applicationIn, movedBack, moveTo, save } from './keeping.ts'
import { worried } from './listening.ts'
import { telling } from './telling.ts'

const { ask, say, tell } = effects<Context, Event>()

/** In which states a button of a notice still answers what the notice asked. */
const answers: Readonly<Record<Act, readonly State[]>> = {
  invited: ['applied'],
  silent: ['applied'],
  offer: ['applied', 'invited', 'interviewed'],
  waiting: ['invited'],
  missed: ['invited'],
  refused: ['applied', 'invited', 'interviewed'],
}

/** A press of an old notice, or a second one, changes nothing where things have moved on: another interview is ahead, too. */
const isActing = ({ context: { act }, event: { data, turn } }: On<'found.applications.find'>) => {
  if (act === null || data.application === null) return false
  const { state, nextAt } = data.application
  return answers[act].includes(state) && !(state === 'invited' && nextAt !== null && nextAt > turn.at)
}
const acts =
  (...names: readonly Context['act'][]) =>
  (given: On<'found.applications.find'>) =>
    isActing(given) && names.includes(given.context.act)
const isUnreadable = (given: On<'TEXT'>) => problemIn(given) !== null
const wasFound = ({ event }: On<'found.applications.find'>) => event.data.application !== null
const isFull = ({ event }: On<'found.applications.find'>) => !event.data.room
const isNew = ({ context }: Situation) => context.application === null

/** One application: recorded, named by hand, looked at, moved on, deleted. */
export const trackerStates: States<Context, Event> = {
  /** A vacancy of ours was applied for; what is kept of it already is shown. */
  recording: {
    entry: ask(findApplication, ({ context }) => ({ id: null, vacancyId: vacancyIn(context).id })),
    on: {
      'found.applications.find': [
        { guard: wasFound, target: 'reading', actions: [assign(found), say('already')] },
        { guard: isFull, target: 'listing', actions: say('full') },
        { target: 'reading', actions: [assign(fromVacancy), save, say('saved')] },
      ],
    },
  },
  loading: {
    entry: ask(findApplication, ({ context }) => ({ id: context.wanted, vacancyId: null })),
    on: {
      'found.applications.find': [
        {
          guard: ({ event }) => event.data.application === null,
          target: 'listing',
          actions: [assign({ begin: 'list' }), say('gone')],
        },
        { guard: acts('invited'), target: 'timing', actions: [assign(found), assign({ problem: null, day: null })] },
        { guard: acts('offer'), target: 'reading', actions: [assign(found), assign(moveTo('offer')), save] },
        { guard: acts('refused'), target: 'reading', actions: [assign(found), assign(moveTo('refused')), save] },
        { guard: acts('waiting'), target: 'reading', actions: [assign(found), assign(moveTo('interviewed')), save] },
        { target: 'reading', actions: assign(found) },
      ],
    },
  },
  naming: {
    on: {
      TEXT: [
        worried,
        { guard: isUnreadable, actions: assign({ problem: (given) => problemIn(given) }) },
        { target: 'employing', actions: assign({ title: ({ event }) => tidyLine(event.text), problem: null }) },
      ],
      BACK: { target: 'listing', actions: assign({ problem: null, title: null }) },
    },
  },
  employing: {
    on: {
      TEXT: [
        worried,
        { guard: isUnreadable, actions: assign({ problem: (given) => problemIn(given) }) },
        { target: 'reading', actions: [assign(fromWords), save, say('saved')] },
      ],
      SKIP: { target: 'reading', actions: [assign(fromWords), save, say('saved')] },
      BACK: { target: 'naming', actions: assign({ problem: null }) },
    },
  },
  /** Asks for nothing on entry: what this very turn tells is not in the store yet. */
  reading: {
    on: {
      MOVE: [
        {
          guard: ({ event }) => event.to === 'invited',
          target: 'timing',
          actions: assign({ problem: null, day: null, act: null, now: ({ event }) => event.turn.at }),
        },
        { actions: [assign(({ context, event }) => moveTo(event.to)({ context })), save] },
      ],
      ...telling,
      TIME: {
        target: 'timing',
        actions: assign({ problem: null, day: null, now: ({ event }) => event.turn.at }),
      },
      FIRST_DAY: {
        target: 'timing',
        actions: assign({ problem: null, day: null, now: ({ event }) => event.turn.at }),
      },
      GO: [
        { guard: ({ event }) => event.place === 'documents', target: 'documents' },
        { guard: ({ event }) => event.place === 'rehearsal', target: 'rehearsal' },
        { target: 'firstDay', actions: assign({ card: 0 }) },
      ],
      UNDO: { actions: [assign(movedBack), save, say('asBefore')] },
      PLACE: { target: 'placing', actions: assign({ problem: null }) },
      DELETE: {
        target: 'deleted',
        actions: tell(deleteApplication, ({ context }) => ({ id: applicationIn(context).id })),
      },
      BACK: { target: 'listing', actions: assign(toList) },
      TO_LIST: { target: 'listing', actions: assign(toList) },
    },
  },
  deleted: {
    on: {
      UNDO: { target: 'reading', actions: [save, say('restored')] },
      BACK: { target: 'listing', actions: assign(toList) },
    },
  },
  placing: {
    on: {
      TEXT: [
        worried,
        { guard: isUnreadable, actions: assign({ problem: (given) => problemIn(given) }) },
        { target: 'reading', actions: [assign(placed), save, say('kept')] },
      ],
      SKIP: { target: 'reading', actions: assign({ problem: null }) },
      BACK: [
        { guard: isNew, target: 'listing' },
        { target: 'reading', actions: assign({ problem: null }) },
      ],
    },
  },
}

function vacancyIn({ vacancy }: Context) {
  if (vacancy === null) throw new Error('No vacancy was given')
  return vacancy
}

function found({ event: { data, turn } }: On<'found.applications.find'>): Change {
  return { ...data, now: turn.at }
}

function toList(): Change {
  return { begin: 'list', application: null, act: null, problem: null }
}

function fromVacancy({ context, event: { turn } }: On<'found.applications.find'>): Change {
  const { id, title, employer } = vacancyIn(context)
  return { application: applied(turn, { vacancyId: id, title, employer }) }
}

function fromWords({ context, event }: On<'TEXT' | 'SKIP'>): Change {
  const employer = event.type === 'TEXT' ? tidyLine(event.text) : null
  return {
    application: applied(event.turn, { vacancyId: null, title: context.title ?? '', employer }),
    title: null,
    problem: null,
    now: event.turn.at,
  }
}

function applied(
  { at, id }: Event['turn'],
  { vacancyId, title, employer }: Pick<Application, 'vacancyId' | 'title' | 'employer'>,
): Application {
  return {
    id,
    vacancyId,
    // A vacancy may be called by signs alone.
    title: cut(title, longest.title) || '…',
    employer: employer === null || tidyLine(employer) === '' ? null : cut(employer, longest.employer),
    place: null,
    state: 'applied',
    appliedAt: at,
    nextAt: null,
    before: null,
  }
}

function placed({ context, event }: On<'TEXT'>): Change {
  return { application: { ...applicationIn(context), place: tidyLine(event.text) }, problem: null }
}

/** What is wrong with a written name or place. All of them may be as long as a name of a job. */
function problemIn({ event: { text } }: On<'TEXT'>): 'empty' | 'tooLong' | null {
  if (text.length > 4 * longest.title) return 'tooLong'
  const line = tidyLine(text)
  if (line === '') return 'empty'
  return line.length > longest.title ? 'tooLong' : null
}

/** The beginning, whole signs only. */
function cut(text: string, most: number): string {
  const line = tidyLine(text)
  return line.length <= most
    ? line
    : `${line
        .slice(0, most - 1)
        .replace(/\p{Cs}$/u, '')
        .trimEnd()}…`
}
