import { describe, expect, test } from 'vitest'
import type { Dialogue, LivingMessage, Shown } from '../../../src/engine/ports.ts'
import { createMarks } from '../../../src/store/dialogues/marks.ts'
import { dialogue } from '../../support/turns.ts'

const text = (id: number): LivingMessage => ({ id, kind: 'text' })
const row = (shown: number, id: number): Dialogue => ({ ...dialogue(7, 5), shown, message: text(id) })

function gate() {
  let open = () => {}
  const passed = new Promise<void>((resolve) => (open = resolve))
  return { open, passed }
}

describe('a row that is read while a mark comes', () => {
  test.each(['before the reading', 'during it'])('tells of a mark made %s and written meanwhile', async (when) => {
    const [reading, writing] = [gate(), gate()]
    const marks = createMarks(async () => void (await writing.passed), 1_000)
    const mark: Shown = { chatId: 7, revision: 5, message: text(9) }
    const early = when === 'before the reading' ? marks.mark(mark) : undefined
    const read = marks.during(7, async () => {
      const old = row(4, 8) // as it was when the statement began
      await reading.passed
      return old
    })
    const marking = early ?? marks.mark(mark)
    writing.open()
    await marking
    reading.open()
    const [stored, applyTo] = await read
    expect(applyTo(stored)).toMatchObject({ shown: 5, message: text(9) })
  })

  test('keeps to the row where that is later, or begins anew', async () => {
    const marks = createMarks(async () => undefined, 1_000)
    await marks.mark({ chatId: 7, revision: 4 })
    const [, applyTo] = await marks.during(7, async () => {})
    expect(applyTo(row(5, 9))).toEqual(row(5, 9))
    const anew = dialogue(7, 1)
    expect(applyTo(anew)).toEqual(anew)
  })

  test('knows the later of two messages that show the same revision', async () => {
    const marks = createMarks(async () => new Promise(() => {}), 1_000)
    void marks.mark({ chatId: 7, revision: 5, message: text(9) })
    const [, applyTo] = await marks.during(7, async () => {})
    expect(applyTo(row(5, 8))).toMatchObject({ message: text(9) })
    expect(applyTo(row(5, 10))).toMatchObject({ message: text(10) })
    marks.written(row(5, 8)) // a turn that did not know of the mark yet takes nothing away from it
    expect((await marks.during(7, async () => {}))[1](row(5, 8))).toMatchObject({ message: text(9) })
  })
})
