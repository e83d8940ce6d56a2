import type { Incoming } from './ports.ts'

/** Whether what somebody says with an action is such: a text, a caption, what follows a command. */
export function speaksOf(action: Incoming['action'], isSuch: (text: string) => boolean): boolean {
  const words = wordsIn(action)
  return words !== undefined && isSuch(words)
}

function wordsIn(action: Incoming['action']): string | undefined {
  switch (action.type) {
    case 'text':
    case 'other':
      return action.text
    case 'command':
      return action.argument
    case 'content':
      return 'caption' in action.event ? (action.event.caption ?? undefined) : undefined
    case 'press':
    case 'open':
    case 'show':
      return undefined
  }
}
