import type { Message } from 'grammy/types'
import { z } from 'zod'
import type { Content } from '../../flows/kit/events.ts'
import type { OtherContent } from '../engine/ports.ts'

/** What somebody sent instead of words; undefined for what Telegram itself reports (a pin, a new photo, a payment). */
export function contentOf(message: Message): OtherContent | undefined {
  return kindOf(message)?.what
}

/** The event a flow may listen to; undefined for what none can use, and for what lacks something it needs. */
export function readContent(message: Message): Content | undefined {
  return kindOf(message)?.read?.(message)
}

type Kind = {
  readonly field: keyof Message
  readonly what: OtherContent
  readonly read?: (message: Message) => Content | undefined
}

// An animation also carries a document and a venue a location: the more telling field comes first.
const kinds: readonly Kind[] = [
  { field: 'sticker', what: 'sticker' },
  { field: 'dice', what: 'sticker' },
  { field: 'voice', what: 'voice' },
  { field: 'audio', what: 'voice' },
  { field: 'video_note', what: 'voice' },
  { field: 'photo', what: 'picture', read: readPhoto },
  { field: 'animation', what: 'picture' },
  { field: 'video', what: 'picture' },
  { field: 'document', what: 'file', read: readDocument },
  { field: 'venue', what: 'place', read: readLocation },
  { field: 'location', what: 'place', read: readLocation },
  { field: 'contact', what: 'contact', read: readContact },
  { field: 'poll', what: 'other' },
  { field: 'story', what: 'other' },
  { field: 'game', what: 'other' },
  { field: 'paid_media', what: 'other' },
  { field: 'checklist', what: 'other' },
]

function kindOf(message: Message): Kind | undefined {
  return kinds.find(({ field }) => message[field] !== undefined)
}

/** Longer than any id of Telegram's. */
const Id = z.string().min(1).max(512)
const File = z.object({ file_id: Id, file_unique_id: Id, file_size: z.int().nonnegative().nullable().catch(null) })
const Photo = z.array(File.extend({ width: z.number() }))
const Document = File.extend({
  file_name: z.string().transform(bareName).nullable().catch(null),
  mime_type: z
    .string()
    .max(127)
    .regex(/^[\w.+-]+\/[\w.+-]+$/)
    .toLowerCase()
    .nullable()
    .catch(null),
})
const Contact = z.object({
  phone_number: z
    .string()
    .max(40)
    .transform((phone) => phone.replace(/[\s().-]/g, ''))
    .pipe(z.string().regex(/^\+?\d{3,15}$/)),
  user_id: z.int().optional().catch(undefined),
})
const Location = z.object({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) })

function readPhoto(message: Message): Content | undefined {
  const sizes = Photo.safeParse(message.photo).data ?? []
  const [largest] = sizes.toSorted((one, other) => other.width - one.width)
  return largest && { type: 'PHOTO', ...fileIn(largest, message) }
}

function readDocument(message: Message): Content | undefined {
  const { data } = Document.safeParse(message.document)
  return data && { type: 'DOCUMENT', ...fileIn(data, message), name: data.file_name, mimeType: data.mime_type }
}

function fileIn(file: z.infer<typeof File>, { caption, media_group_id: album }: Message) {
  const { file_id: fileId, file_unique_id: uniqueId, file_size: size } = file
  return { fileId, uniqueId, size, caption: caption ?? null, album: album ?? null }
}

function readLocation({ location }: Message): Content | undefined {
  const { data } = Location.safeParse(location)
  return data && { type: 'LOCATION', ...data }
}

/** A bot of somebody's making can have any contact sent; it is nobody's own. The chat has the id of its person. */
function readContact({ contact, chat, via_bot: bot }: Message): Content | undefined {
  const { data } = Contact.safeParse(contact)
  return data && { type: 'CONTACT', phone: data.phone_number, isOwn: bot === undefined && data.user_id === chat.id }
}

/** A name that may be shown: without folders, and without signs that are not seen or turn the writing round. */
function bareName(name: string): string | null {
  const bare = name
    .slice(-longestName * 4)
    .replace(/^.*[/\\]/s, '')
    .replace(/[\p{Cc}\p{Cs}\p{Bidi_Control}\u2028\u2029]/gu, '')
    .trim()
  const signs = [...bare]
  return signs.length === 0 ? null : signs.slice(-longestName).join('') // the end tells its kind
}

const longestName = 200
