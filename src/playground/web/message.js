import { element, icon } from './dom.js'
import { formatted } from './entities.js'
import { keyboard } from './keyboard.js'
import { clockFace } from './time.js'

const glyphs = { voice: '🎤', location: '📍', contact: '👤', video: '🎬', audio: '🎵', poll: '📊' }

/** A bubble with its keyboard below. `acts`: `press(button, node)` and `command(text)`. */
export function messageView(message, t, acts) {
  const bubble = element('div', { class: 'bubble' }, [
    element('span', { class: 'sr', text: `${t(message.by)}: ` }),
    forwardMark(message, t),
    picture(message, t),
    download(message),
    other(message, t),
    message.text
      ? element('div', { class: 'text', dir: 'auto' }, formatted(message.text, message.entities, acts.command))
      : null,
    meta(message, t),
  ])
  const isBare = message.kind === 'sticker' || message.kind === 'dice'
  return element(
    'article',
    { class: `message ${message.by} ${isBare ? 'bare' : ''}`.trim(), data: { id: message.id } },
    [bubble, message.keyboard.length > 0 ? keyboard(message.keyboard, t('keyboard'), acts.press) : null],
  )
}

function forwardMark(message, t) {
  return message.kind === 'forward_origin' ? element('div', { class: 'mark', text: `↪ ${t('forward')}` }) : null
}

function picture(message, t) {
  if (!message.photo) return null
  const { url, width, height } = message.photo
  const image = element('img', {
    class: 'photo',
    src: url,
    width,
    height,
    alt: message.text || t('photo'),
    loading: 'lazy',
  })
  return element('a', { class: 'photo-frame', href: url, target: '_blank', rel: 'noopener' }, image)
}

function download(message) {
  if (!message.document) return null
  const { url, name, size } = message.document
  return element('a', { class: 'document', href: url, download: name }, [
    element('span', { class: 'document-icon' }, icon('file')),
    element('span', { class: 'document-name' }, name, element('small', { text: sizeOf(size) })),
  ])
}

function sizeOf(bytes) {
  const kilobytes = bytes / 1024
  if (kilobytes < 1) return `${bytes} B`
  return kilobytes < 1024 ? `${kilobytes.toFixed(1)} KB` : `${(kilobytes / 1024).toFixed(1)} MB`
}

function other(message, t) {
  const { kind } = message
  if (!kind || kind === 'forward_origin' || kind === 'reply_to_message') return null
  if (message.emoji)
    return element('div', { class: 'sticker', role: 'img', 'aria-label': t('sticker'), text: message.emoji })
  return element(
    'div',
    { class: 'attached' },
    element('span', { 'aria-hidden': 'true', text: glyphs[kind] ?? '📎' }),
    ` ${t(kind)}`,
  )
}

function meta(message, t) {
  const moment = message.date * 1000
  // What a bot edits under buttons is its living screen: no messenger marks that.
  const isMarked = message.edited && message.keyboard.length === 0
  return element('div', { class: 'meta' }, [
    isMarked ? `${t('edited')} · ` : null,
    element('time', { datetime: new Date(moment).toISOString(), text: clockFace(moment) }),
    message.by === 'person' ? element('span', { class: 'ticks', 'aria-hidden': 'true', text: ' ✓✓' }) : null,
  ])
}
