import type { Person } from '../../flows/common/person.ts'
import type { Message } from '../../flows/kit/words.ts'
import {
  type Commit,
  type Dialogue,
  type DialogueStore,
  type Fact,
  type Presenter,
  type Showing,
  stackLimit,
} from '../../src/engine/ports.ts'

/** A store that forgets everything with the test, with the rules of the real one. */
export function createMemoryStore() {
  const dialogues = new Map<number, Dialogue>()
  const people = new Map<number, Person>()
  const facts: (Fact & { chatId: number })[] = []
  const archived: unknown[] = []
  const commits: Commit[] = []
  const store: DialogueStore = {
    async load(chatId) {
      // A copy by way of JSON, as a database gives it.
      return structuredClone({ dialogue: dialogues.get(chatId), person: people.get(chatId) })
    },
    async commit(commit) {
      const { chatId, revision, stack } = commit.dialogue
      if (JSON.stringify(stack).length > stackLimit) throw new Error('too large')
      if ((dialogues.get(chatId)?.revision ?? 0) !== revision - 1) return false
      dialogues.set(chatId, JSON.parse(JSON.stringify(commit.dialogue)))
      if (commit.person !== undefined) people.set(chatId, commit.person)
      facts.push(...commit.facts.map((fact) => ({ ...fact, chatId })))
      archived.push(...commit.archived)
      commits.push(commit)
      return true
    },
    async markShown({ chatId, revision, message }) {
      const row = dialogues.get(chatId)
      if (row !== undefined)
        dialogues.set(chatId, { ...row, shown: Math.max(row.shown, revision), ...(message && { message }) })
      return undefined
    },
    async unshown(limit) {
      return [...dialogues.values()]
        .filter((row) => row.shown < row.revision)
        .map((row) => row.chatId)
        .slice(0, limit)
    },
  }
  return { store, dialogues, people, facts, archived, commits }
}

/** A presenter that remembers what it was asked to show and to say. */
export function createMemoryPresenter() {
  const showings: Showing[] = []
  const answers: { query: string; say: Message | undefined }[] = []
  const sends: { chatId: number; name: string }[] = []
  const retired: { chatId: number; id: number; how: string }[] = []
  let messages = 0
  const presenter: Presenter = {
    async answer(query, say) {
      answers.push({ query, say })
    },
    async show(showing) {
      showings.push(showing)
      return showing.message !== undefined && !showing.fresh ? showing.message : { id: ++messages, kind: 'text' }
    },
    async send(effect, world) {
      sends.push({ chatId: world.chatId, name: effect.name })
    },
    async retire(chatId, { id }, how) {
      retired.push({ chatId, id, how })
    },
  }
  return { presenter, showings, answers, sends, retired }
}
