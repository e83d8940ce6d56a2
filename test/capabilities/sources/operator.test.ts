import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { Registry } from 'prom-client'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { checkSources } from '../../../src/capabilities/sources/checkups.ts'
import { addSources } from '../../../src/capabilities/sources/commands.ts'
import { sourceJobs } from '../../../src/capabilities/sources/job.ts'
import { createSourceMetrics } from '../../../src/capabilities/sources/metrics.ts'
import { readPlans } from '../../../src/capabilities/sources/plan.ts'
import { createReadingTools } from '../../../src/capabilities/sources/reading.ts'
import { createSampleSource } from '../../../src/capabilities/sources/sample.ts'
import { noCounts } from '../../../src/capabilities/sources/states.ts'
import { readConfig, root } from '../../../src/config.ts'
import type { Store } from '../../../src/store/open.ts'
import { createSqlite, type TestDatabase, testKey } from '../../support/databases.ts'
import { answer, openSite } from './readers/world.ts'

const feed = '<?xml version="1.0"?><jobs><job id="1"><name>Cook</name></job><job id="2"></job></jobs>'
const nothing = { contact: undefined, headHunterToken: undefined, sources: [] }

let database: TestDatabase
let store: Store
let folder: string
let site: Awaited<ReturnType<typeof openSite>>
beforeAll(async () => {
  database = await createSqlite()
  store = await database.open()
})
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'serik-sources-'))
  site = await openSite({ '/good.xml': feed, '/bad.xml': answer(403, {}, 'no') })
  await store.prisma.vacancySource.deleteMany()
  await store.prisma.vacancy.deleteMany()
  await store.prisma.vacancySighting.deleteMany()
})
afterEach(async () => {
  rmSync(folder, { recursive: true, force: true })
  await site.close()
})
afterAll(() => database.drop())

const source = (name: string, on: boolean) =>
  `  - { name: ${name}, kind: jooble, on: ${on}, url: "${site.url}/${name}.xml", privateHosts: [127.0.0.1] }`

const settings = (...lines: string[]) => {
  const file = join(folder, 'sources.yaml')
  writeFileSync(file, ['sources:', ...lines, ''].join('\n'))
  const bot = { BOT_TOKEN: '7000001:a_token_of_the_tests_for_no_bot_at_all', DATABASE_URL: database.url }
  const variables = { ...bot, SERIK_DATA_KEY: testKey.toString('hex'), SOURCES_FILE: file }
  return readConfig({ ...variables, SOURCES_CONTACT: 'me@example.org' })
}

const run = async (config: ReturnType<typeof settings>, ...words: string[]) => {
  const lines: string[] = []
  const failures: string[] = []
  const program = new Command('serik').exitOverride().configureOutput({ writeErr: (text) => failures.push(text) })
  addSources(program, {
    ...{ root, config: () => config, clock: database.clock },
    write: (line) => lines.push(line),
    fail: (message) => failures.push(message),
  })
  await program.parseAsync(['sources', ...words], { from: 'user' })
  return { lines, failures }
}

describe('serik sources', () => {
  test('runs one now, tells what became of it, and lists how all stand', async () => {
    const config = settings(source('good', true), source('bad', true), source('off', false))
    const good = await run(config, 'run', 'good')
    expect(good.failures).toEqual([])
    expect(good.lines.at(-1)).toBe('stored 1, changed 0, unchanged 0, merged 0, refused 1, gone 0')
    expect(good.lines.join('\n')).toContain('no title')
    const bad = await run(config, 'run', 'bad')
    expect(bad.failures.join()).toMatch(/bad: .*does not let us in \(403\).*Ask its owners/)
    const { lines } = await run(config)
    expect(lines[0]).toMatch(/^NAME +KIND +STATE +LAST GOOD +LAST RUN +NEXT +STORED/)
    expect(lines.find((line) => line.startsWith('good'))).toMatch(/^good +jooble +well .* 1 +0 +0 +0 +1 +0$/)
    expect(lines.find((line) => line.startsWith('bad'))).toMatch(/^bad +jooble +failing +- /)
    expect(lines.find((line) => line.startsWith('  blocked'))).toMatch(/1 in a row: .*403/)
    expect(lines.find((line) => line.startsWith('off'))).toMatch(/^off +jooble +off +- +- +-/)
  })

  test('a name that is not there is told with those that are', async () => {
    const { failures } = await run(settings(source('good', true)), 'run', 'nowhere')
    expect(failures.join()).toBe('No source is called "nowhere"; there are: good.')
  })

  test('with no file says how to begin', async () => {
    const config = settings()
    const without = { ...config, sources: { ...config.sources, file: undefined } }
    expect((await run(without)).lines.join()).toMatch(/copy sources\.example\.yaml to sources\.yaml/)
  })
})

