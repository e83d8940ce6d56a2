import { describe, expect, test } from 'vitest'
import { createConditionReader } from '../../../flows/vacancies/normalise/conditions.ts'
import { readVacancyWords } from '../../../src/capabilities/vacancies/terms.ts'
import { root } from '../../../src/config.ts'
import { rowsOf } from './words.ts'

const read = createConditionReader((await readVacancyWords(root)).conditions)
const silent = {
  experience: null,
  education: null,
  employment: null,
  schedule: null,
  hours: null,
  format: null,
  running: '',
}

describe('conditions are read', () => {
  test.each(rowsOf('conditions.tsv'))('%s', (said = '', expected = '') => {
    const [, field, text] = /^(\w*)=(.*)$/.exec(said) ?? []
    const found = Object.entries(read({ ...silent, [field || 'running']: text })).filter(([, value]) => value !== null)
    const wanted = expected.split(' ').filter(Boolean).sort()
    expect(found.map(([name, value]) => `${name}=${value}`).sort()).toEqual(wanted)
  })
})
