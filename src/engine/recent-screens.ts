import type { Screen } from '../../flows/kit/screen.ts'
import { createBounded } from '../base/bounded.ts'

/** Screens kept at most; older ones are made again when they are needed. */
const kept = 500

/** The newest screen of each chat, so that a press on it need not have it made once more. */
export type RecentScreens = {
  /** The chat's screen of that revision, if it is still known: made from the same row, it is the same. */
  find(chatId: number, revision: number): Screen | undefined
  keep(chatId: number, revision: number, screen: Screen): void
}

export function createRecentScreens(): RecentScreens {
  const known = createBounded<number, { readonly revision: number; readonly screen: Screen }>(kept)
  return {
    find(chatId, revision) {
      const last = known.get(chatId)
      return last?.revision === revision ? last.screen : undefined
    },
    keep: (chatId, revision, screen) => known.set(chatId, { revision, screen }),
  }
}
