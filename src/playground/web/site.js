import { element, icon } from './dom.js'
import { post } from './server.js'

const regions = '71 75 79 10 11 15 19 23 27 31 33 35 39 43 47 55 59 61 62 63'.split(' ')
const schedules = ['fiveTwo', 'sixOne', 'shifts', 'flexible']
const nights = ['day', 'night']
const experiences = ['none', 'under1', '1to3', '3to6', 'over6']

/** What a sample is besides its words. */
const samples = {
  fine: { payFrom: 180000, payTo: 220000, schedule: 'fiveTwo', hours: 36, night: 'day', housing: false },
  night: { payFrom: 250000, payTo: 280000, schedule: 'shifts', hours: 42, night: 'night', housing: true },
  scam: { payFrom: 900000, payTo: null, schedule: 'flexible', hours: null, night: null, housing: false },
}

/** Days that a vacancy may stand, and does unless another last day is chosen. */
const stands = [1, 7, 14, 30, 90]
const usual = 30
const day = 86_400_000

/** A day so many days later, as in 2026-12-31. */
const dayAfter = (now, days) => new Date(now + days * day).toISOString().slice(0, 10)

/**
 * The employer beside the phones: a form with which a vacancy is published on this server, and what was published.
 * `desk`: `t`, `language()`, `now()`, `close()`, `notice(text)`, `complain(error)`.
 */
export function siteView(node, desk) {
  const view = { node, desk, offers: [], draft: null, form: null, list: null }
  return {
    set: (offers) => {
      view.offers = offers
      if (!node.hidden) drawList(view)
    },
    toggle: () => {
      node.hidden = !node.hidden
      if (!node.hidden) draw(view)
      return !node.hidden
    },
    /** In another language, with what was filled in so far. */
    redraw: () => {
      if (node.hidden) return
      view.draft = valuesOf(view.form)
      draw(view)
    },
  }
}

function draw(view) {
  const { node, desk } = view
  const { t } = desk
  view.draft ??= sampleOf(view, 'fine')
  view.form = formOf(view)
  view.list = element('ul', { class: 'offers' })
  view.none = element('p', { class: 'note', text: t('offer.none') })
  node.setAttribute('aria-label', t('site.title'))
  node.replaceChildren(
    element('div', { class: 'panel-head' }, [
      element('h2', { text: t('site.title') }),
      element(
        'button',
        { type: 'button', class: 'round', 'aria-label': t('close'), title: t('close'), on: { click: desk.close } },
        icon('close'),
      ),
    ]),
    element('p', { class: 'note', text: t('site.about') }),
    sampleChips(view),
    view.form,
    element('h3', { text: t('offer.list') }),
    view.none,
    view.list,
  )
  drawList(view)
}

function sampleChips(view) {
  const { t } = view.desk
  const take = (name) => () => {
    view.draft = sampleOf(view, name)
    const form = formOf(view)
    view.form.replaceWith(form)
    view.form = form
  }
  const chip = (name) =>
    element('button', { type: 'button', class: 'hint', text: t(`samples.${name}.label`), on: { click: take(name) } })
  return element('div', { class: 'samples', role: 'group', 'aria-label': t('samples.title') }, [
    element('span', { class: 'hints-title', text: `${t('samples.title')}:` }),
    Object.keys(samples).map(chip),
  ])
}

function sampleOf({ desk: { t, now } }, name) {
  return {
    ...samples[name],
    title: t(`samples.${name}.title`),
    employer: t(`samples.${name}.employer`),
    description: t(`samples.${name}.description`),
    region: '71',
    town: t('samples.town'),
    experience: 'none',
    contact: '+7 700 000 00 00',
    until: dayAfter(now(), usual),
  }
}

function formOf(view) {
  const { draft, desk } = view
  const { t } = desk
  const wide = { wide: true }
  const options = (values, group) => values.map((value) => [value, t(`${group}.${value}`)])
  const unsaid = ['', t('offer.unsaid')]
  const form = element('form', { class: 'offer-form' }, [
    field(t('offer.title'), input('title', draft.title, { required: true, maxlength: 200 }), wide),
    field(t('offer.employer'), input('employer', draft.employer, { required: true, maxlength: 120 }), wide),
    field(t('offer.region'), choice('region', draft.region, options(regions, 'region'))),
    field(t('offer.town'), input('town', draft.town, { maxlength: 80 })),
    field(t('offer.payFrom'), number('payFrom', draft.payFrom, { min: 1, max: 100000000 })),
    field(t('offer.payTo'), number('payTo', draft.payTo, { min: 1, max: 100000000 })),
    field(t('offer.schedule'), choice('schedule', draft.schedule, [unsaid, ...options(schedules, 'schedules')])),
    field(t('offer.hours'), number('hours', draft.hours, { min: 1, max: 168 })),
    field(t('offer.night'), choice('night', draft.night, [unsaid, ...options(nights, 'nights')])),
    field(
      t('offer.experience'),
      choice('experience', draft.experience, [unsaid, ...options(experiences, 'experiences')]),
    ),
    field(t('offer.description'), textArea('description', draft.description), wide),
    field(t('offer.contact'), input('contact', draft.contact, { maxlength: 200 })),
    field(t('offer.until'), choice('until', draft.until, lastDays(desk.now(), draft.until))),
    element('label', { class: 'offer-field tick wide' }, [
      element('input', { type: 'checkbox', name: 'housing', checked: draft.housing }),
      t('offer.housing'),
    ]),
    element('button', { class: 'choice go', text: t('offer.publish') }),
  ])
  const { payFrom, payTo } = form.elements
  const check = () => {
    const isWrong = payFrom.value !== '' && payTo.value !== '' && Number(payTo.value) < Number(payFrom.value)
    payTo.setCustomValidity(isWrong ? t('offer.payOrder') : '')
  }
  form.addEventListener('input', check)
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    publish(view)
  })
  return form
}

