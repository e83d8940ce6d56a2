import { expect, test } from 'vitest'
import { messagesIn, type Picture } from '../../../flows/kit/picture.ts'

const message = (key: string) => ({ key })
const headed = { title: message('title'), note: message('note') }
const scale = { min: 0, max: 1 }

test.each<[Picture, string[]]>([
  [
    {
      type: 'bars',
      ...headed,
      ...scale,
      ends: [message('low'), message('high')],
      bars: [{ label: message('bar'), value: 1 }],
    },
    ['title', 'note', 'low', 'high', 'bar'],
  ],
  [{ type: 'card', ...headed, areas: [{ label: message('area'), place: 0 }] }, ['title', 'note', 'area']],
  [
    {
      type: 'radar',
      ...headed,
      ...scale,
      axes: [message('a'), message('b')],
      profiles: [{ label: message('p'), values: [1, 0] }],
    },
    ['title', 'note', 'a', 'b', 'p'],
  ],
  [
    { type: 'table', ...headed, header: [message('h')], rows: [[{ text: message('x') }], [{ text: message('y') }]] },
    ['title', 'note', 'h', 'x', 'y'],
  ],
  [{ type: 'image', maker: 'any', data: null, title: message('title') }, ['title']],
])('every message of a picture is found: %o', (picture, keys) => {
  expect(new Set(messagesIn(picture).map(({ key }) => key))).toEqual(new Set(keys))
})
