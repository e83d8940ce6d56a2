import { describe, expect, test } from 'vitest'
import { createPlaceReader } from '../../../flows/vacancies/normalise/places.ts'
import { readVacancyWords } from '../../../src/capabilities/vacancies/terms.ts'
import { root } from '../../../src/config.ts'
import { rowsOf } from './words.ts'

const words = await readVacancyWords(root)
const places = createPlaceReader(words.towns, words.regions)

describe('a place is read from what a source says of it', () => {
  test.each(rowsOf('places.tsv'))('%s | %s', (region, town, expectedRegion, expectedTown) => {
    const place = places.read(region || null, town || null)
    expect([place.region, place.town]).toEqual([expectedRegion || null, expectedTown || null])
  })
})

test.each([
  ['Москва', 'Москва'],
  ['с. Ынтымақтас', 'Ынтымақтас'],
  ['Алматинская область, село Кызылту', 'Кызылту'],
  ['Алматинская область', null],
  ['удалённо', null],
  ['ул. Ленина 5', null],
])('a town that is not in the list stays as it was written: %s', (text, expected) => {
  expect(places.read(null, text).townAsWritten).toBe(expected)
})

test.each([
  ['Требуется повар в столовую в Караганде, график 2/2', 'karaganda'],
  ['Жұмыс Шымкентте, вахта Ақтауда', 'shymkent'],
  ['Шагом вперёд, алға! Абай атындағы мектеп', null],
  ['Наш офис: г. Абай', 'abay'],
])('the first town of a running text: %s', (text, expected) => {
  expect(places.firstIn(text).town).toBe(expected)
})

test('ids and names of towns are each their own within a region', () => {
  const ids = words.towns.towns.map(({ id }) => id)
  expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([])
  const names = words.towns.towns.map(({ region, ru }) => `${region} ${ru}`)
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
})
