import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { help } from '../../flows/help/index.ts'
import { createFlows } from '../../flows/index.ts'
import { walkFlows } from '../../flows/kit/compile.ts'
import type { Flow } from '../../flows/kit/flow.ts'
import { type Button, button, go, screen } from '../../flows/kit/screen.ts'
import { createReadOnce } from '../../src/base/read-once.ts'
import { checkContent } from '../../src/capabilities/check-content.ts'

const root = new URL('../../', import.meta.url)
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'serik-content-'))
  for (const part of ['locales', 'flows', 'prisma/seed'])
    cpSync(fileURLToPath(new URL(part, root)), join(folder, part), { recursive: true })
})
afterEach(() => rmSync(folder, { recursive: true }))

const check = () => checkContent(createReadOnce(pathToFileURL(`${folder}/`)))
const change = (file: string, how: (text: string) => string) =>
  writeFileSync(join(folder, file), how(readFileSync(join(folder, file), 'utf8')))

const workstyle = `
id: workstyle
version: 1
scoring: rating
scales: [T, P]
answers: { from: 1, to: 7 }
items: [{ id: T1, scale: T }, { id: P1, scale: P }]
forms: { quick: [T1, P1], rest: [] }
`
const ofEachAnswer = Object.fromEntries([1, 2, 3, 4, 5].map((value) => [value, `answer ${value}`]))
const words = {
  name: 'Style',
  about: 'A test.',
  picture: 'A picture',
  lead: {
    clear: '{{first}}',
    likely: '{{first}}, {{second}}',
    close: '{{names}}',
    many: '{{names}}',
    faint: '{{names}}',
  },
  flat: { low: 'h', high: 'i' },
  liked: '{{items}}',
  card: 'A card',
  rate: ofEachAnswer,
  meaning: ofEachAnswer,
  said: ofEachAnswer,
  ends: { low: 'f', high: 'g' },
  scales: Object.fromEntries(
    ['T', 'P'].map((scale) => [scale, { name: 'a', next: { school: 'c', study: 'd', work: 'e' } }]),
  ),
  items: { T1: 'One', P1: 'Two' },
}
const writeWords = (given: object) => {
  for (const language of ['kk', 'ru', 'en'])
    writeFileSync(join(folder, `locales/${language}/workstyle.json`), JSON.stringify(given))
}

