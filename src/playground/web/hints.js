import { element, icon } from './dom.js'

const hints = ['hintSurvey', 'hintReminder', 'hintProfession', 'hintLike', 'hintMenu']

export const areHintsHidden = () => localStorage.getItem('hints') === 'hidden'
export const hideHints = () => localStorage.setItem('hints', 'hidden')
export const bringHintsBack = () => localStorage.removeItem('hints')

/**
 * What one may try, as words that are sent by a press. `words` are those of the language of the chat, `t` those of the
 * page. `write(text)`; `evening()` moves the time, null where it cannot; `hide()`.
 */
export function hintsView({ language, words, t }, { write, evening, hide }) {
  const chip = (text, click) => element('button', { type: 'button', class: 'hint', text, on: { click } })
  const title = words('hints')
  return element('div', { class: 'hints', role: 'group', 'aria-label': title }, [
    element('div', { class: 'hints-row', lang: language }, [
      element('span', { class: 'hints-title', text: title }),
      ...hints.map((key) => chip(words(key), () => write(words(key)))),
      evening ? chip(`⏩ ${words('timeEvening')}`, evening) : null,
    ]),
    element(
      'button',
      { type: 'button', class: 'round hints-close', 'aria-label': t('close'), title: t('close'), on: { click: hide } },
      icon('close'),
    ),
  ])
}
