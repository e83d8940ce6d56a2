import { hash } from 'node:crypto'

/** How somebody in a group is named to those who lead it: nobody reads a chat from it, and it stands for one group only. */
export function refOf(groupId: string, chatId: number): string {
  return hash('sha256', `${groupId} ${chatId}`, 'hex').slice(0, 16)
}
