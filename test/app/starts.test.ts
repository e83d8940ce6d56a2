import { readFileSync } from 'node:fs'
import { Registry } from 'prom-client'
import { expect, test } from 'vitest'
import { countStarts } from '../../src/app/starts.ts'

const counted = async (payloads: readonly string[]) => {
  const registry = new Registry()
  const count = countStarts(registry)
  for (const payload of payloads) count(payload)
  const [metric] = await registry.getMetricsAsJSON()
  return Object.fromEntries((metric?.values ?? []).map(({ labels, value }) => [`${labels.by} ${labels.link}`, value]))
}

test('links of posters are counted by their names, and no code is named', async () => {
  const code = `kod-${'x'.repeat(24)}`
  const starts = ['', ...Array(4).fill('autumn-fair'), code, 'Abcdefghijklmnopqrstuv_1', 'two words', '']
  expect(await counted(starts)).toEqual({ 'nothing ': 2, 'link autumn-fair': 2, 'code ': 2, 'link other': 3 })
})

test('what somebody alone has written behind /start is not named', async () => {
  expect(await counted(['Aliya', 'Aliya', ...Array(5).fill('my name')])).toEqual({ 'link other': 7 })
})

test('however many links people make up, no more than fifty are named', async () => {
  const made = Array.from({ length: 5_000 }, (_, place) => `made-up-${place}`)
  const counts = await counted([...made, ...made, ...made])
  expect(Object.keys(counts)).toHaveLength(51)
  expect(counts['link other']).toBe(15_000 - 50)
})

test('the metrics that the README names are those there are, the starts among them', () => {
  const text = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
  const named = new Set(text('README.md').match(/serik_[a-z]+_[a-z_]+/g))
  const made = ['src/app/metrics.ts', 'src/app/starts.ts', 'src/capabilities/sources/metrics.ts'].map(text).join('')
  expect([...named].filter((name) => !made.includes(`'${name}'`))).toEqual([])
  expect(named).toContain('serik_starts_total')
})
