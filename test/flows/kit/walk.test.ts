import { expect, test } from 'vitest'
import { newcomer } from '../../../flows/common/person.ts'
import { walk } from '../../../flows/kit/walk.ts'
import { gallery } from '../../engine/toy.ts'

test('a walk sends what a flow listens to, and so comes where it leads', () => {
  const places = walk(gallery, newcomer('kk'))
  expect(places.map(({ state }) => state)).toEqual(['taking', 'taken'])
  expect(places.at(-1)?.path.at(-1)).toMatch(/^CONTACT /)
  const { contents: _, ...examples } = gallery.examples ?? {}
  expect(walk({ ...gallery, examples }, newcomer('kk')).map(({ state }) => state)).toEqual(['taking'])
})
