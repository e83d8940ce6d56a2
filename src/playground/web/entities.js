import { element } from './dom.js'

const tags = {
  bold: 'strong',
  italic: 'em',
  underline: 'u',
  strikethrough: 's',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
  expandable_blockquote: 'blockquote',
}

/**
 * Text with its entities as nodes. Cuts the text at every border of an entity and nests what covers each piece, so
 * overlapping entities are fine. `onCommand` is called when a /command is clicked.
 */
export function formatted(text, entities, onCommand) {
  return nest(text, 0, text.length, [...entities].sort(byPlace), onCommand)
}

const byPlace = (left, right) => left.offset - right.offset || right.length - left.length

function nest(text, from, to, entities, onCommand) {
  const nodes = []
  let at = from
  for (let index = 0; index < entities.length; index += 1) {
    const entity = entities[index]
    const begin = Math.max(entity.offset, at)
    const end = Math.min(entity.offset + entity.length, to)
    if (begin >= end) continue
    if (begin > at) nodes.push(text.slice(at, begin))
    const inner = entities.slice(index + 1).filter((other) => other.offset < end)
    nodes.push(wrap(entity, text.slice(begin, end), nest(text, begin, end, inner, onCommand), onCommand))
    at = end
  }
  if (at < to) nodes.push(text.slice(at, to))
  return nodes
}

function wrap(entity, piece, children, onCommand) {
  if (entity.type === 'text_link' || entity.type === 'url') return link(entity.url ?? piece, children)
  if (entity.type === 'bot_command') {
    return element('button', { type: 'button', class: 'command', on: { click: () => onCommand(piece) } }, children)
  }
  if (entity.type === 'spoiler') return spoiler(children)
  if (entity.type === 'mention' || entity.type === 'hashtag') return element('span', { class: 'mention' }, children)
  const tag = tags[entity.type]
  return tag ? element(tag, {}, children) : element('span', {}, children)
}

/** Only web, mail, phone and Telegram addresses become links. */
function link(address, children) {
  const isSafe = /^(https?|mailto|tel|tg):/i.test(address)
  if (!isSafe) return element('span', {}, children)
  return element('a', { href: address, target: '_blank', rel: 'noopener noreferrer' }, children)
}

function spoiler(children) {
  const show = (event) => {
    event.currentTarget.classList.add('shown')
    event.currentTarget.setAttribute('aria-expanded', 'true')
  }
  return element(
    'button',
    { type: 'button', class: 'spoiler', 'aria-expanded': 'false', on: { click: show } },
    children,
  )
}
