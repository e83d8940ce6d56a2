import { element } from './dom.js'

/** A button that opens a small menu. `items` answers (or promises) `[label, act]` pairs, or one text to show. */
export function menuButton(label, face, items) {
  const list = element('div', { class: 'menu', role: 'menu', 'aria-label': label, hidden: true })
  const properties = {
    type: 'button',
    class: 'round',
    'aria-label': label,
    title: label,
    'aria-haspopup': 'menu',
    'aria-expanded': 'false',
  }
  const button = element('button', properties, face)
  const holder = element('div', { class: 'menu-holder' }, button, list)
  const close = (returnFocus) => {
    list.hidden = true
    button.setAttribute('aria-expanded', 'false')
    if (returnFocus) button.focus()
  }
  const open = async () => {
    fill(list, await items(), close)
    list.hidden = false
    button.setAttribute('aria-expanded', 'true')
    list.querySelector('button')?.focus()
  }
  button.addEventListener('click', () => (list.hidden ? open() : close(true)))
  holder.addEventListener('keydown', (event) => walk(event, list, close))
  holder.addEventListener('focusout', (event) => {
    if (!holder.contains(event.relatedTarget)) close(false)
  })
  return holder
}

function fill(list, items, close) {
  const entries = items.map((item) => {
    if (typeof item === 'string') return element('div', { class: 'menu-note', text: item })
    const [label, act, note] = item
    const click = () => {
      close(true)
      act()
    }
    const children = [element('span', { text: label }), note ? element('small', { text: note }) : null]
    return element('button', { type: 'button', role: 'menuitem', tabindex: -1, on: { click } }, children)
  })
  list.replaceChildren(...entries)
}

function walk(event, list, close) {
  if (list.hidden) return
  if (event.key === 'Escape') close(true)
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (!step) return
  event.preventDefault()
  const buttons = [...list.querySelectorAll('button')]
  const next = (buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length
  buttons[next]?.focus()
}
