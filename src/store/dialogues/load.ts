import type { Loaded } from '../../engine/ports.ts'
import type { Core } from '../core.ts'
import { readPerson } from '../people.ts'
import type { Marks } from './marks.ts'
import { readRows } from './read.ts'
import { readDialogue } from './row.ts'
import { takeStock } from './salvage.ts'

/** Each chat is made from its rows alone, so that one that cannot be read stands in nobody else's way. */
export function loader(core: Core, marks: Marks): (chatId: number) => Promise<Loaded> {
  const read = together((chatIds: readonly number[]) => readRows(core, chatIds))
  return async (chatId) => {
    const [rows, withMarks] = await marks.during(chatId, () => read(chatId))
    const dialogue = rows?.dialogue && readDialogue(rows.dialogue, core.seal)
    const person = rows?.person && readPerson(rows.person, core.seal)
    const loaded = { dialogue: dialogue && withMarks(dialogue.dialogue), person: person?.person }
    const isWhole = (dialogue?.lost.length ?? 0) === 0 && (person?.lost.length ?? 0) === 0
    return isWhole ? loaded : { ...loaded, damage: await takeStock(core, chatId, dialogue, person) }
  }
}

/** Everything asked for in one turn of the event loop is read together. */
function together<T>(readAll: (keys: readonly number[]) => Promise<Map<number, T>>) {
  let next: { keys: Set<number>; result: Promise<Map<number, T>> } | undefined
  const begin = () => {
    const keys = new Set<number>()
    const result = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      next = undefined
      return readAll([...keys])
    })
    return { keys, result }
  }
  return async (key: number): Promise<T | undefined> => {
    next ??= begin()
    next.keys.add(key)
    return (await next.result).get(key)
  }
}
