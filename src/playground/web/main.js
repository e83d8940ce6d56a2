import { element, icon } from './dom.js'
import { panelView } from './panel.js'
import { peopleDrawer } from './people.js'
import { phoneView } from './phone.js'
import { listen, post } from './server.js'
import { siteView } from './site.js'
import { timeView, tomorrowAt } from './time.js'
import { languages, loadWords, rememberedLanguage, rememberLanguage } from './words.js'

const byId = (id) => document.getElementById(id)

const page = {
  phones: new Map(),
  people: new Map(),
  /** In which the bot speaks to each person. */
  languages: new Map(),
  activeId: 0,
  /** Who has just been added here, until their phone stands on the page. */
  newcomerId: null,
  canRestart: false,
  canReset: false,
  hasTime: false,
  hasSite: false,
  isLive: false,
  language: rememberedLanguage(),
}
const words = await loadWords()
const desk = {
  t: words.get(page.language),
  wordsIn: (language) => words.get(language),
  languageOf,
  drawHints,
  complain,
  activate,
  closePanel,
  jump,
  join,
  canReset: () => page.canReset,
  evening: () => (page.hasTime ? () => jump(tomorrowAt(time.now(), 18)) : null),
}
const panel = panelView(byId('panel'), desk)
const time = timeView(desk)

const site = siteView(byId('site'), {
  t: (key, values) => desk.t(key, values),
  language: () => page.language,
  now: () => (page.hasTime ? time.now() : Date.now()),
  close: closeSite,
  notice,
  complain,
})

applyTheme(localStorage.getItem('theme'))
drawBar()
new ResizeObserver(lookForRoom).observe(byId('phones'))
listen(onEvent, onLine)

function onEvent(event) {
  if (event.type === 'snapshot') onSnapshot(event)
  else if (event.type === 'person') addPhone(event.person)
  else if (event.type === 'call') panel.call(event.call)
  else if (event.type === 'turn') onTurn(event.turn)
  else if (event.type === 'time') time.set(event.time)
  else if (event.type === 'offers') site.set(event.offers ?? [])
  else onChatEvent(event)
}

function onSnapshot({ people, calls, turns, time: moment, offers, canRestart, canReset }) {
  Object.assign(page, { canRestart, canReset, hasTime: moment !== null, hasSite: offers !== null })
  site.set(offers ?? [])
  if (moment) time.set(moment)
  page.phones.clear()
  page.people.clear()
  byId('phones').replaceChildren()
  panel.clear()
  for (const person of people) addPhone(person)
  for (const call of calls) panel.call(call)
  for (const turn of turns) onTurn(turn)
  drawBar()
  activate(page.phones.has(page.activeId) ? page.activeId : people[0]?.id)
}

function onTurn(turn) {
  panel.turn(turn)
  page.languages.set(turn.chatId, turn.language)
  page.phones.get(turn.chatId)?.drawHints()
}

/** Before a word was said, the bot can only know the language of the person's messenger. */
function languageOf(id) {
  const known = [page.languages.get(id), page.people.get(id)?.language]
  return known.find((language) => words.has(language)) ?? 'kk'
}

function drawHints() {
  for (const phone of page.phones.values()) phone.drawHints()
}

function onChatEvent(event) {
  if (event.type === 'state' && event.state.open === false) page.languages.delete(event.chatId)
  page.phones.get(event.chatId)?.apply(event)
  remember(event)
  if (event.type === 'message' && event.chatId !== page.activeId) tabOf(event.chatId)?.classList.add('unread')
}

/** Keeps the people as data, so that a change of language can draw everything again. */
function remember(event) {
  const person = page.people.get(event.chatId)
  if (!person) return
  const others = (id) => person.messages.filter((message) => message.id !== id)
  if (event.type === 'message') person.messages.push(event.message)
  if (event.type === 'edit') {
    person.messages = person.messages.map((message) => (message.id === event.message.id ? event.message : message))
  }
  if (event.type === 'delete') person.messages = others(event.messageId)
  if (event.type === 'state') Object.assign(person, event.state)
}

function addPhone(person) {
  page.people.set(person.id, person)
  const phone = phoneView({ ...person }, desk)
  page.phones.set(person.id, phone)
  byId('phones').append(phone.node)
  phone.toNewest()
  requestAnimationFrame(phone.toNewest) // when it is laid out, and seen on a narrow page
  drawTabs()
  lookForRoom()
  if (person.id === page.newcomerId) welcome(person.id)
}

/** Phones that do not all fit beside each other are reached by tabs, too. */
function lookForRoom() {
  const { scrollWidth, clientWidth } = byId('phones')
  document.body.classList.toggle('crowded', scrollWidth > clientWidth + 1)
}

/** Makes somebody the active one and brings their phone into sight. */
function visit(id) {
  activate(id)
  page.phones.get(id)?.node.scrollIntoView({ inline: 'nearest', block: 'nearest' })
}

function welcome(id) {
  page.newcomerId = null
  visit(id)
  // Whoever has gone on to something else meanwhile is not called away from it.
  if (document.activeElement === document.body) page.phones.get(id)?.focus()
}

function activate(id) {
  if (id === undefined || page.activeId === id) return
  page.activeId = id
  markActive()
  page.phones.get(id)?.toNewest()
  panel.activate(id)
}

function markActive() {
  for (const [id, phone] of page.phones) phone.node.classList.toggle('active', id === page.activeId)
  for (const tab of byId('tabs').children) {
    const isChosen = Number(tab.dataset.id) === page.activeId
    tab.setAttribute('aria-selected', String(isChosen))
    tab.tabIndex = isChosen ? 0 : -1
    if (isChosen) tab.classList.remove('unread')
  }
}

