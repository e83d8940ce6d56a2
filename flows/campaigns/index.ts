import { setup } from 'xstate'
import { z } from 'zod'
import { type AgeChosen, ageButtons } from '../common/choices.ts'
import { personChange } from '../common/contract.ts'
import { kept } from '../common/kept.ts'
import { consentVersion, isOwn, needsGuardian, type PersonChange } from '../common/person.ts'
import { home, inRows } from '../kit/buttons.ts'
import { type Arguments, type EventOf, effects } from '../kit/effects.ts'
import type { Stamp, Start } from '../kit/events.ts'
import { defineFlow } from '../kit/flow.ts'
import { button, go, screen } from '../kit/screen.ts'
import { age, calendar, consent, paused, repeat } from './notices.ts'

const Context = z.object({
  about: z.enum(['age', 'consent']),
  /** The person is of age, and whether the present consent is their own. */
  isAdult: z.boolean(),
  byOneself: z.boolean(),
})
type Context = z.infer<typeof Context>
type Event = (Stamp & AgeChosen) | (Stamp & { readonly type: 'AGREE' })
type Input = { readonly about: 'age' | 'consent' } | undefined

const { tell, open } = effects<Context, Event>()
type On<Type extends Event['type']> = Arguments<Context, EventOf<Event, Type>>
const ageOf = ({ event }: On<'AGE'>) => ({ ageBand: event.ageBand })
const becomesAdult = ({ context, event }: On<'AGE'>) => event.ageBand === '18+' && !context.byOneself
/** Somebody who agreed as an adult says they are younger: a guardian has to agree. */
const needsConsent = ({ context, event }: On<'AGE'>) =>
  needsGuardian(context.byOneself ? 'self' : undefined, event.ageBand)

const machine = setup({
  types: { context: {} as Context, events: {} as Event, input: {} as Start<Input> },
  guards: {
    lacksConsent: ({ context }) => context.about === 'consent' && context.isAdult && !context.byOneself,
    isDone: ({ context }) => context.about === 'consent' && context.isAdult,
  },
}).createMachine({
  id: 'campaigns',
  // XState makes a context at every step, without input then, and throws it away.
  context: ({ input: start }: { input: Start<Input> | undefined }) => ({
    about: start?.input?.about ?? 'age',
    isAdult: start?.person.ageBand === '18+',
    byOneself: isOwn(start?.person.consent?.by),
  }),
  initial: 'beginning',
  states: {
    beginning: {
      always: [{ guard: 'lacksConsent', target: 'consent' }, { guard: 'isDone', target: 'thanks' }, { target: 'age' }],
    },
    age: {
      on: {
        AGE: [
          { guard: becomesAdult, target: 'consent', actions: tell(personChange, ageOf) },
          // Onboarding warns before everything goes with the consent.
          { guard: needsConsent, actions: open('onboarding', ageOf) },
          { target: 'thanks', actions: tell(personChange, ageOf) },
        ],
      },
    },
    consent: {
      on: {
        AGREE: {
          target: 'thanks',
          actions: tell(
            personChange,
            ({ event: { turn } }): PersonChange => ({
              consent: { version: consentVersion, at: turn.at, by: 'self' },
            }),
          ),
        },
      },
    },
    thanks: {},
  },
})

/** Where the bot's own reminders lead: what is asked again as people grow up. Its notices are the reminders. */
export const campaigns = defineFlow<Context, Event>({
  id: 'campaigns',
  version: 1,
  context: Context,
  machine,
  screens: {
    age: ({ t, person }) =>
      screen([t('age.title'), t('age.why')], ...inRows(ageButtons(person.ageBand), 2), [
        button(t('later'), go.leave),
        home(),
      ]),
    consent: ({ t }) =>
      screen(
        [t('consent.title'), t('consent.what', { kept })],
        [button({ key: 'onboarding:consent.self.agree' }, { type: 'AGREE' }, 'success')],
        [button({ key: 'onboarding:consent.privacy' }, go.open('privacy')), button(t('later'), go.leave)],
      ),
    thanks: ({ t }) => screen(t('thanks'), [home()]),
  },
  notices: [paused, repeat, age, consent, calendar],
  examples: { inputs: [undefined, { about: 'consent' }] },
})
