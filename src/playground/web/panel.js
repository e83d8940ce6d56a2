import { element, icon } from './dom.js'

const mostCalls = 120

/** The side panel: where the active chat stands, what its last turn did, and what went over the wire. */
export function panelView(node, desk) {
  const panel = { node, desk, turns: new Map(), calls: [], activeId: 0, onlyActive: false, planned: false }
  return {
    turn: (turn) => {
      panel.turns.set(turn.chatId, turn)
      plan(panel)
    },
    call: (call) => {
      if (call.method === 'getUpdates' && call.outcome === 'ok') return
      panel.calls.unshift(call)
      panel.calls.length = Math.min(panel.calls.length, mostCalls)
      plan(panel)
    },
    activate: (id) => {
      panel.activeId = id
      plan(panel)
    },
    clear: () => {
      panel.turns.clear()
      panel.calls = []
      plan(panel)
    },
    toggle: () => {
      node.hidden = !node.hidden
      plan(panel)
      return !node.hidden
    },
    redraw: () => plan(panel),
  }
}

/** However many events come, one drawing a frame. */
function plan(panel) {
  if (panel.planned || panel.node.hidden) return
  panel.planned = true
  requestAnimationFrame(() => {
    panel.planned = false
    draw(panel)
  })
}

function draw(panel) {
  const { t } = panel.desk
  const turn = panel.turns.get(panel.activeId)
  const open = new Set([...panel.node.querySelectorAll('details[open]')].map((node) => node.dataset.key))
  panel.node.setAttribute('aria-label', t('panel'))
  panel.node.replaceChildren(
    element('div', { class: 'panel-head' }, [
      element('h2', { text: `${t('panel')} · ${panel.activeId}` }),
      element(
        'button',
        {
          type: 'button',
          class: 'round',
          'aria-label': t('close'),
          title: t('close'),
          on: { click: () => panel.desk.closePanel() },
        },
        icon('close'),
      ),
    ]),
    section(t('state'), stackView(turn, t)),
    section(t('effects'), effectsView(turn, t)),
    section(t('calls'), callsView(panel)),
  )
  for (const node of panel.node.querySelectorAll('details')) node.open = open.has(node.dataset.key) || node.open
}

const section = (title, ...children) => element('section', {}, element('h3', { text: title }), children)

function stackView(turn, t) {
  if (!turn) return note(t('noState'))
  const frames = turn.stack.map((frame, depth) =>
    details(
      `frame-${depth}`,
      [`${frame.flow} `, element('b', { text: nameOfState(frame.value) })],
      frame.context,
      depth === turn.stack.length - 1,
    ),
  )
  return [
    note(t('turn', { revision: turn.revision, milliseconds: Math.round(turn.milliseconds * 10) / 10 })),
    ...frames,
  ]
}

const nameOfState = (value) => (typeof value === 'string' ? value : JSON.stringify(value))

function effectsView(turn, t) {
  if (!turn || turn.effects.length === 0) return note(t('noEffects'))
  return turn.effects.map((effect, index) =>
    details(`effect-${index}`, [`${effect.type} `, element('b', { text: effect.name })], effect.data, false),
  )
}

function callsView(panel) {
  const { t } = panel.desk
  const flip = (event) => {
    panel.onlyActive = event.currentTarget.checked
    plan(panel)
  }
  const filter = element('label', { class: 'filter' }, [
    element('input', { type: 'checkbox', checked: panel.onlyActive, on: { change: flip } }),
    ` ${t('onlyThisChat')}`,
  ])
  const calls = panel.calls.filter((call) => !panel.onlyActive || call.chatId === panel.activeId)
  return [filter, ...(calls.length > 0 ? calls.map(callView) : [note(t('noCalls'))])]
}

function callView(call) {
  const title = [
    element('span', { class: `code ${call.outcome}`, text: call.outcome === 'dropped' ? '×' : String(call.code) }),
    ` ${call.method} `,
    element('small', { text: [call.chatId, `${call.milliseconds} ms`].filter(Boolean).join(' · ') }),
  ]
  const content = call.description ? { description: call.description, ...call.payload } : call.payload
  return details(`call-${call.number}`, title, content, false)
}

const details = (key, title, content, open) =>
  element(
    'details',
    { open, data: { key } },
    element('summary', {}, title),
    element('pre', { text: JSON.stringify(content, null, 2) }),
  )

const note = (text) => element('p', { class: 'note', text })