describe('the start', () => {
  test('is refused when a source is on and nobody says who asks, with the variable and the remedy', async () => {
    const { sources } = settings(source('good', true))
    const plans = readPlans({ ...nothing, sourcesFile: sources.file })
    await expect(plans).rejects.toThrow(/SOURCES_CONTACT is missing, and the source "good" is on.*Set it to a mail/)
  })

  test('goes on without it while all are off; without a file there is none', async () => {
    const { sources } = settings(source('good', false))
    expect(await readPlans({ ...nothing, sourcesFile: sources.file })).toMatchObject([{ on: false }])
    expect(await readPlans({ ...nothing, sourcesFile: undefined })).toEqual([])
  })
})

describe('doctor', () => {
  test('tries each source that is on, and says what is wrong with it and what to do; nothing is kept', async () => {
    const config = settings(source('good', true), source('bad', true), source('off', false))
    const findings = await checkSources({ files: root, config })
    expect(findings.map(({ name, fine }) => [name.replace(/ in .*/, ''), fine])).toEqual([
      ['sources', true],
      ['source good', true],
      ['source bad', false],
    ])
    expect(findings[2]?.text).toMatch(/403.*Ask its owners/)
    expect(await store.prisma.vacancy.count()).toBe(0)
    expect(await store.prisma.vacancySource.count()).toBe(0)
  })

  test.each([
    [
      'captcha',
      '/bad.xml',
      answer(403, { 'content-type': 'text/html' }, '<!doctype html><title>Captcha'),
      /captcha.*No program gets past/,
    ],
    ['robots', '/robots.txt', 'User-agent: *\nDisallow: /bad', /robots\.txt.*allow Serik in robots\.txt/],
    ['token', '/bad.xml', answer(401, {}, 'who?'), /401.*Set a token/],
  ])('tells %s apart, each with what to do; so does the list', async (kind, path, page, remedy) => {
    site.pages[path] = page
    const config = settings(source('bad', true))
    expect((await checkSources({ files: root, config }))[1]?.text).toMatch(remedy)
    await run(config, 'run', 'bad')
    const { lines } = await run(config)
    expect(lines.find((line) => line.startsWith(`  ${kind}, 1 in a row`))).toMatch(remedy)
  })

  test('reads no more of a long feed than its beginning', async () => {
    const job = `<job id="1"><name>Cook</name><description>${'soup '.repeat(1_000)}</description></job>`
    site.pages['/good.xml'] = `<?xml version="1.0"?><jobs>${job.repeat(2_000)}</jobs>`
    const findings = await checkSources({ files: root, config: settings(source('good', true)) })
    expect(findings[1]).toMatchObject({ fine: true, text: 'is reached, and has vacancies' })
  })
})

