import type { PlannedSource } from './planned.ts'
import { createPostingPages } from './readers/posting-pages.ts'
import type { SourceEvent } from './readers/source.ts'

const minute = 60_000

/**
 * The employer of the playground: pages of this machine, read every minute, marked as a sample by their name. No real bot
 * is given it.
 */
export function createSampleSource({ url }: { readonly url: string }): PlannedSource {
  const source = createPostingPages({
    name: 'sample',
    language: null,
    list: `${url}/employer/vacancies?page={page}`,
    cards: '/employer/vacancies/*',
    most: { cards: 100, lists: 10 },
    mayBeEmpty: true,
  })
  return {
    source: { ...source, read: (since, tools) => withNumbers(source.read(since, tools)) },
    on: true,
    every: minute,
    privateHosts: [new URL(url).hostname],
    pause: 0,
  }
}

/** What was closed has another address than when it was read, with the same number in it. */
async function* withNumbers(events: AsyncIterable<SourceEvent>): AsyncGenerator<SourceEvent> {
  for await (const event of events) {
    const url = event.type === 'gone' ? event.url : null
    yield url === null ? event : { type: 'gone', id: new URL(url).pathname.split('/').at(-1) ?? null, url }
  }
}
