import { element } from './dom.js'

/** A button that opens a small drawer below it. `fill(close)` gives what stands in it, anew at each opening. */
export function popover(label, face, fill, look = 'round') {
  const drawer = element('div', { class: 'drawer', role: 'dialog', 'aria-label': label, hidden: true })
  const properties = { type: 'button', class: look, 'aria-label': label, title: label, 'aria-expanded': 'false' }
  const button = element('button', properties, face)
  const holder = element('div', { class: 'drawer-holder' }, button, drawer)
  const close = (returnFocus = true) => {
    drawer.hidden = true
    button.setAttribute('aria-expanded', 'false')
    if (returnFocus) button.focus()
  }
  button.addEventListener('click', () => {
    if (!drawer.hidden) return close()
    drawer.replaceChildren(...fill(close))
    drawer.hidden = false
    button.setAttribute('aria-expanded', 'true')
    drawer.querySelector('button, select, input')?.focus()
  })
  holder.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !drawer.hidden) close()
  })
  holder.addEventListener('focusout', (event) => {
    if (event.relatedTarget && !holder.contains(event.relatedTarget)) close(false)
  })
  document.addEventListener('pointerdown', (event) => {
    if (!drawer.hidden && !holder.contains(event.target)) close(false)
  })
  return holder
}
