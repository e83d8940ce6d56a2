import type { Instrument, InstrumentModel } from '../../../flows/survey/instrument.ts'
import { chooseItems } from './choose.ts'
import { type Guess, guess } from './figures.ts'
import { buildInstrument, fitStrongest, inRounds, middleAnswer, round } from './fit.ts'
import { differenceVariances, drawHalves, except, fitSlope, type Halves, theoreticalSlope } from './halves.ts'
import { exactJudge, quickJudge } from './judge.ts'
import { fitLead, noLead } from './lead.ts'
import { itemNames, itemsPerScale, type Person, seeded, shuffled } from './sample.ts'

/** Everything random in the derivation starts here. */
export const firstSeed = 20_240
/** Share of people for choosing and fitting; the rest calibrates and measures. */
export const fittedShare = 0.6
const quickPerScale = 3
const starts = 8
const splits = 10

/** What was derived: the quick items, measurements of people who had no part in choosing and fitting, and the fit on everybody. */
export type Derivation = {
  readonly items: readonly number[]
  readonly people: { readonly all: number; readonly fitted: number; readonly measured: number }
  readonly quick: readonly Guess[]
  /** The same people by their own means alone. */
  readonly plain: readonly Guess[]
  /** Four items a scale against the four others, likewise. */
  readonly halves: readonly Guess[]
  readonly slopes: Slopes
  readonly model: InstrumentModel
  /** Shares of people with nothing differentiated. */
  readonly flat: { readonly quick: number; readonly full: number }
}

/**
 * Chooses items and fits on a part of the people; calibrates and measures on the others; then fits the figures to ship
 * on everybody. Calibrated on the very people who chose, the figures would state more than is true for anybody else.
 */
export function derive(sample: readonly Person[]): Derivation {
  const people = shuffled(sample, seeded(firstSeed))
  const cut = Math.round(people.length * fittedShare)
  const [fitted, measured] = [people.slice(0, cut), people.slice(cut)]
  const judges = { quickly: quickJudge(fitted), exactly: exactJudge(fitted) }
  const items = chooseItems(judges, quickPerScale, starts, firstSeed)
  const halves = drawHalves(itemsPerScale / 2, splits, firstSeed)
  const trial = fitFigures(fitted, items, halves)
  const shipped = fitFigures(people, items, halves)
  const byQuick = (group: readonly Person[], lead: Lead) => guessQuick(group, items, withLead(trial.model, lead))
  const byHalves = (group: readonly Person[], lead: Lead) =>
    guessHalves(group, items, withLead(atSlope(trial.model, trial.slopes.four), lead), halves)
  return {
    items,
    people: { all: people.length, fitted: fitted.length, measured: measured.length },
    quick: crosswise(measured, byQuick),
    plain: guess(measured, withoutModel(buildInstrument(items, trial.model)), 'quick', items, new Set(items)),
    halves: crosswise(measured, byHalves),
    slopes: trial.slopes,
    model: {
      ...shipped.model,
      quick: { ...shipped.model.quick, lead: fitLead(byQuick(measured, noLead)) },
      full: { ...shipped.model.full, lead: fitLead(byHalves(measured, noLead)) },
    },
    flat: {
      quick: shareOfFlat(guessQuick(measured, items, shipped.model)),
      full: shareOfFlat(guess(measured, buildInstrument(items, shipped.model), 'full', everything, new Set())),
    },
  }
}

type Lead = InstrumentModel['full']['lead']
type Fitted = { readonly model: InstrumentModel; readonly slopes: Slopes }
type Slopes = {
  readonly two: number
  readonly four: number
  readonly full: number
  readonly theory: { readonly two: number; readonly four: number; readonly full: number }
}

const everything = [...itemNames.keys()]

function fitFigures(people: readonly Person[], items: readonly number[], halves: readonly Halves[]): Fitted {
  const slopes = slopesOf(people, halves)
  const quick = { strongest: fitStrongest(people, items), lead: noLead }
  return { slopes, model: { centre: middleAnswer, quick, full: { slope: round(slopes.full), lead: noLead } } }
}

/** What each half of the people is told when the other half has calibrated it. */
function crosswise(people: readonly Person[], guesses: (group: readonly Person[], lead: Lead) => Guess[]): Guess[] {
  const middle = Math.round(people.length / 2)
  const [one, other] = [people.slice(0, middle), people.slice(middle)]
  return [...guesses(one, fitLead(guesses(other, noLead))), ...guesses(other, fitLead(guesses(one, noLead)))]
}

function withLead({ quick, full, ...model }: InstrumentModel, lead: Lead): InstrumentModel {
  return { ...model, quick: { ...quick, lead }, full: { ...full, lead } }
}

function atSlope(model: InstrumentModel, slope: number): InstrumentModel {
  return { ...model, full: { ...model.full, slope } }
}

function guessQuick(people: readonly Person[], items: readonly number[], model: InstrumentModel): Guess[] {
  return guess(people, buildInstrument(items, model), 'quick', items, new Set(items))
}

/** The slope for 8 items against 8 others cannot be observed; it is carried on from 2 and 4 the way theory bends. */
function slopesOf(people: readonly Person[], halves: readonly Halves[]): Slopes {
  const variances = differenceVariances(people, halves)
  const theory = {
    two: theoreticalSlope(variances, itemsPerScale / 4),
    four: theoreticalSlope(variances, itemsPerScale / 2),
    full: theoreticalSlope(variances, itemsPerScale),
  }
  const two = fitSlope(people, drawHalves(itemsPerScale / 4, splits, firstSeed + 1))
  const four = fitSlope(people, halves)
  const full = (four * (four / two) * (theory.full / theory.four)) / (theory.four / theory.two)
  return { two, four, full, theory }
}

function guessHalves(
  people: readonly Person[],
  items: readonly number[],
  model: InstrumentModel,
  halves: readonly Halves[],
): Guess[] {
  const whole = buildInstrument(items, model)
  return halves.flatMap(({ seen, hidden }, turn) => {
    const part = people.filter((_, index) => index % halves.length === turn)
    return guess(part, onlyItems(whole, seen), 'full', seen, except(hidden))
  })
}

function withoutModel(instrument: Instrument): Instrument {
  return instrument.scoring === 'rating' ? { ...instrument, model: undefined } : instrument
}

/** The same instrument with some items taken out of its full form. */
function onlyItems(instrument: Instrument, seen: readonly number[]): Instrument {
  const kept = new Set(seen.flatMap((item) => itemNames[item] ?? []))
  const forms = { quick: instrument.forms.quick.filter((id) => kept.has(id)), rest: [] as string[] }
  forms.rest = instrument.forms.rest.filter((id) => kept.has(id))
  return { ...instrument, forms }
}

function shareOfFlat(guesses: readonly Guess[]): number {
  return guesses.filter(({ differentiated }) => !differentiated).length / guesses.length
}

/** Quick items in the order of asking, and all of them. */
export function orders(items: readonly number[]): { quick: number[]; full: number[] } {
  const quick = inRounds(items)
  return { quick, full: [...quick, ...inRounds([...itemNames.keys()].filter((item) => !items.includes(item)))] }
}
