import { badRequest } from './errors.ts'
import { imageSize } from './image-size.ts'
import type { Parameters, Upload } from './parameters.ts'
import type { StoredFile } from './wire.ts'

const megabyte = 1024 * 1024
const largestPhoto = 10 * megabyte
const largestDocument = 50 * megabyte
const largestDownload = 20 * megabyte
/** Sum of width and height, and their ratio, of a picture Telegram takes. */
const largestPhotoSides = 10_000
const largestPhotoRatio = 20

/** Files the bot or the people sent, by id. The oldest bytes are forgotten when `limit` files are held. */
export class Files {
  private readonly byId = new Map<string, StoredFile>()
  private readonly byPath = new Map<string, StoredFile>()
  private readonly limit: number
  private count = 0

  constructor(limit: number) {
    this.limit = limit
  }

  get(id: string): StoredFile | undefined {
    return this.byId.get(id)
  }

  atPath(path: string): StoredFile | undefined {
    return this.byPath.get(path)
  }

  add(kind: 'photo' | 'document' | 'voice' | 'sticker' | 'video' | 'audio', upload: Upload): StoredFile {
    this.count += 1
    const extension = /\.[A-Za-z0-9]{1,8}$/.exec(upload.name)?.[0] ?? ''
    const file: StoredFile = {
      id: `file-${kind}-${this.count}`,
      uniqueId: `unique-${this.count}`,
      kind,
      name: upload.name || kind,
      path: `${kind}s/file_${this.count}${extension}`,
      bytes: upload.bytes,
      mimeType: mimeTypeOf(extension),
      ...(kind === 'photo' ? imageSize(upload.bytes) : {}),
    }
    this.byId.set(file.id, file)
    this.byPath.set(file.path, file)
    if (this.byId.size > this.limit) this.forgetOldest()
    return file
  }

  private forgetOldest(): void {
    const [oldest] = this.byId.values()
    if (!oldest) return
    this.byId.delete(oldest.id)
    this.byPath.delete(oldest.path)
  }
}

/** The picture or document named by field `name`: an upload, `attach://…`, or a known file_id. */
export function readFile(files: Files, kind: 'photo' | 'document', value: unknown, parameters: Parameters): StoredFile {
  const upload = findUpload(kind, value, parameters)
  if (upload) return kind === 'photo' ? addPhoto(files, upload) : addDocument(files, upload)
  if (value === undefined || value === '') throw badRequest(`there is no ${kind} in the request`)
  const known = files.get(String(value))
  if (!known) throw badRequest('wrong file identifier/HTTP URL specified')
  if (known.kind !== kind) throw badRequest(`can't use file of type ${capital(known.kind)} as ${capital(kind)}`)
  return known
}

/** What getFile answers; over 20 MB a bot cannot download. */
export function describeFile(files: Files, id: string) {
  const file = files.get(id)
  if (!file) throw badRequest('wrong file_id or the file is temporarily unavailable')
  if (file.bytes.length > largestDownload) throw badRequest('file is too big')
  return { file_id: file.id, file_unique_id: file.uniqueId, file_size: file.bytes.length, file_path: file.path }
}

function findUpload(field: string, value: unknown, parameters: Parameters): Upload | undefined {
  if (value === undefined) return parameters.uploads.get(field)
  const attached = /^attach:\/\/(.+)$/.exec(String(value))?.[1]
  if (attached === undefined) return undefined
  const upload = parameters.uploads.get(attached)
  if (!upload) throw badRequest(`attached file "${attached}" not found`)
  return upload
}

function addPhoto(files: Files, upload: Upload): StoredFile {
  if (upload.bytes.length === 0) throw badRequest('file must be non-empty')
  if (upload.bytes.length > largestPhoto) throw badRequest('file is too big')
  const size = imageSize(upload.bytes)
  if (!size) throw badRequest('IMAGE_PROCESS_FAILED')
  const ratio = Math.max(size.width, size.height) / Math.max(1, Math.min(size.width, size.height))
  if (size.width < 1 || size.height < 1 || size.width + size.height > largestPhotoSides || ratio > largestPhotoRatio) {
    throw badRequest('PHOTO_INVALID_DIMENSIONS')
  }
  return files.add('photo', upload)
}

function addDocument(files: Files, upload: Upload): StoredFile {
  if (upload.bytes.length === 0) throw badRequest('file must be non-empty')
  if (upload.bytes.length > largestDocument) throw badRequest('file is too big')
  return files.add('document', upload)
}

const mimeTypes: Record<string, string> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.pdf': 'application/pdf',
  '.txt': 'text/plain',
  '.csv': 'text/csv',
  '.json': 'application/json',
  '.ics': 'text/calendar',
  '.ogg': 'audio/ogg',
  '.webp': 'image/webp',
}

function mimeTypeOf(extension: string): string {
  return mimeTypes[extension.toLowerCase()] ?? 'application/octet-stream'
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
