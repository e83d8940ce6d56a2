import { languages } from '../../../flows/kit/words.ts'
import { defineCapability } from '../capability.ts'
import { readDangerCheck } from './danger.ts'

/** Words of despair and danger. */
export const help = defineCapability({
  name: 'help',
  check: async (read) => {
    await read(readDangerCheck)
    return `rules of danger: ${languages.length}`
  },
})
