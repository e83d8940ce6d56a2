import { dayLength } from '../../flows/common/calendar.ts'
import { type Language, languages } from '../../flows/kit/words.ts'
import { createConsentCode } from '../../src/capabilities/consent/codes.ts'
import { nothingOutside } from '../../src/capabilities/outside.ts'
import { createStage, type Stage } from '../support/stage.ts'
import { meeting } from '../support/ways.ts'
import { playAct } from './acts.ts'
import { type Cast, createCast } from './cast.ts'
import { gather } from './groups.ts'
import { close, publish } from './market.ts'
import { madeSources } from './sources.ts'
import type { Step, Story } from './story.ts'
import { dayAndHourOf, momentOf } from './time.ts'

export type Told = { readonly language: Language; readonly text: string }

/**
 * Plays the story in every language, side by side on one stage and by one clock. Throws when a button is not there, a
 * notice does not come or comes unspoken of, or the log complains.
 */
export async function play(story: Story): Promise<readonly Told[]> {
  const outside = { ...nothingOutside, random: () => 0.5, sources: madeSources(story.sources) }
  const stage = await createStage({ outside })
  try {
    const casts = languages.map((language) => createCast(language, story, stage))
    for (const role of story.met) for (const cast of casts) await meet(role, cast)
    await playSteps(story.steps, casts, stage)
    if (stage.complaints.length > 0) throw new Error(`The log complains:\n${stage.complaints.join('')}`)
    return casts.map(({ language, telling }) => ({ language, text: telling.text() }))
  } finally {
    await stage.close()
  }
}

async function meet(role: string, { actor, telling }: Cast): Promise<void> {
  const somebody = actor(role)
  await somebody.starts()
  for (const button of meeting) await somebody.presses(button)
  telling.does(role, undefined, [{ act: 'has been met', toasts: [], messages: [somebody.screen()] }])
}

async function playSteps(steps: readonly Step[], casts: readonly Cast[], stage: Stage): Promise<void> {
  let code = ''
  for (const step of steps) {
    if (step.type !== 'comes') checkTold(casts)
    if (step.type === 'invites') code = await invite(step.kind, casts, stage)
    else await playStep(step, casts, stage, code)
  }
  checkTold(casts)
}

/** Whoever reads the story must hear of everything that comes. */
function checkTold(casts: readonly Cast[]): void {
  const untold = casts.map((cast) => cast.untold()).find((words) => words !== '')
  if (untold !== undefined) throw new Error(`A story must say what comes: ${untold}`)
}

type Invitation = Extract<Step, { type: 'invites' }>

/** Good for every telling. */
async function invite(kind: Invitation['kind'], casts: readonly Cast[], stage: Stage): Promise<string> {
  for (const { telling } of casts) telling.happens(`a code is given out: ${kind}`)
  return createConsentCode(stage.store, { kind, days: 30, uses: casts.length })
}

async function playStep(step: Exclude<Step, Invitation>, casts: readonly Cast[], stage: Stage, code: string) {
  switch (step.type) {
    case 'until':
      return pass(momentOf(step.until, stage.now()), casts, stage)
    case 'days':
      return pass(stage.now() + step.days * dayLength, casts, stage)
    case 'comes':
      return tellComing(step.kind, casts, stage)
    case 'restart':
      await stage.restart()
      for (const { telling } of casts) telling.happens('the bot starts anew')
      return
    case 'gathers':
      return gather(step, casts, stage)
    case 'publishes':
      for (const [name, published] of Object.entries(step.publishes)) {
        for (const { telling } of casts) telling.happens(`a vacancy is published: ${published.title}`)
        await publish(name, published, stage)
      }
      return
    case 'closes':
      for (const { telling } of casts) telling.happens(`a vacancy is closed: ${step.name}`)
      return close(step.name, stage)
    case 'acts':
      for (const [role, act] of Object.entries(step.acts)) await playAct(role, act, casts, code)
  }
}

async function pass(moment: number, casts: readonly Cast[], stage: Stage): Promise<void> {
  const arrivals = await stage.until(moment)
  for (const cast of casts) {
    cast.telling.happens(dayAndHourOf(moment))
    cast.hear(arrivals)
  }
}

/** What has come by now; where nothing of the kind has, some seconds are given it. */
async function tellComing(kind: string, casts: readonly Cast[], stage: Stage): Promise<void> {
  if (!casts.some((cast) => cast.has(kind))) {
    const arrivals = await stage.until(stage.now())
    for (const cast of casts) cast.hear(arrivals)
  }
  for (const cast of casts) {
    if (!cast.has(kind)) throw new Error(`No ${kind} has come in ${cast.language}`)
    cast.tell(kind)
  }
}
