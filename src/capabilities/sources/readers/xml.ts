import { Parser } from 'htmlparser2'

/** An element of a feed: its attributes, and the texts of what stands within by their path ("company/name"). */
export type FeedItem = {
  readonly attributes: Readonly<Record<string, string>>
  readonly texts: ReadonlyMap<string, readonly string[]>
}

export type FeedReader = {
  /** Reads a piece; what was completed by it comes back. */
  write(piece: string): FeedItem[]
  /** Whether the feed came to its end, every element closed. */
  isWhole(): boolean
  /** Why no more of it is read. */
  fault(): string | undefined
}

const deepest = 30
const mostTexts = 300
const longestText = 100_000

/**
 * Reads a feed while it comes: never more than one item is held. Entities that a feed declares itself are not read, so
 * that none can grow.
 */
export function createFeedReader(itemName: string): FeedReader {
  const path: string[] = []
  let done: FeedItem[] = []
  let item:
    | { attributes: Record<string, string>; texts: Map<string, string[]>; depth: number; count: number }
    | undefined
  let text: string[] = []
  let length = 0
  let hadRoot = false
  let fault: string | undefined
  const forget = () => {
    text = []
    length = 0
  }
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        hadRoot = true
        path.push(name)
        forget()
        if (path.length > deepest) fault = `elements stand more than ${deepest} deep in each other`
        else if (item === undefined && name === itemName)
          item = { attributes, texts: new Map(), depth: path.length, count: 0 }
      },
      ontext(piece) {
        if (item === undefined || length > longestText) return
        length += piece.length
        text.push(piece)
      },
      onclosetag(_name, isImplied) {
        if (isImplied) return
        const depth = path.length
        if (item !== undefined && depth === item.depth) {
          done.push(item)
          item = undefined
        } else if (item !== undefined && item.count++ < mostTexts) {
          const place = path.slice(item.depth).join('/')
          const whole = text.join('').slice(0, longestText).trim()
          if (whole !== '') item.texts.set(place, [...(item.texts.get(place) ?? []), whole])
        }
        path.pop()
        forget()
      },
    },
    { xmlMode: true, decodeEntities: true },
  )
  return {
    write(piece) {
      if (fault === undefined) parser.write(piece)
      const items = done
      done = []
      return items
    },
    isWhole: () => hadRoot && path.length === 0,
    fault: () => fault,
  }
}
