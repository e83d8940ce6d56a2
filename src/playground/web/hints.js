import { element, icon } from './dom.js'

const hints = ['hintSurvey', 'hintReminder', 'hintProfession', 'hintLike', 'hintMenu']

/** What one may try, as words that are sent by a press. `write(text)`, `evening()` moves the time, null where it cannot. */
export function hintsView(t, { write, evening }) {
  if (localStorage.getItem('hints') === 'hidden') return null
  const node = element('div', { class: 'hints', role: 'group', 'aria-label': t('hints') })
  const hide = () => {
    localStorage.setItem('hints', 'hidden')
    node.remove()
  }
  const chip = (text, click) => element('button', { type: 'button', class: 'hint', text, on: { click } })
  node.append(
    element('span', { class: 'hints-title', text: t('hints') }),
    ...hints.map((key) => chip(t(key), () => write(t(key)))),
    ...(evening ? [chip(`⏩ ${t('timeEvening')}`, evening)] : []),
    element(
      'button',
      { type: 'button', class: 'round hints-close', 'aria-label': t('close'), title: t('close'), on: { click: hide } },
      icon('close'),
    ),
  )
  return node
}
