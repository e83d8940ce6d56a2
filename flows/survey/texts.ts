import { zone } from '../common/regions.ts'
import { type ButtonStyle, button } from '../kit/screen.ts'
import { type Message, type Moment, quoted, type Value } from '../kit/words.ts'
import { type Form, hasMore, type Instrument } from './instrument.ts'

/** Words of an instrument, by its own namespace. */
export function scaleText(instrument: Instrument, scale: string, part: 'name' | `next.${string}`): Message {
  return { key: `${instrument.id}:scales.${scale}.${part}` }
}

export function itemText(instrument: Instrument, item: string): Message {
  return { key: `${instrument.id}:items.${item}` }
}

/** How an answer is shown in little room. */
export function answerText(instrument: Instrument, item: string, answer: number | undefined): Value {
  if (answer === undefined) return '–'
  return instrument.scoring === 'rating' ? rateText(instrument, answer) : quoted(optionText(instrument, item, answer))
}

/** What an answer says, in words. */
export function meaningText(instrument: Instrument, item: string, answer: number): Message {
  if (instrument.scoring === 'choice') return optionText(instrument, item, answer)
  return { key: `${instrument.id}:meaning.${answer}` }
}

/** The sign on a button of a rating. */
export function rateText({ id }: Instrument, value: number): Message {
  return { key: `${id}:rate.${value}` }
}

/** What somebody has said they like: the activity itself, or the option they have chosen. */
export function likedText(instrument: Instrument, item: string, answer: number | undefined): Message {
  if (instrument.scoring === 'rating' || answer === undefined) return itemText(instrument, item)
  return optionText(instrument, item, answer)
}

export function optionText(instrument: Instrument, item: string, answer: number): Message {
  return { key: `${instrument.id}:options.${item}.${answer}` }
}

/** The way to the questions that are left after the quick ones, if there are any. */
export function moreButton(instrument: Instrument, form: Form, style?: ButtonStyle) {
  if (!hasMore(instrument, form)) return []
  const number = instrument.forms.rest.length
  return [button({ key: 'survey:result.exact', values: { number } }, { type: 'EXACT' as const }, style)]
}

export function dateOf(moment: number): Moment {
  return { moment, zone, style: 'date' }
}
