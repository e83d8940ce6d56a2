import { type Message, quoted } from '../kit/words.ts'

/** One of the interest survey's scales, which professions are described by. Quoted, since its name has commas of its own. */
export function scaleName(scale: string): Message {
  return quoted({ key: `riasec:scales.${scale}.name` })
}
