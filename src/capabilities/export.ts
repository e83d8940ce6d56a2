import { z } from 'zod'
import type { Message, Value } from '../../flows/kit/words.ts'
import type { World } from '../engine/ports.ts'
import type { ExportedRow } from '../store/chats.ts'
import type { Prisma } from '../store/generated/sqlite/client.ts'

/** One line of what is told of a row. */
export type Line =
  | { readonly type: 'text'; readonly text: Message }
  | { readonly type: 'fact'; readonly name: Message; readonly value: Value }
  /** A bar between nothing (0) and all there can be (1). */
  | { readonly type: 'bar'; readonly name: Message; readonly strength: number }

/** A row in the person's own words; the whole of it, as it is kept, is folded away below. */
export type Told = {
  readonly title: Message
  /** Rows come in this order, the smallest first. */
  readonly order: number
  readonly lines: readonly Line[]
  /** Lines that are many, folded away under a title. */
  readonly folded?: { readonly title: Message; readonly lines: readonly Line[] }
}

/** Looked up, where the row alone does not say it. */
export type Telling = Told | undefined | Promise<Told | undefined>

/** What of a table is told on the page that people take with them. */
export type Section = {
  readonly table: string
  readonly title: Message
  /** Undefined for a row that cannot be read, which is listed as it stands. */
  tell(row: ExportedRow, world: World): Telling
}

type SectionParts<Row extends z.ZodType> = {
  readonly title: Message
  /** What of a row is needed for its words. */
  readonly row: Row
  readonly tell: (row: z.output<Row>, world: World) => Telling
}

/** Puts the rows of a table into words. A table without a section is listed by its columns. */
export function section<Row extends z.ZodType>(
  table: Prisma.ModelName,
  { title, row: schema, tell }: SectionParts<Row>,
): Section {
  return {
    table,
    title,
    tell: (row, world) => {
      const read = schema.safeParse(row)
      return read.success ? tell(read.data, world) : undefined
    },
  }
}

/** A time as exported, in epoch ms. */
export const Time = z.iso.datetime().transform((text) => Date.parse(text))

export function line(text: Message): Line {
  return { type: 'text', text }
}

export function fact(name: Message, value: Value): Line {
  return { type: 'fact', name, value }
}

export function bar(name: Message, strength: number): Line {
  return { type: 'bar', name, strength }
}
