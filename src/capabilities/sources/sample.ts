import type { PlannedSource } from './planned.ts'
import { createPostingPages } from './readers/posting-pages.ts'
import type { Source, SourceEvent } from './readers/source.ts'

const minute = 60_000

/**
 * The employer of the playground: pages of this machine, read every minute, marked as a sample by the name of the source.
 * No real bot is given it.
 */
export function createSampleSource({ url }: { readonly url: string }): PlannedSource {
  const pages = createPostingPages({
    name: 'sample',
    language: null,
    list: `${url}/employer/vacancies?page={page}`,
    cards: '/employer/vacancies/*',
    most: { cards: 100, lists: 10 },
    mayBeEmpty: true,
  })
  const source: Source = { ...pages, read: (since, tools) => withNumbers(pages.read(since, tools)) }
  return { source, on: true, every: minute, privateHosts: [new URL(url).hostname], pause: 0 }
}

/** The page of a changed offer has another address, so that it is read again; one that is gone is known by its number. */
async function* withNumbers(events: AsyncIterable<SourceEvent>): AsyncGenerator<SourceEvent> {
  for await (const event of events) yield event.type === 'gone' ? { ...event, id: numberIn(event.url) } : event
}

function numberIn(url: string | null): string | null {
  return url === null ? null : (new URL(url).pathname.split('/').at(-1) ?? null)
}
