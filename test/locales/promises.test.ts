import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readWords } from '../support/words.ts'

const root = new URL('../../', import.meta.url)

/** Files that ask for a person's region, keep it or show it, name regions for a calendar's zone, or speak of a vacancy's. */
const asking =
  /^(flows\/(common|settings|kit|onboarding(?=\/migrations))|flows\/vacancies|src\/(store|capabilities\/(privacy|vacancies)))\//

test('the region is said to be used nowhere, and is', async () => {
  const words = await readWords()
  const why = (language: 'kk' | 'ru' | 'en') => words.plain({ key: 'settings:region.why' }, language)
  expect(why('kk')).toContain('Өңіріңіз әзірге еш жерде қолданылмайды')
  expect(why('ru')).toContain('Пока регион нигде не используется')
  expect(why('en')).toContain('Your region is not used for anything yet')
  const files = ['flows', 'src'].flatMap((folder) =>
    readdirSync(new URL(`${folder}/`, root), { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
  )
  const using = files
    .filter((file) => file.endsWith('.ts') && !asking.test(file))
    .filter((file) => /\bregion\b/.test(readFileSync(new URL(file, root), 'utf8')))
  expect(using, 'say in region.why what it is used for').toEqual([])
})
