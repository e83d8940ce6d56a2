import { element, icon } from './dom.js'
import { areHintsHidden, bringHintsBack, hideHints, hintsView } from './hints.js'
import { keyboard } from './keyboard.js'
import { menuButton } from './menu.js'
import { messageView } from './message.js'
import { get, post } from './server.js'
import { languages } from './words.js'

/**
 * One person's phone. `desk`: `t`, `wordsIn(language)`, `languageOf(id)`, `drawHints()`, `complain(error)`,
 * `activate(id)`. Answers `{ node, person, apply(event), drawHints(), focus(), toNewest() }`.
 */
export function phoneView(person, desk) {
  const phone = { person, desk, messages: new Map(), parts: {}, waiting: null, typingTimer: 0, toastTimer: 0 }
  build(phone)
  for (const message of person.messages) show(phone, message)
  refresh(phone)
  followScroll(phone)
  return {
    node: phone.node,
    person,
    apply: (event) => apply(phone, event),
    drawHints: () => drawHints(phone),
    focus: () => focusFoot(phone),
    toNewest: () => toNewest(phone),
  }
}

const nameOf = ({ role, id }, t) => `${t(role)} ${id}`

/** How far from its end a chat may stand and still follow what is new. */
const nearEnd = 120
const isNearEnd = (log) => log.scrollHeight - log.scrollTop - log.clientHeight < nearEnd

/**
 * A way down stands over a chat that is being read further up; one that stood at its end stays there in any height.
 * A scroll is heard before the change of height of its own frame, and would take that for somebody scrolling away.
 */
function followScroll(phone) {
  const { log, down } = phone.parts
  let height = log.clientHeight
  const look = () => {
    if (log.clientHeight === height) down.hidden = isNearEnd(log)
  }
  const fit = () => {
    height = log.clientHeight
    if (down.hidden) toNewest(phone)
    look()
  }
  log.addEventListener('scroll', look, { passive: true })
  new ResizeObserver(fit).observe(log)
  look()
}

function build(phone) {
  const { person, desk, parts } = phone
  const { t } = desk
  parts.status = element('small', { class: 'status' })
  parts.log = element('div', {
    class: 'log',
    role: 'log',
    'aria-live': 'polite',
    'aria-label': t('chat', { who: nameOf(person, t) }),
    tabindex: 0,
  })
  parts.typing = element('div', { class: 'typing', hidden: true })
  const words = t('toNewest')
  const toEnd = () => toNewest(phone)
  parts.down = element(
    'button',
    { type: 'button', class: 'round down', 'aria-label': words, title: words, hidden: true, on: { click: toEnd } },
    icon('down'),
  )
  parts.hints = element('div', { class: 'hints-place' })
  parts.toast = element('div', { class: 'toast', role: 'status', 'aria-live': 'polite', hidden: true })
  parts.quick = element('div', { class: 'quick' })
  parts.foot = element('div', { class: 'foot' })
  phone.node = element(
    'section',
    {
      class: `phone ${person.role}`,
      id: `phone-${person.id}`,
      'aria-label': nameOf(person, t),
      data: { id: person.id },
    },
    head(phone),
    element('div', { class: 'log-frame' }, parts.log, parts.down),
    parts.typing,
    parts.toast,
    parts.quick,
    parts.hints,
    parts.foot,
  )
  phone.node.addEventListener('focusin', () => desk.activate(person.id))
  phone.node.addEventListener('pointerdown', () => desk.activate(person.id))
}

