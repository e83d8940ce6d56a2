import type { Instrument, InstrumentModel } from '../../../flows/survey/instrument.ts'
import { chooseItems } from './choose.ts'
import { type Guess, guess, nameableSpread, spreadOf } from './figures.ts'
import { buildInstrument, fitQuick, inRounds, round } from './fit.ts'
import { differenceVariances, drawHalves, except, fitSlope, type Halves, theoreticalSlope } from './halves.ts'
import { fitLead } from './lead.ts'
import { itemNames, itemsPerScale, type Person, scaleNames, seeded, shuffled } from './sample.ts'

/** Everything random in the derivation starts here. */
export const firstSeed = 20_240
/** Share of people for choosing and fitting; the rest only measures. */
export const fittedShare = 0.6
const quickPerScale = 3
const starts = 4
const splits = 10
const noLead = { shift: 0, slope: 1 }

/** What was derived: the quick items, the fit on the fitting part, measurements of the rest, and the fit on everybody. */
export type Derivation = {
  readonly items: readonly number[]
  readonly people: { readonly all: number; readonly fitted: number; readonly measured: number }
  /** Stated by the fitting part's model for people it never saw. */
  readonly quick: readonly Guess[]
  /** Four items a scale against the four others, likewise. */
  readonly halves: readonly Guess[]
  readonly slopes: {
    readonly two: number
    readonly four: number
    readonly full: number
    readonly theory: { readonly two: number; readonly four: number; readonly full: number }
  }
  readonly model: InstrumentModel
  readonly flat: { readonly quick: number; readonly full: number }
}

/** Chooses items and fits on a part of the people, measures on the others, then fits the figures to ship on everybody. */
export function derive(sample: readonly Person[]): Derivation {
  const people = shuffled(sample, seeded(firstSeed))
  const cut = Math.round(people.length * fittedShare)
  const [fitted, measured] = [people.slice(0, cut), people.slice(cut)]
  const { items } = chooseItems(fitted, quickPerScale, starts, firstSeed)
  const halves = drawHalves(itemsPerScale / 2, splits, firstSeed)
  const trial = fitModel(fitted, items, halves)
  const shipped = fitModel(people, items, halves)
  return {
    items,
    people: { all: people.length, fitted: fitted.length, measured: measured.length },
    quick: guess(measured, buildInstrument(items, trial.model), 'quick', items, new Set(items)),
    halves: guessHalves(measured, items, { ...trial.model.full, slope: trial.slopes.four }, trial.model, halves),
    slopes: trial.slopes,
    model: shipped.model,
    flat: flatShares(measured, items, shipped.model),
  }
}

type Fitted = { readonly model: InstrumentModel; readonly slopes: Derivation['slopes'] }

function fitModel(people: readonly Person[], items: readonly number[], halves: readonly Halves[]): Fitted {
  const quick = { ...fitQuick(people, items), lead: noLead, spread: 0 }
  const slopes = slopesOf(people, halves)
  const raw = { centre: 3, quick, full: { slope: slopes.four, lead: noLead, spread: 0 } }
  const first = guess(people, buildInstrument(items, raw), 'quick', items, new Set(items))
  const spread = nameableSpread(first, commonest(first), 1 / quickPerScale)
  const agreed = guessHalves(people, items, raw.full, raw, halves)
  // The same chance differences are smaller in means of eight answers than of three, by the root of 3/8.
  const fullSpread = round(spread * Math.sqrt(quickPerScale / itemsPerScale))
  return {
    slopes,
    model: {
      centre: 3,
      quick: { ...quick, lead: fitLead(first), spread },
      full: { slope: round(slopes.full), lead: fitLead(agreed), spread: fullSpread },
    },
  }
}

/** The slope for 8 items against 8 others cannot be observed; it is carried on from 2 and 4 the way theory bends. */
function slopesOf(people: readonly Person[], halves: readonly Halves[]): Derivation['slopes'] {
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
  full: InstrumentModel['full'],
  model: InstrumentModel,
  halves: readonly Halves[],
): Guess[] {
  const whole = buildInstrument(items, { ...model, full })
  return halves.flatMap(({ seen, hidden }, turn) => {
    const part = people.filter((_, index) => index % halves.length === turn)
    return guess(part, onlyItems(whole, seen), 'full', seen, except(hidden))
  })
}

/** The same instrument with some items taken out of its full form. */
function onlyItems(instrument: Instrument, seen: readonly number[]): Instrument {
  const kept = new Set(seen.flatMap((item) => itemNames[item] ?? []))
  const forms = { quick: instrument.forms.quick.filter((id) => kept.has(id)), rest: [] as string[] }
  forms.rest = instrument.forms.rest.filter((id) => kept.has(id))
  return { ...instrument, forms }
}

/** The two scales that are most often the strongest. */
export function commonest(guesses: readonly Guess[]): number[] {
  const counts = scaleNames.map((_, scale) => guesses.filter(({ tied }) => tied[scale] === 1).length)
  return [...counts.keys()].sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0)).slice(0, 2)
}

function flatShares(people: readonly Person[], items: readonly number[], model: InstrumentModel): Derivation['flat'] {
  const below = (least: number, seen: readonly number[]) =>
    people.filter((person) => spreadOf(person, seen) < Math.max(least, 1e-6) - 1e-9).length / people.length
  return { quick: below(model.quick.spread, items), full: below(model.full.spread, [...itemNames.keys()]) }
}

/** Quick items in the order of asking, and all of them. */
export function orders(items: readonly number[]): { quick: number[]; full: number[] } {
  const quick = inRounds(items)
  return { quick, full: [...quick, ...inRounds([...itemNames.keys()].filter((item) => !items.includes(item)))] }
}
