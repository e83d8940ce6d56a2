import { element, icon } from './dom.js'
import { popover } from './popover.js'

/** Kazakhstan has one time, five hours before UTC, since 2024-03-01. */
const offset = 5 * 60 * 60_000
const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** The playground's clock: shows its time, and leads to later ones. `desk`: `t`, `language()`, `jump(to)`. */
export function timeView(desk) {
  const view = { now: 0, seenAt: 0, ahead: 0, node: null }
  const now = () => view.now + (performance.now() - view.seenAt)
  const face = element('span', { class: 'time-face' })
  const draw = () => {
    const isAhead = view.ahead > 0
    face.replaceChildren(
      ...(isAhead ? [element('span', { class: 'time-day', text: `${dayOf(now(), desk.language())}, ` })] : []),
      clockFace(now()),
    )
  }
  setInterval(draw, 1_000)
  return {
    set({ now: seen, ahead }) {
      Object.assign(view, { now: seen, seenAt: performance.now(), ahead })
      draw()
    },
    /** Milliseconds since the epoch in the playground. */
    now,
    node() {
      const { t } = desk
      const label = element('span', { class: 'time-button' }, icon('clock'), face)
      return popover(t('time'), label, (close) => choices(desk, now(), close), 'pill time')
    },
  }
}

/** Hours and minutes of a moment in Kazakhstan. */
export function clockFace(moment) {
  return new Date(moment + offset).toISOString().slice(11, 16)
}

function dayOf(moment, language) {
  const options = { timeZone: 'UTC', weekday: 'short', day: 'numeric', month: 'short' }
  return new Intl.DateTimeFormat(language, options).format(moment + offset)
}

function choices(desk, now, close) {
  const { t } = desk
  const go = (to) => {
    close()
    desk.jump(Math.ceil(to))
  }
  const choice = (key, to) =>
    element('button', { type: 'button', class: 'choice', text: t(key), on: { click: () => go(to) } })
  return [
    element('p', { class: 'note', text: t('timeAbout') }),
    choice('timeMinutes', now + 10 * minute),
    choice('timeHour', now + hour),
    choice('timeMorning', tomorrowAt(now, 9)),
    choice('timeEvening', tomorrowAt(now, 18)),
    choice('timeWeek', now + 7 * day),
    otherTime(t, now, go),
  ]
}

/** Tomorrow at an hour in Kazakhstan. */
export function tomorrowAt(now, hours) {
  const midnight = Math.floor((now + offset) / day) * day
  return midnight + day + hours * hour - offset
}

function otherTime(t, now, go) {
  const least = new Date(now + offset + minute).toISOString().slice(0, 16)
  const field = element('input', { type: 'datetime-local', min: least, value: least, 'aria-label': t('timeOther') })
  const submit = (event) => {
    event.preventDefault()
    const to = Date.parse(`${field.value}Z`)
    if (!Number.isNaN(to)) go(to - offset)
  }
  return element('form', { class: 'other-time', on: { submit } }, [
    field,
    element('button', { class: 'choice go', text: t('timeGo') }),
  ])
}