function head(phone) {
  const { person, desk, parts } = phone
  const { t } = desk
  parts.language = element(
    'select',
    {
      class: 'person-language',
      'aria-label': t('languageOfPerson'),
      on: { change: () => act(phone, 'language', { language: parts.language.value }) },
    },
    languages.map(([code]) => element('option', { value: code, text: code, selected: code === person.language })),
  )
  const items = () => [
    [t('startWithCode'), () => startWithCode(phone)],
    [t(person.blocked ? 'unblock' : 'block'), () => act(phone, 'block', { blocked: !person.blocked })],
    ...(areHintsHidden() ? [[t('hintsBack'), () => showHints(phone)]] : []),
    ...(desk.canReset() ? [[t('reset'), () => beginAnew(phone), t('resetAbout')]] : []),
  ]
  return element('header', { class: 'phone-head' }, [
    element('span', { class: 'avatar' }, icon(person.role)),
    element('div', { class: 'who' }, element('h2', { text: t(person.role) }), parts.status),
    parts.language,
    menuButton(t('more'), icon('more'), items),
  ])
}

async function act(phone, path, body) {
  try {
    await post(`/people/${phone.person.id}/${path}`, body)
    return true
  } catch (error) {
    phone.desk.complain(error)
    return false
  }
}

function apply(phone, event) {
  if (event.type === 'message' || event.type === 'edit') show(phone, event.message)
  if (event.type === 'delete') remove(phone, event.messageId)
  if (event.type === 'toast') toast(phone, event.toast)
  if (event.type === 'action') typing(phone, event.action)
  if (event.type === 'state') {
    Object.assign(phone.person, event.state)
    refresh(phone)
  }
}

function toNewest({ parts: { log } }) {
  log.scrollTop = log.scrollHeight
}

async function beginAnew(phone) {
  toast(phone, { text: phone.desk.t('resetting') })
  if (await act(phone, 'reset', {})) toast(phone, { text: phone.desk.t('resetDone') })
}

/** A link with a code opens the bot with it, also in a chat that is under way. */
function startWithCode(phone) {
  phone.parts.foot.replaceChildren(codeForm(phone))
  phone.stage = 'code'
  phone.parts.foot.querySelector('input').focus()
}

function show(phone, message) {
  const { log } = phone.parts
  const isAtEnd = isNearEnd(log)
  const before = phone.messages.get(message.id)
  const place = before ? focusedKey(before) : -1
  const node = messageView(message, phone.desk.t, {
    press: (button, key) => press(phone, message, button, key),
    command: (text) => act(phone, 'text', { text }),
  })
  if (before) before.replaceWith(node)
  else log.append(node)
  node.querySelector('img')?.addEventListener('load', () => isNearEnd(log) && toNewest(phone), { once: true })
  phone.messages.set(message.id, node)
  if (place >= 0) restoreFocus(phone, node, place)
  if (message.by === 'bot') endTyping(phone)
  if (!phone.person.open && message.by === 'person') phone.person.open = true
  if (isAtEnd || message.by === 'person') toNewest(phone)
  if (phone.messages.size === 1) refresh(phone)
  if (phone.lostFocus && message.by === 'bot') takeFocus(phone, node)
}

/** The message that was worked in is gone: its place is taken by the one that comes next. */
function takeFocus(phone, node) {
  phone.lostFocus = false
  if (document.activeElement !== document.body && document.activeElement !== phone.parts.log) return
  const key = node.querySelector('.key')
  if (key) key.focus()
  else phone.parts.log.focus()
}

/** Number of the focused button within a message, or -1. */
const focusedKey = (node) => [...node.querySelectorAll('.key')].indexOf(document.activeElement)

/** An edit must not throw a keyboard user out of the message they are working in. */
function restoreFocus(phone, node, place) {
  const keys = [...node.querySelectorAll('.key')]
  const key = keys[Math.min(place, keys.length - 1)]
  if (!key) {
    phone.parts.log.focus()
    return
  }
  for (const other of keys) other.tabIndex = other === key ? 0 : -1
  key.focus()
}

function remove(phone, messageId) {
  const node = phone.messages.get(messageId)
  if (node === undefined) return
  const hadFocus = node.contains(document.activeElement)
  node.remove()
  phone.messages.delete(messageId)
  if (!hadFocus) return
  const newest = [...phone.messages.values()].at(-1)
  phone.lostFocus = newest?.querySelector('.key') === null
  if (phone.lostFocus) phone.parts.log.focus()
  else takeFocus(phone, newest)
}