describe('jobs', () => {
  test('there is one for each source that is on; it waits until its source is due; figures tell of it', async () => {
    const { sources } = settings(source('good', true), source('bad', true), source('off', false))
    const plans = await readPlans({ ...nothing, sourcesFile: sources.file, contact: 'me@example.org' })
    const outside = { contact: 'me@example.org', sleep: async () => {}, random: () => 1 }
    const metrics = createSourceMetrics(store, plans)
    const tools = createReadingTools({ core: store, files: root, outside })
    const jobs = sourceJobs(plans, { core: store, tools, metrics })
    expect(jobs.map(({ name }) => name)).toEqual(['source-good', 'source-bad'])
    const given = () => ({ now: database.clock.time, signal: new AbortController().signal })
    const [good, bad] = await Promise.all(jobs.map((one) => one.run(given())))
    expect(good).toMatchObject({ stored: 1, failed: 0 })
    expect(bad).toMatchObject({ stored: 0, failed: 1 })
    expect(await jobs[0]?.run(given())).toEqual({})
    database.clock.time += 6 * 3_600_000
    expect(await jobs[0]?.run(given())).toMatchObject({ stored: 0, failed: 0 })
    database.clock.time += 60_000
    const registry = new Registry()
    for (const metric of metrics.metrics) registry.registerMetric(metric)
    const text = await registry.metrics()
    expect(text).toContain('serik_source_vacancies_total{source="good",outcome="stored"} 1')
    expect(text).toContain('serik_source_runs_total{source="bad",end="failed"} 1')
    expect(text).toContain('serik_source_good_age_seconds{source="good"} 60')
    expect(text).toContain('serik_source_failures{source="bad"} 1')
    expect(text).not.toContain('"off"')
  })

  test('a run that another process has ended just before it is gone on with fails nothing, and counts what is new', async () => {
    const { sources } = settings(source('good', true))
    const plans = await readPlans({ ...nothing, sourcesFile: sources.file, contact: 'me@example.org' })
    const outside = { contact: 'me@example.org', sleep: async () => {}, random: () => 1 }
    const metrics = createSourceMetrics(store, plans)
    const read = createReadingTools({ core: store, files: root, outside })
    const now = database.clock.time
    const counts = JSON.stringify({ ...noCounts, stored: 7 })
    const times = { startedAt: BigInt(now), nextAt: BigInt(now), finishedAt: null }
    const row = { counts, checkpoint: null, failures: 0, ...times }
    await store.prisma.vacancySource.upsert({ where: { name: 'good' }, create: { name: 'good', ...row }, update: row })
    // The other one is done when this one has looked whether the source is due.
    const tools = async () => {
      await store.prisma.vacancySource.update({ where: { name: 'good' }, data: { finishedAt: BigInt(now) } })
      return await read()
    }
    const [job] = sourceJobs(plans, { core: store, tools, metrics })
    const report = await job?.run({ now, signal: new AbortController().signal })
    expect(report).toMatchObject({ failed: 0 })
    expect(report?.stored).toBeLessThan(7)
  })
})

test('the playground’s employer is read every minute, be the list empty; what is taken back is known by its number', async () => {
  site.pages['/employer/vacancies'] = '<!doctype html><p>Nothing yet'
  const outside = { contact: undefined, sleep: async () => {}, random: () => 1 }
  const plan = createSampleSource({ url: site.url })
  const tools = createReadingTools({ core: store, files: root, outside })
  const metrics = createSourceMetrics(store, [plan])
  const [job] = sourceJobs([plan], { core: store, tools, metrics })
  const read = async () => {
    database.clock.time += 45_000 // the run before may have ended late
    return await job?.run({ now: database.clock.time, signal: new AbortController().signal })
  }
  expect(await read()).toMatchObject({ stored: 0, failed: 0 })
  const card = { '@type': 'JobPosting', title: 'Cook', identifier: { value: 'a1' } }
  site.pages['/employer/vacancies'] = '<!doctype html><a href="/employer/vacancies/a1">Cook</a>'
  site.pages['/employer/vacancies/a1'] =
    `<!doctype html><script type="application/ld+json">${JSON.stringify(card)}</script>`
  expect(await read()).toMatchObject({ stored: 1 })
  site.pages['/employer/vacancies'] = '<!doctype html><a href="/employer/vacancies/a1?edition=1">Cook</a>'
  site.pages['/employer/vacancies/a1'] = answer(410, { 'content-type': 'text/html' }, '<!doctype html>gone')
  expect(await read()).toMatchObject({ gone: 1 })
  expect(await store.prisma.vacancy.findMany()).toMatchObject([{ state: 'closed' }])
})
