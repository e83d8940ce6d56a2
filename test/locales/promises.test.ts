import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readWords } from '../support/words.ts'

const root = new URL('../../', import.meta.url)

/** Files that ask for a person's region, keep it or show it, name regions for a calendar's zone, or speak of a vacancy's or an institution's. */
const asking =
  /^(flows\/(common|settings|kit|announcements|announcing|onboarding(?=\/migrations)|vacancies|alerts|applications|fairs|fairmaking|offers|groups|institutions)|src\/(store|playground\/employer|capabilities\/(privacy|groups|vacancies|alerts|fairs|offers|sources|announcements)))\//

test('the region is said to be used for the town of a CV, for work, fairs and messages nearby, and for nothing else', async () => {
  const words = await readWords()
  const why = (language: 'kk' | 'ru' | 'en') => words.plain({ key: 'settings:region.why' }, language)
  expect(why('kk')).toMatch(/Түйіндемеде.*маңайдағы жұмыс пен жәрмеңке.*хабарлама/)
  expect(why('ru')).toMatch(/резюме.*работу и ярмарки рядом.*сообщения/)
  expect(why('en')).toMatch(/CV.*work and job fairs near you.*messages/)
  const files = ['flows', 'src'].flatMap((folder) =>
    readdirSync(new URL(`${folder}/`, root), { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
  )
  const using = files
    .filter((file) => file.endsWith('.ts') && !asking.test(file))
    .filter((file) => /\bregion\b/.test(readFileSync(new URL(file, root), 'utf8')))
  expect(using, 'say in region.why what it is used for').toEqual([])
})