function tabOf(id) {
  return byId('tabs').querySelector(`[data-id="${id}"]`)
}

function drawTabs() {
  const tabs = byId('tabs')
  tabs.hidden = page.people.size < 2
  tabs.setAttribute('aria-label', desk.t('people'))
  tabs.onkeydown = moveAmongTabs
  tabs.replaceChildren(
    ...[...page.people.values()].map(({ id, role }) =>
      element(
        'button',
        {
          type: 'button',
          role: 'tab',
          class: `tab ${role}`,
          data: { id },
          'aria-controls': `phone-${id}`,
          on: { click: () => visit(id) },
        },
        [desk.t(role), element('small', { text: numberOf(id) })],
      ),
    ),
  )
  markActive()
}

/** Several of one role are told apart by a number; one alone needs none. */
function numberOf(id) {
  const { role } = page.people.get(id)
  const alike = [...page.people.values()].filter((person) => person.role === role)
  return alike.length < 2 ? '' : String(alike.findIndex((person) => person.id === id) + 1)
}

function moveAmongTabs(event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
  if (!step) return
  const tabs = [...byId('tabs').children]
  const next = tabs[(tabs.indexOf(document.activeElement) + step + tabs.length) % tabs.length]
  event.preventDefault()
  visit(Number(next.dataset.id))
  next.focus()
}

function drawBar() {
  const { t } = desk
  document.title = t('title')
  document.documentElement.lang = page.language
  byId('bar').replaceChildren(
    element(
      'h1',
      {},
      element('span', { class: 'logo', 'aria-hidden': 'true' }),
      element('span', { class: 'title', text: t('title') }),
    ),
    element(
      'span',
      {
        class: `line ${page.isLive ? 'live' : ''}`,
        role: 'status',
        title: t(page.isLive ? 'connected' : 'disconnected'),
      },
      element('span', { class: 'sr', text: t(page.isLive ? 'connected' : 'disconnected') }),
    ),
    element('div', { class: 'tools' }, [
      page.hasTime ? time.node() : null,
      page.hasSite ? siteButton() : null,
      peopleDrawer(desk),
      page.canRestart ? barButton('restart', 'restart', restart) : null,
      barButton('theme', 'theme', flipTheme),
      languageChoice(),
      barButton('panel', 'panel', togglePanel, {
        'aria-expanded': String(!byId('panel').hidden),
        'aria-controls': 'panel',
      }),
    ]),
  )
}

function barButton(key, face, click, more = {}) {
  const words = desk.t(key)
  const properties = {
    type: 'button',
    class: `round ${key}`,
    'aria-label': words,
    title: words,
    ...more,
    on: { click },
  }
  return element('button', properties, icon(face))
}

function siteButton() {
  const label = desk.t('site.title')
  const properties = {
    type: 'button',
    class: 'pill to-site',
    'aria-label': label,
    title: label,
    'aria-expanded': String(!byId('site').hidden),
    'aria-controls': 'site',
    on: { click: toggleSite },
  }
  const words = element('span', { class: 'pill-words', text: label })
  return element('button', properties, icon('site'), words)
}

function toggleSite() {
  const isOpen = site.toggle()
  byId('bar').querySelector('.to-site').setAttribute('aria-expanded', String(isOpen))
}

function closeSite() {
  toggleSite()
  byId('bar').querySelector('.to-site').focus()
}

async function join(role, language) {
  try {
    const { id } = await post('/people', { role, language })
    page.newcomerId = id
    if (page.phones.has(id)) welcome(id)
  } catch (error) {
    complain(error)
  }
}

async function jump(to) {
  try {
    await post('/time', { to })
    notice(desk.t('timeMoved'))
  } catch (error) {
    complain(error)
  }
}

function languageChoice() {
  const choice = element(
    'select',
    { class: 'page-language', 'aria-label': desk.t('languageOfPage') },
    languages.map(([code, name]) =>
      element('option', { value: code, text: name, lang: code, selected: code === page.language }),
    ),
  )
  choice.addEventListener('change', () => {
    page.language = choice.value
    rememberLanguage(page.language)
    desk.t = words.get(page.language)
    redrawAll()
    byId('bar').querySelector('.page-language').focus()
  })
  return choice
}

function redrawAll() {
  drawBar()
  const people = [...page.people.values()]
  byId('phones').replaceChildren()
  for (const person of people) addPhone(person)
  visit(page.activeId)
  panel.redraw()
  site.redraw()
}

async function restart() {
  notice(desk.t('restarting'))
  try {
    await post('/restart')
    notice(desk.t('restarted'))
  } catch (error) {
    complain(error)
  }
}

function togglePanel() {
  const isOpen = panel.toggle()
  document.body.classList.toggle('with-panel', isOpen)
  byId('bar').querySelector('button.panel').setAttribute('aria-expanded', String(isOpen))
}

function closePanel() {
  togglePanel()
  byId('bar').querySelector('button.panel').focus()
}

function flipTheme() {
  const current = document.documentElement.dataset.theme
  const isDark = current ? current === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches
  applyTheme(isDark ? 'light' : 'dark')
  localStorage.setItem('theme', isDark ? 'light' : 'dark')
}

function applyTheme(theme) {
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
}

function onLine(isLive) {
  if (page.isLive === isLive) return
  page.isLive = isLive
  drawBar()
  if (!isLive) notice(desk.t('disconnected'))
}

function complain(error) {
  notice(desk.t('failed', { reason: error.message }))
}

function notice(text) {
  const node = element('div', { class: 'notice', text })
  byId('notices').append(node)
  setTimeout(() => node.remove(), 4000)
}
