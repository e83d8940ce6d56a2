import { element } from './dom.js'

/**
 * Rows of buttons. One of them is in the tab order; the arrow keys, Home and End move within.
 * `onPress(button, node)` is called for a click.
 */
export function keyboard(rows, label, onPress) {
  const group = element('div', { class: 'keyboard', role: 'group', 'aria-label': label, on: { keydown: move } })
  rows.forEach((row, rowIndex) => {
    const line = element('div', { class: 'row' })
    row.forEach((button, columnIndex) => {
      const isFirst = rowIndex === 0 && columnIndex === 0
      line.append(key(button, isFirst, rowIndex, columnIndex, onPress))
    })
    group.append(line)
  })
  return group
}

function key(button, isFirst, row, column, onPress) {
  const properties = {
    class: `key ${button.style ?? ''}`.trim(),
    tabindex: isFirst ? 0 : -1,
    data: { row, column },
  }
  if (button.url) {
    const address = /^(https?|tg|mailto|tel):/i.test(button.url) ? button.url : `http://${button.url}`
    return element(
      'a',
      { ...properties, href: address, target: '_blank', rel: 'noopener noreferrer' },
      button.text,
      ' ↗',
    )
  }
  const node = element('button', { ...properties, type: 'button' }, button.text)
  node.addEventListener('click', () => onPress(button, node))
  return node
}

const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }

function move(event) {
  const from = event.target.closest('.key')
  const step = steps[event.key]
  if (!from || (!step && event.key !== 'Home' && event.key !== 'End')) return
  const keys = [...event.currentTarget.querySelectorAll('.key')]
  const to = step ? neighbour(keys, from, step) : keys.at(event.key === 'Home' ? 0 : -1)
  event.preventDefault()
  if (to) focusKey(keys, to)
}

function neighbour(keys, from, [down, right]) {
  if (right !== 0) return keys[keys.indexOf(from) + right]
  const row = keys.filter((key) => Number(key.dataset.row) === Number(from.dataset.row) + down)
  return row[Math.min(Number(from.dataset.column), row.length - 1)]
}

function focusKey(keys, chosen) {
  for (const key of keys) key.tabIndex = key === chosen ? 0 : -1
  chosen.focus()
}
