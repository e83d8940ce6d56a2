import { zone } from '../common/regions.ts'
import { type ButtonStyle, button } from '../kit/screen.ts'
import type { Message, Moment, Value } from '../kit/words.ts'
import type { Form, Instrument } from './instrument.ts'

/** Words of an instrument, by its own namespace. */
export function scaleText(instrument: Instrument, scale: string, part: 'name' | 'short' | `next.${string}`): Message {
  return { key: `${instrument.id}:scales.${scale}.${part}` }
}

export function itemText(instrument: Instrument, item: string): Message {
  return { key: `${instrument.id}:items.${item}` }
}

export function answerText(instrument: Instrument, item: string, answer: number | undefined): Value {
  if (answer === undefined) return '–'
  return instrument.scoring === 'rating' ? { key: `survey:rate.${answer}` } : optionText(instrument, item, answer)
}

/** What somebody has said they like: the activity itself, or the option they have chosen. */
export function likedText(instrument: Instrument, item: string, answer: number | undefined): Message {
  if (instrument.scoring === 'rating' || answer === undefined) return itemText(instrument, item)
  return optionText(instrument, item, answer)
}

function optionText(instrument: Instrument, item: string, answer: number): Message {
  return { key: `${instrument.id}:options.${item}.${answer}` }
}

/** The way to the questions that are left after the quick ones, if there are any. */
export function moreButton({ forms: { rest } }: Instrument, form: Form, style?: ButtonStyle) {
  if (form === 'full' || rest.length === 0) return []
  return [button({ key: 'survey:result.exact', values: { number: rest.length } }, { type: 'EXACT' as const }, style)]
}

export function dateOf(moment: number): Moment {
  return { moment, zone, style: 'date' }
}
