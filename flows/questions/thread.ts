import { zone } from '../common/regions.ts'
import { button } from '../kit/screen.ts'
import { type Message, quoted, translator } from '../kit/words.ts'
import type { Entry } from './contract.ts'
import { unlinked } from './question.ts'

/** Signs of what was said on one page of a thread; a longer word has a page of its own. */
const pageLength = 600

const t = translator('questions')

/** The words of a thread in pages, in their order. */
export function pagesOf(entries: readonly Entry[]): readonly (readonly Entry[])[] {
  const pages: Entry[][] = []
  let length = 0
  for (const entry of entries) {
    const own = [...entry.said.text].length
    const last = pages.at(-1)
    if (last !== undefined && length + own <= pageLength) {
      last.push(entry)
      length += own
    } else {
      pages.push([entry])
      length = own
    }
  }
  return pages
}

/** A page of a thread that there is: the wanted one, or the last. */
export function pageIn(entries: readonly Entry[], wanted: number) {
  const pages = pagesOf(entries)
  const page = Math.max(0, Math.min(wanted, pages.length - 1))
  return { page, pages: Math.max(1, pages.length), entries: pages[page] ?? [] }
}

/** The page that whoever comes sees first: the last. */
export function lastPage(entries: readonly Entry[]): number {
  return Math.max(0, pagesOf(entries).length - 1)
}

/** One word of it: who said it and when, what, and whether a file is there. `own` says whose side the reader is on. */
export function entryLines({ from, by, at, said }: Entry, own: 'member' | 'mentor'): Message[] {
  const day = { moment: at, zone, style: 'datetime' as const }
  const head =
    by === null ? t(`head.${own}.${from}`, { day }) : t('head.named', { by, day, from: t(`head.as.${from}`) })
  const text = from === 'member' ? unlinked(said.text) : said.text
  return [head, ...(text === '' ? [] : [quoted(text)]), ...(said.file === null ? [] : [t(`replied.${said.file}`)])]
}

/** The ways to the files on a page. */
export function fileButtons(entries: readonly Entry[]) {
  return entries.flatMap(({ id, said: { file } }) =>
    file === null ? [] : [[button(t(`file.${file}`), { type: 'FILE' as const, entry: id })]],
  )
}
