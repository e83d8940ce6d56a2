import { element, icon } from './dom.js'
import { popover } from './popover.js'
import { languages } from './words.js'

const roles = ['resident', 'graduate', 'mentor', 'coordinator', 'employer']

/** The drawer with everybody who is here, and a way to let others join. `desk`: `t`, `people()`, `show(id)`, `join(role, language)`. */
export function peopleDrawer(desk) {
  const { t } = desk
  const label = element(
    'span',
    { class: 'time-button' },
    icon('people'),
    element('span', { class: 'pill-words', text: t('addPerson') }),
  )
  return popover(t('addPerson'), label, (close) => fill(desk, close), 'pill add-people')
}

function fill(desk, close) {
  const { t } = desk
  const language = element(
    'select',
    { 'aria-label': t('languageOfPerson') },
    languages.map(([code, name]) => element('option', { value: code, text: name, lang: code })),
  )
  const join = (role) => () => {
    close(false)
    desk.join(role, language.value)
  }
  return [
    element('p', { class: 'note', text: t('addAbout') }),
    element('label', { class: 'drawer-field' }, element('span', { text: t('languageOfPerson') }), language),
    ...roles.map((role) =>
      element('button', { type: 'button', class: `choice joining ${role}`, on: { click: join(role) } }, [
        element('span', { class: 'avatar small' }, icon(role)),
        t(role),
      ]),
    ),
  ]
}
