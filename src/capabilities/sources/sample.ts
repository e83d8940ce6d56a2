import type { PlannedSource } from './planned.ts'
import { createPostingPages } from './readers/posting-pages.ts'

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
  return { source, on: true, every: minute, privateHosts: [new URL(url).hostname], pause: 0 }
}
