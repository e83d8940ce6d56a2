import { element, icon } from './dom.js'
import { popover } from './popover.js'

/** Kazakhstan has one time, five hours before UTC, since 2024-03-01. */
const offset = 5 * 60 * 60_000
const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** The playground's clock: shows its time, and leads to later ones. `desk`: `t`, `jump(to)`. */
export function timeView(desk) {
  const view = { now: 0, seenAt: 0, ahead: 0, node: null }
  const now = () => view.now + (performance.now() - view.seenAt)
  const face = element('span', { class: 'time-face' })
  const draw = () => {
    const isAhead = view.ahead > 0
    face.replaceChildren(
      ...(isAhead ? [element('span', { class: 'time-day', text: `${dayOf(now(), desk.t)}, ` })] : []),
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

/** A day in words of ours: not every browser knows the weekdays and months of Kazakh. */
function dayOf(moment, t) {
  const date = new Date(moment + offset)
  const weekday = t(`weekday${date.getUTCDay()}`)
  return t('day', { weekday, day: date.getUTCDate(), month: t(`month${date.getUTCMonth() + 1}`) })
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
    element('p', { class: 'time-now', text: `${dayOf(now, t)}, ${clockFace(now)}` }),
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

/** Days that can be chosen, today among them. */
const daysAhead = 92

/** A day and a time in fields that look alike in every browser, whatever its language. */
function otherTime(t, now, go) {
  const midnight = Math.floor((now + offset) / day) * day - offset
  const days = Array.from({ length: daysAhead }, (_, index) => midnight + index * day)
  const dayField = element(
    'select',
    { 'aria-label': t('timeDay') },
    days.map((start) => element('option', { value: start, text: dayOf(start, t) })),
  )
  const hourField = element('input', {
    type: 'text',
    value: clockFace(now + hour),
    'aria-label': t('timeOfDay'),
    required: true,
    maxlength: 5,
    pattern: '([01]?[0-9]|2[0-3])[:.][0-5][0-9]',
    title: t('timeShape'),
    autocomplete: 'off',
  })
  dayField.value = String(Math.floor((now + hour + offset) / day) * day - offset)
  const chosen = () => Number(dayField.value) + sinceMidnight(hourField.value)
  const check = () => hourField.setCustomValidity(chosen() <= now ? t('timePast') : '')
  for (const field of [dayField, hourField]) field.addEventListener('input', check)
  const submit = (event) => {
    event.preventDefault()
    go(chosen())
  }
  return element('form', { class: 'other-time', on: { submit } }, [
    dayField,
    hourField,
    element('button', { class: 'choice go', text: t('timeGo') }),
  ])
}

function sinceMidnight(text) {
  const [hours, minutes] = text.split(/[:.]/).map(Number)
  return hours * hour + minutes * minute
}
