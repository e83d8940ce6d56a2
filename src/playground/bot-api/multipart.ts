import { badRequest } from './errors.ts'
import { Parameters, type Upload } from './parameters.ts'
import type { WireObject } from './wire.ts'

/**
 * Reads a multipart/form-data body. Ours rather than the platform's, because grammY writes file names without quotes,
 * which Telegram accepts and strict form readers refuse.
 */
export function readMultipart(body: Buffer, contentType: string): Parameters {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1]
  if (!boundary) throw badRequest('multipart boundary is missing')
  const fields: WireObject = {}
  const uploads = new Map<string, Upload>()
  for (const part of partsOf(body, boundary)) readPart(part, fields, uploads)
  return new Parameters(fields, uploads)
}

function partsOf(body: Buffer, boundary: string): Buffer[] {
  const marker = Buffer.from(`--${boundary}`)
  const parts: Buffer[] = []
  let start = body.indexOf(marker)
  while (start >= 0) {
    const next = body.indexOf(marker, start + marker.length)
    if (next < 0) break
    parts.push(body.subarray(start + marker.length + 2, next - 2))
    start = next
  }
  return parts
}

/** In bytes; a head names a field and a file. */
const longestHead = 4096

function readPart(part: Buffer, fields: WireObject, uploads: Map<string, Upload>): void {
  const end = part.indexOf('\r\n\r\n')
  if (end > longestHead) throw badRequest('multipart part has too long a head')
  const head = end < 0 ? '' : part.subarray(0, end).toString('utf8')
  const name = /[;\s]name="([^"]*)"/i.exec(head)?.[1]
  if (name === undefined) throw badRequest('multipart part has no name')
  const content = part.subarray(end + 4)
  const fileName = /filename="?([^"\r\n]*?)"?\s*(?:[;\r\n]|$)/i.exec(head)?.[1]
  if (fileName === undefined) fields[name] = content.toString('utf8')
  else uploads.set(name, { name: fileName, bytes: new Uint8Array(content) })
}