async function press(phone, message, button, key) {
  if (button.copy_text) {
    await navigator.clipboard?.writeText(button.copy_text.text)
    toast(phone, { text: phone.desk.t('copied') })
    return
  }
  if (button.callback_data === undefined) return
  setWaiting(phone, key)
  const isSent = await act(phone, 'press', { message: message.id, data: button.callback_data })
  if (!isSent) setWaiting(phone, null)
}

function setWaiting(phone, key) {
  phone.waiting?.classList.remove('waiting')
  phone.waiting = key
  key?.classList.add('waiting')
}

function toast(phone, { text, alert }) {
  setWaiting(phone, null)
  if (!text) return
  const { toast: node } = phone.parts
  const hide = () => {
    node.hidden = true
  }
  node.replaceChildren(text)
  node.classList.toggle('alert', Boolean(alert))
  if (alert)
    node.append(element('button', { type: 'button', class: 'toast-ok', text: phone.desk.t('ok'), on: { click: hide } }))
  node.hidden = false
  clearTimeout(phone.toastTimer)
  if (!alert) phone.toastTimer = setTimeout(hide, 3500)
}

/** Telegram shows an action for about five seconds. */
function typing(phone, action) {
  const { typing: node } = phone.parts
  node.replaceChildren(
    element('i'),
    element('i'),
    element('i'),
    phone.desk.t(action.startsWith('upload') ? 'uploading' : 'typing'),
  )
  node.hidden = false
  clearTimeout(phone.typingTimer)
  phone.typingTimer = setTimeout(() => endTyping(phone), 5000)
}

function endTyping(phone) {
  clearTimeout(phone.typingTimer)
  phone.parts.typing.hidden = true
}

/** Draws what depends on the state of the chat: who may write, and with what. */
function refresh(phone) {
  const { person, desk, parts } = phone
  const { t } = desk
  phone.node.classList.toggle('blocked', person.blocked)
  parts.status.textContent = t(person.blocked ? 'blocked' : 'withSerik')
  parts.language.value = person.language
  const rows = person.blocked ? [] : (person.inputKeyboard ?? [])
  parts.quick.replaceChildren(
    ...(rows.length > 0 ? [keyboard(rows, t('quickReplies'), (button) => quickReply(phone, button))] : []),
  )
  const stage = person.blocked ? 'blocked' : person.open ? 'open' : 'new'
  drawEmpty(phone)
  if (phone.stage === stage) return
  const hadFocus = parts.foot.contains(document.activeElement)
  phone.stage = stage
  parts.foot.replaceChildren(stage === 'open' ? composer(phone) : starter(phone))
  if (hadFocus) focusFoot(phone)
  drawHints(phone)
}

function focusFoot({ parts }) {
  parts.foot.querySelector('textarea, .start')?.focus({ preventScroll: true })
}

/** In the language of the chat, which need not be that of the page. */
function drawHints(phone) {
  const { desk, parts, person, stage } = phone
  const language = desk.languageOf(person.id)
  const look = stage !== 'open' || areHintsHidden() ? '' : language
  if (parts.hints.dataset.look === look) return
  parts.hints.dataset.look = look
  if (look === '') return parts.hints.replaceChildren()
  const acts = { write: (text) => act(phone, 'text', { text }), evening: desk.evening(), hide: () => dropHints(phone) }
  parts.hints.replaceChildren(hintsView({ language, words: desk.wordsIn(language), t: desk.t }, acts))
}

function dropHints(phone) {
  hideHints()
  phone.desk.drawHints()
  focusFoot(phone)
}

function showHints(phone) {
  bringHintsBack()
  phone.desk.drawHints()
}

/** What the bot says of itself stands in a chat before its first message. */
function drawEmpty({ person, desk, parts, messages }) {
  parts.log.querySelector('.empty')?.remove()
  if (messages.size > 0) return
  parts.log.append(element('p', { class: 'empty', text: person.description || desk.t('emptyChat') }))
}

