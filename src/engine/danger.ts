import type { Incoming } from './ports.ts'

/** Whether what somebody says with an action speaks of despair or danger: a text, a caption, what follows a command. */
export function speaksOfDanger(action: Incoming['action'], isDanger: (text: string) => boolean): boolean {
  const words = wordsIn(action)
  return words !== undefined && isDanger(words)
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