function field(label, control, { wide = false } = {}) {
  return element(
    'label',
    { class: wide ? 'offer-field wide' : 'offer-field' },
    element('span', { text: label }),
    control,
  )
}

function input(name, value, more = {}) {
  return element('input', { type: 'text', name, value: value ?? '', autocomplete: 'off', ...more })
}

function number(name, value, more) {
  return input(name, value, { type: 'number', inputmode: 'numeric', step: 1, ...more })
}

function textArea(name, value) {
  return element('textarea', { name, maxlength: 4000, rows: 3, text: value })
}

/** Days as they are written here: a browser's own field would show them as its language does. */
function lastDays(now, chosen) {
  const days = new Set([...stands.map((count) => dayAfter(now, count)), chosen])
  return [...days].sort().map((date) => [date, date.split('-').reverse().join('.')])
}

function choice(name, value, options) {
  return element(
    'select',
    { name },
    options.map(([one, label]) => element('option', { value: one, text: label, selected: one === (value ?? '') })),
  )
}

/** What is filled in, as the server takes it: null is what was not said. */
function valuesOf(form) {
  const text = (name) => form.elements[name].value.trim()
  const chosen = (name) => (text(name) === '' ? null : text(name))
  const sum = (name) => (text(name) === '' ? null : Number(text(name)))
  return {
    title: text('title'),
    employer: text('employer'),
    region: text('region'),
    town: text('town'),
    payFrom: sum('payFrom'),
    payTo: sum('payTo'),
    schedule: chosen('schedule'),
    hours: sum('hours'),
    night: chosen('night'),
    experience: chosen('experience'),
    housing: form.elements.housing.checked,
    description: text('description'),
    contact: text('contact'),
    until: text('until'),
  }
}

async function publish({ form, desk }) {
  try {
    await post('/employer/vacancies', { ...valuesOf(form), language: desk.language() })
    desk.notice(desk.t('offer.published'))
  } catch (error) {
    desk.complain(error)
  }
}

function drawList(view) {
  const focused = view.list.contains(document.activeElement) ? document.activeElement.dataset.key : undefined
  view.none.hidden = view.offers.length > 0
  view.list.replaceChildren(...view.offers.map((offer) => itemOf(offer, view.desk)))
  if (focused !== undefined) focusOn(view.list, focused)
}

/** A press must not throw a keyboard user out of the list, even where its button is gone. */
function focusOn(list, key) {
  const [id] = key.split(' ')
  const buttons = [...list.querySelectorAll('button')]
  const same = buttons.find(({ dataset }) => dataset.key === key)
  const near = same ?? buttons.find(({ dataset }) => dataset.key.startsWith(`${id} `))
  near?.focus()
}

function itemOf(offer, desk) {
  const { t } = desk
  const { id, title, payFrom, payTo, isOpen, url } = offer
  const act = (name) =>
    element('button', {
      type: 'button',
      class: 'hint',
      text: t(`offer.${name}`),
      data: { key: `${id} ${name}` },
      on: { click: () => change(id, name, desk) },
    })
  const hasPay = payFrom !== null || payTo !== null
  const label = t('offer.openPage', { title })
  return element('li', { class: isOpen ? '' : 'closed' }, [
    isOpen ? element('a', { href: url, target: '_blank', rel: 'noopener', 'aria-label': label, text: title }) : title,
    element('span', { text: [payOf(offer), isOpen ? '' : t('offer.closed')].filter(Boolean).join(' · ') }),
    element('div', { class: 'acts' }, [
      isOpen && hasPay ? act('raise') : null,
      isOpen ? act('close') : null,
      act('repeat'),
    ]),
  ])
}

function payOf({ payFrom, payTo }) {
  const sums = [payFrom, payTo].filter((sum) => sum !== null).map((sum) => sum.toLocaleString('ru'))
  return sums.length === 0 ? '' : `${[...new Set(sums)].join('–')} ₸`
}

async function change(id, name, desk) {
  try {
    await post(`/employer/vacancies/${id}/${name}`)
  } catch (error) {
    desk.complain(error)
  }
}
