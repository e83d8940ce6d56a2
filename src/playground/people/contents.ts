import type { ChatMessage } from '../bot-api/chats.ts'
import { plainText } from '../bot-api/text.ts'
import type { User, WireObject } from '../bot-api/wire.ts'
import { fileFacts } from '../bot-api/wire-message.ts'
import { seconds, type World } from '../bot-api/world.ts'

/** What a person can send besides text. */
export type AttachmentKind =
  | 'sticker'
  | 'voice'
  | 'photo'
  | 'document'
  | 'forward'
  | 'location'
  | 'contact'
  | 'poll'
  | 'dice'
  | 'video'
  | 'audio'
  | 'animation'
  | 'video_note'

export type AttachmentFacts = {
  readonly text?: string
  readonly name?: string
  readonly bytes?: Uint8Array
  readonly latitude?: number
  readonly longitude?: number
  readonly phone?: string
}

/** One transparent pixel. */
const tinyPng = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** The content of a message of this kind, with files registered so that getFile works. */
export function attachment(world: World, user: User, kind: AttachmentKind, facts: AttachmentFacts) {
  return builders[kind](world, user, facts)
}

type Builder = (world: World, user: User, facts: AttachmentFacts) => Partial<ChatMessage>

const builders: Record<AttachmentKind, Builder> = {
  photo: (world, _user, facts) => ({
    ...caption(facts),
    photo: world.files.add('photo', { name: facts.name ?? 'photo.png', bytes: facts.bytes ?? tinyPng }),
  }),
  document: (world, _user, facts) => ({
    ...caption(facts),
    document: world.files.add('document', { name: facts.name ?? 'file.txt', bytes: facts.bytes ?? Buffer.from('…') }),
  }),
  voice: (world, _user, facts) => ({
    extra: { voice: { ...media(world, 'voice', 'voice.ogg', facts), duration: 3, mime_type: 'audio/ogg' } },
  }),
  sticker: (world, _user, facts) => ({
    extra: {
      sticker: {
        ...media(world, 'sticker', 'sticker.webp', facts),
        ...square,
        type: 'regular',
        is_animated: false,
        is_video: false,
        emoji: facts.text ?? '👍',
      },
    },
  }),
  video: (world, _user, facts) => ({
    extra: { video: { ...media(world, 'video', 'video.mp4', facts), ...square, duration: 3 } },
  }),
  animation: (world, _user, facts) => ({
    extra: { animation: { ...media(world, 'video', 'animation.mp4', facts), ...square, duration: 3 } },
  }),
  video_note: (world, _user, facts) => ({
    extra: { video_note: { ...media(world, 'video', 'note.mp4', facts), length: 240, duration: 3 } },
  }),
  audio: (world, _user, facts) => ({ extra: { audio: { ...media(world, 'audio', 'audio.mp3', facts), duration: 3 } } }),
  forward: (world, user, facts) => ({
    ...plainText(facts.text ?? '…'),
    extra: { forward_origin: { type: 'hidden_user', sender_user_name: user.first_name, date: seconds(world.clock) } },
  }),
  location: (_world, _user, facts) => ({
    extra: { location: { latitude: facts.latitude ?? 51.128, longitude: facts.longitude ?? 71.43 } },
  }),
  contact: (_world, user, facts) => ({
    extra: {
      contact: { phone_number: facts.phone ?? '+70000000000', first_name: user.first_name, user_id: user.id },
    },
  }),
  poll: (_world, user, facts) => ({ extra: { poll: poll(user, facts) } }),
  dice: () => ({ extra: { dice: { emoji: '🎲', value: 6 } } }),
}

const square = { width: 512, height: 512 }

function caption(facts: AttachmentFacts): Partial<ChatMessage> {
  return facts.text ? plainText(facts.text) : {}
}

function media(
  world: World,
  kind: 'voice' | 'sticker' | 'video' | 'audio',
  name: string,
  facts: AttachmentFacts,
): WireObject {
  const bytes = facts.bytes ?? Buffer.from('…')
  return fileFacts(world.files.add(kind, { name: facts.name ?? name, bytes }))
}

function poll(user: User, facts: AttachmentFacts): WireObject {
  return {
    id: `poll-${user.id}`,
    question: facts.text ?? '?',
    options: [
      { text: '1', voter_count: 0 },
      { text: '2', voter_count: 0 },
    ],
    total_voter_count: 0,
    is_closed: false,
    is_anonymous: true,
    type: 'regular',
    allows_multiple_answers: false,
  }
}
