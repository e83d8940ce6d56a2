import { dayLength } from '../common/calendar.ts'

/** After so long without an answer the mentor is reminded, and after so long the coordinators hear of it, ms. */
export const remindsAfter = dayLength
export const tellsAfter = 3 * dayLength
/** After so long without a word, or without an answer though the coordinators know of it, it is closed, ms. */
export const closesAfter = 30 * dayLength
/** Days after which a closed question is gone. */
export const keptClosed = 365