describe('content is looked through before anything is opened', () => {
  test('and that of the project is whole', async () => {
    expect(await check()).toContain('instruments: 1')
  })

  test('an instrument without words is told by the files it wants', async () => {
    writeFileSync(join(folder, 'flows/survey/instruments/workstyle.yaml'), workstyle)
    await expect(check()).rejects.toThrow(
      'locales/kk/workstyle.json is not there: write the words of "workstyle" in it',
    )
  })

  test('an instrument that lacks a word in every language is told by the word', async () => {
    writeFileSync(join(folder, 'flows/survey/instruments/workstyle.yaml'), workstyle.replace('to: 7', 'to: 5'))
    writeWords({ ...words, items: { T1: 'One' } })
    await expect(check()).rejects.toThrow('locales/en/workstyle.json: items.P1 is missing: add the words')
    writeWords(words)
    expect(await check()).toContain('instruments: 2')
  })

  test('an instrument with answers that have no face is told', async () => {
    writeFileSync(join(folder, 'flows/survey/instruments/workstyle.yaml'), workstyle)
    writeWords(words)
    await expect(check()).rejects.toThrow('locales/kk/workstyle.json: rate.6 is missing')
  })

  test('an image whose maker is not there is told', async () => {
    const picture = { type: 'image', maker: 'nobody', data: {}, title: { key: 'help:title' } } as const
    const reading = () => ({ ...screen({ key: 'help:title' }), picture })
    await expect(
      checkContent(createReadOnce(root), withHelp({ screens: { ...help.screens, reading } })),
    ).rejects.toThrow('drawn by "nobody", which is no maker')
  })

  test('a command of the menu without words is told, and one that stands in no menu needs none', async () => {
    const commands = { ...help.commands, more: { place: 90 } }
    const told = checkContent(createReadOnce(root), withHelp({ commands }))
    await expect(told).rejects.toThrow('locales/kk/help.json: command.more is missing: add the words')
    await expect(told).rejects.toThrow('locales/en/help.json: command.more is missing: add the words')
    expect(await checkContent(createReadOnce(root), withHelp({ commands: { ...help.commands, more: {} } }))).toContain(
      'languages: 3',
    )
  })

  test('a list of what people call a flow is told where it is not there', async () => {
    const told = checkContent(createReadOnce(root), withHelp({ called: { ...help.called, nonsense: {} } }))
    await expect(told).rejects.toThrow('locales/kk/help.json: called.nonsense is missing: add the words')
  })

  test('many faults are told in part', async () => {
    change('locales/ru/riasec.json', () => '{}')
    await expect(check()).rejects.toThrow(/riasec\.json: name is missing[\s\S]*- and \d+ more$/)
  })

  test.each<[string, string, (text: string) => string, RegExp]>([
    [
      'a broken locale',
      'locales/kk/home.json',
      (text) => text.replace('{\n', '{\n,\n'),
      /home\.json needs correcting:\n- line 2: not readable as JSON: /,
    ],
    [
      'a locale cut off',
      'locales/kk/home.json',
      (text) => text.slice(0, 200),
      /home\.json needs correcting:\n- line \d+: not readable as JSON/,
    ],
    ['a locale of no words', 'locales/kk/home.json', () => 'null', /home\.json holds no words: write an object/],
    [
      'a word that is no text',
      'locales/ru/home.json',
      (text) => text.replace('{', '{"x": 5,'),
      /ru\/home\.json: x is not a text/,
    ],
    [
      'broken markup',
      'locales/en/help.json',
      (text) => text.replace('": "', '": "<b>'),
      /en\/help\.json: \w+ does not close <b>/,
    ],
    [
      'a list of danger in another shape',
      'flows/help/danger/rules/en.yaml',
      () => '[]',
      /rules\/en\.yaml needs correcting:\n- line 1, the whole file: /,
    ],
    [
      'a rule of danger',
      'flows/help/danger/rules/en.yaml',
      (text) => text.replace(/(\nlevel_one:\n *self:\n)( *)-/, `$1$2- '"~ x"'\n$2-`),
      /rules\/en\.yaml needs correcting:\n- line \d+, level_one\.self\.0: must begin and end with a word/,
    ],
    [
      'a field of an instrument',
      'flows/survey/instruments/riasec.yaml',
      (text) => text.replace(/^version:.*/m, 'version: x'),
      /riasec\.yaml needs correcting:\n- line \d+, version: /,
    ],
    [
      'an instrument that is no YAML',
      'flows/survey/instruments/riasec.yaml',
      () => 'a: [1',
      /riasec\.yaml needs correcting:\n- line 1: not readable as YAML: /,
    ],
    [
      'an instrument by another name',
      'flows/survey/instruments/riasec.yaml',
      (text) => text.replace(/^id:.*/m, 'id: other'),
      /riasec\.yaml needs correcting:\n- line \d+, id: is "other"/,
    ],
  ])('%s is told with its file and place', async (_, file, how, message) => {
    change(file, how)
    await expect(check()).rejects.toThrow(message)
    await expect(check()).rejects.toMatchObject({ name: 'ContentError' })
  })

  test('a language that is not there is told', async () => {
    renameSync(join(folder, 'locales/kk'), join(folder, 'locales/xx'))
    await expect(check()).rejects.toThrow(/The folder .*locales\/kk\/ cannot be read: put the words/)
  })
})

/** The flows of the project, help being another. */
function withHelp(change: Partial<Flow>): typeof createFlows {
  return (content) => createFlows(content).map((flow) => (flow.id === 'help' ? { ...help, ...change } : flow))
}

describe('a button', () => {
  const withButton = (of: Button): Flow => ({
    ...help,
    screens: { ...help.screens, reading: ({ t }) => screen(t('title'), [of]) },
  })
  const problems = (of: Button) => walkFlows([withButton(of)]).problems.join()
  const label = { key: 'help:back' }

  test('with an event that the machine does not know is found', () => {
    expect(problems(button(label, { type: 'NOWHERE' }))).toMatch(/flow "help", screen "reading": .* no event "NOWHERE"/)
  })

  test('with no event is found', () => {
    // Past the types, as in a flow that was not checked.
    expect(problems(button(label, undefined as never))).toMatch(/screen "reading": the button "help:back" has no event/)
  })

  test('whose press does nothing is found', () => {
    const { machine } = help
    const knowing = Object.assign(Object.create(machine), { events: [...machine.events, 'DEAF'] })
    const flow: Flow = { ...withButton(button(label, { type: 'DEAF' })), machine: knowing }
    expect(walkFlows([flow]).problems).toContain(
      'flow "help": state "reading" does nothing when its button "DEAF" is pressed',
    )
  })

  test('that opens no flow is found', () => {
    expect(problems(button(label, go.open('nowhere')))).toMatch(/"reading" opens "nowhere", which is no flow/)
  })

  test('dates where they stood in earlier versions are not passed over in silence', async () => {
    mkdirSync(join(folder, 'prisma/seed/calendar'))
    writeFileSync(join(folder, 'prisma/seed/calendar/grants-2027.yaml'), '')
    await expect(check()).rejects.toThrow(/grants-2027\.yaml in .* move it to flows\/campaigns\/calendar/)
  })
})