function quickReply(phone, button) {
  if (button.request_contact) act(phone, 'send', { kind: 'contact' })
  else if (button.request_location) act(phone, 'send', { kind: 'location' })
  else act(phone, 'text', { text: button.text })
}

function starter(phone) {
  const { t } = phone.desk
  if (phone.person.blocked) {
    const unblock = () => act(phone, 'block', { blocked: false })
    return element('button', { type: 'button', class: 'start', text: t('unblock'), on: { click: unblock } })
  }
  const start = () => act(phone, 'start', { payload: '' })
  return element('button', { type: 'button', class: 'start', text: t('start'), on: { click: start } })
}

function codeForm(phone) {
  const { t } = phone.desk
  const field = payloadField(phone)
  const leave = () => {
    phone.stage = ''
    refresh(phone)
  }
  const submit = async (event) => {
    event.preventDefault()
    if (await act(phone, 'start', { payload: codeIn(field.value) })) leave()
  }
  return element('form', { class: 'starter', on: { submit } }, [
    element('label', { class: 'payload' }, element('span', { text: t('payload') }), field),
    element('div', { class: 'starter-row' }, [
      element('button', { type: 'button', class: 'start quiet', text: t('cancel'), on: { click: leave } }),
      element('button', { class: 'start', text: t('start') }),
    ]),
  ])
}

/** A link may be pasted whole, as `serik invite` prints it. */
const codeIn = (written) => written.trim().replace(/^\S+[?&]start=/, '')

function payloadField(phone) {
  const { t } = phone.desk
  return element('input', {
    type: 'text',
    maxlength: 256,
    required: true,
    pattern: '\\s*(\\S+[?&]start=)?[A-Za-z0-9_\\-]{1,64}\\s*',
    placeholder: t('payloadHint'),
    title: t('payloadHint'),
    autocomplete: 'off',
    spellcheck: 'false',
  })
}

function composer(phone) {
  const { t } = phone.desk
  const label = t('writeMessage')
  const field = element('textarea', { rows: 1, 'aria-label': label, placeholder: label, maxlength: 4096 })
  const submit = async (event) => {
    event?.preventDefault()
    const text = field.value.trim()
    if (text === '') return
    field.value = ''
    growWithText(field)
    if (!(await act(phone, 'text', { text }))) field.value = text
  }
  field.addEventListener('input', () => growWithText(field))
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) submit(event)
  })
  return element('form', { class: 'composer', on: { submit } }, [
    menuButton(t('commands'), icon('commands'), () => commandItems(phone)),
    field,
    attachments(phone),
    element('button', { class: 'round send', 'aria-label': t('send'), title: t('send') }, icon('send')),
  ])
}

/** Grows with the text, up to about six lines. */
function growWithText(field) {
  field.rows = Math.min(6, Math.max(1, field.value.split('\n').length, Math.ceil(field.value.length / 30)))
}

async function commandItems(phone) {
  const commands = await get(`/people/${phone.person.id}/commands`)
  if (commands.length === 0) return [phone.desk.t('noCommands')]
  return commands.map(({ command, description }) => [
    `/${command}`,
    () => act(phone, 'text', { text: `/${command}` }),
    description,
  ])
}

const attachable = ['sticker', 'voice', 'photo', 'forward', 'location', 'contact']

function attachments(phone) {
  const { t } = phone.desk
  const chooser = element('input', { type: 'file', hidden: true, tabindex: -1, 'aria-hidden': 'true' })
  chooser.addEventListener('change', () => {
    const [file] = chooser.files
    if (!file) return
    const form = new FormData()
    form.append('file', file)
    chooser.value = ''
    act(phone, 'file', form)
  })
  const items = () => [
    ...attachable.map((kind) => [t(kind), () => act(phone, 'send', { kind })]),
    [t('file'), () => chooser.click()],
  ]
  return element('div', { class: 'attachments' }, menuButton(t('attach'), icon('attach'), items), chooser)
}
