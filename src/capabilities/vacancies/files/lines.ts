import { isUtf8 } from 'node:buffer'
import type { FileHandle } from 'node:fs/promises'

/** How the bytes of a file stand for its signs, and which byte ends a line. */
export type Writing = { readonly utf16: 'utf-16le' | 'utf-16be' | undefined; readonly lineEnd: number }

const [newLine, carriageReturn] = [10, 13]

/** What the beginning of a file shows: Excel writes UTF-16 with a mark; what has no line feed ends its lines as old Macs do. */
export function writingOf(begin: Buffer): Writing {
  const utf16 = utf16Of(begin)
  const isOld = !/\n/.test(decode(begin, { utf16 })) && begin.includes(carriageReturn)
  return { utf16, lineEnd: isOld ? carriageReturn : newLine }
}

function utf16Of(begin: Buffer): Writing['utf16'] {
  if (begin[0] === 0xff && begin[1] === 0xfe) return 'utf-16le'
  return begin[0] === 0xfe && begin[1] === 0xff ? 'utf-16be' : undefined
}

/** A whole text, or its beginning. */
export function decode(bytes: Buffer, { utf16 }: Pick<Writing, 'utf16'>): string {
  return utf16 === undefined ? decodeLine(bytes) : new TextDecoder(utf16).decode(bytes)
}

/** Excel writes Windows-1251 without a mark: it is that where UTF-8 would be more broken than not. */
function decodeLine(bytes: Buffer): string {
  const text = bytes.toString('utf8')
  if (isUtf8(bytes)) return text
  const broken = text.split('\uFFFD').length - 1
  const good = text.replace(/[\p{ASCII}\uFFFD]/gu, '').length
  return broken > good ? new TextDecoder('windows-1251').decode(bytes) : text
}

/** Longest line, in bytes: of a longer one only the beginning is given. */
export const longestLine = 4_000_000

/** The lines of a file while it comes, each decoded for itself; `onCut` hears the number of each that was too long. */
export async function* linesOf(
  file: FileHandle,
  { utf16, lineEnd }: Writing,
  onCut: (line: number) => void,
): AsyncGenerator<string> {
  const line = createLine()
  let number = 1
  const ended = () => {
    if (line.isCut()) onCut(number)
    number++
    return line.take().replace(/\r$/, '')
  }
  for await (const chunk of bytesOf(file, utf16)) {
    let from = 0
    for (let end = chunk.indexOf(lineEnd); end >= 0; end = chunk.indexOf(lineEnd, from)) {
      line.add(chunk.subarray(from, end))
      yield ended()
      from = end + 1
    }
    line.add(chunk.subarray(from))
  }
  yield ended()
}

function createLine() {
  let parts: Buffer[] = []
  let length = 0
  return {
    add(part: Buffer) {
      if (length < longestLine) parts.push(part.subarray(0, longestLine - length))
      length += part.length
    },
    isCut: () => length > longestLine,
    take() {
      const text = decodeLine(Buffer.concat(parts))
      parts = []
      length = 0
      return text
    },
  }
}

/** In UTF-8, or as Windows-1251 where it stands so in the file. */
async function* bytesOf(file: FileHandle, utf16: Writing['utf16']): AsyncGenerator<Buffer> {
  const chunks: AsyncIterable<Buffer> = file.createReadStream({ start: 0, autoClose: false })
  if (utf16 === undefined) return yield* chunks
  const decoder = new TextDecoder(utf16)
  for await (const chunk of chunks) yield Buffer.from(decoder.decode(chunk, { stream: true }))
  yield Buffer.from(decoder.decode())
}
