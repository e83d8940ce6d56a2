import { expect, test } from 'vitest'
import { readWords } from '../../support/words.ts'

const words = await readWords()

test.each([
  ['kk', ['психолог', 'мемлекеттік қызмет', 'тегін']],
  ['ru', ['психолог', 'государственной службы', 'бесплатно']],
  ['en', ['psychologist', 'state service', 'free']],
] as const)(
  'the line for who is sad says in %s who answers at 111, that it is free, in two sentences',
  (language, said) => {
    const line = words.plain({ key: 'help:warm' }, language)
    for (const word of ['111', '150', ...said]) expect(line).toContain(word)
    expect(line.match(/\.(\s|$)/g)).toHaveLength(2)
    expect(line.length).toBeLessThan(240)
  },
)
