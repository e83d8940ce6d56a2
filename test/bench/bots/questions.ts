import { items } from '../instrument.ts'

/** The screens of the peers: as many letters and buttons as ours, put together with no look-up at all. */
export type Plain = { readonly text: string; readonly keyboard: Button[][] }
type Button = { text: string; callback_data: string }

/** Place 0 is the greeting, 1 to 60 the questions, 61 the check at the end, 62 the result. */
export function screenAt(place: number): Plain {
  if (place === 0) return { text: '<b>Не қызық?</b>\n\nӘр істі жасағыңыз келе ме, соны сұраймыз.', keyboard: begin }
  if (place <= items) return { text: question(place), keyboard: answers }
  if (place === items + 1) return { text: '<b>Жауаптарға қайта қараймыз ба?</b>\n\nТым тез өттіңіз.', keyboard: check }
  return { text: '<b>Нәтиже</b>\n\nБұл жолы бәрі бірдей шықты.', keyboard: begin }
}

export const lastPlace = items + 2

function question(place: number): string {
  const bar = '▰'.repeat(Math.round(place / 6)).padEnd(10, '▱')
  return `${bar} ${place}/${items}\n\n<b>Бөлшектерді жібермес бұрын сапасын тексеру</b>\n\n😣 мүлде ұнамайды · 🤩 қатты ұнайды`
}

const button = (text: string, data: string): Button => ({ text, callback_data: data })
const begin = [[button('Бастау', 'begin')]]
const check = [[button('Қайта қарау', 'look')], [button('Осылай қалсын', 'keep')]]
const answers = [
  ['😣', '🙁', '😐', '🙂', '🤩'].map((face, at) => button(face, `rate.${at + 1}`)),
  [button('⬅️ Артқа', 'back'), button('Үзіліс', 'pause')],
]
