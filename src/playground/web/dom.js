/**
 * Makes an element. Properties: `class`, `text`, `on: { event: listener }`, `data: {}`; anything else becomes an
 * attribute, `true` an empty one, and `false`, null and undefined are left out. Children are nodes or plain text, so
 * foreign words can never become markup.
 */
export function element(tag, properties = {}, ...children) {
  const node = document.createElement(tag)
  for (const [name, value] of Object.entries(properties)) setProperty(node, name, value)
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false))
  return node
}

function setProperty(node, name, value) {
  if (value === false || value === null || value === undefined) return
  if (name === 'text') node.textContent = value
  else if (name === 'on') for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener)
  else if (name === 'data') Object.assign(node.dataset, value)
  else node.setAttribute(name, value === true ? '' : String(value))
}

const icons = {
  resident: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8z M4.500 20a7.500 7.500 0 0 1 15 0',
  graduate: 'M2.500 9.500L12 5l9.500 4.500L12 14z M6.500 11.500V16c3 2.500 8 2.500 11 0v-4.500 M21.500 9.500V15',
  mentor:
    'M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7z M2.500 19.500a6.500 6.500 0 0 1 13 0 M16 4.500a3.500 3.500 0 0 1 0 6.500 M18.500 14a6.500 6.500 0 0 1 3 5.500',
  coordinator: 'M12 3.500l7 2.500v5.500c0 4.500-3 7.500-7 9-4-1.500-7-4.500-7-9V6z M9 12l2.200 2.200L15.200 10',
  employer: 'M4 8.500h16V19H4z M9 8.500V6a1.500 1.500 0 0 1 1.500-1.500h3A1.500 1.500 0 0 1 15 6v2.500 M4 13h16',
  send: 'M4 12l16-8-5 16-3.5-6.5z M11.5 13.5L20 4',
  attach: 'M19 11l-7.5 7.5a4.5 4.5 0 0 1-6.4-6.4l8-8a3 3 0 0 1 4.3 4.3l-8 8a1.5 1.5 0 0 1-2.2-2.2L14.500 7',
  commands: 'M15 4L9 20',
  more: 'M12 5.500v.01M12 12v.01M12 18.500v.01',
  panel: 'M4 5h16v14H4z M14.500 5v14',
  restart: 'M19.500 12a7.500 7.500 0 1 1-2.200-5.300L20 9 M20 4v5h-5',
  theme: 'M12 4a8 8 0 1 0 8 8 6 6 0 0 1-8-8z',
  plus: 'M12 5v14M5 12h14',
  clock: 'M12 20.500a8.500 8.500 0 1 0 0-17 8.500 8.500 0 0 0 0 17z M12 7.500V12l3 2',
  down: 'M6 9.500l6 6 6-6',
  people: 'M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7z M2.500 19.500a6.500 6.500 0 0 1 13 0 M19 8v6M16 11h6',
  site: 'M3.500 5h17v14h-17z M3.500 9h17 M7 13h10 M7 16h6',
  close: 'M6 6l12 12M18 6L6 18',
  file: 'M6 3.500h8l4 4v13H6z M14 3.500v4h4',
}

/** A line icon, hidden from screen readers: the button around it carries the words. */
export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  for (const [key, value] of Object.entries({ viewBox: '0 0 24 24', class: 'icon', 'aria-hidden': 'true' })) {
    svg.setAttribute(key, value)
  }
  path.setAttribute('d', icons[name])
  svg.append(path)
  return svg
}
