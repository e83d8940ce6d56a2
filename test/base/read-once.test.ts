import { expect, test } from 'vitest'
import { createReadOnce } from '../../src/base/read-once.ts'

const files = new URL('file:///somewhere/')

test('whoever asks for the same gets the same, read once of the folder', async () => {
  let asked = 0
  const words = async (folder: URL) => ({ of: folder.href, asked: ++asked })
  const numbers = async () => [1, 2]
  const read = createReadOnce(files)
  const [one, other, list] = await Promise.all([read(words), read(words), read(numbers)])
  expect(one).toEqual({ of: files.href, asked: 1 })
  expect(other).toBe(one)
  expect(await read(words)).toBe(one)
  expect(list).toEqual([1, 2])
})

test('what failed is read anew', async () => {
  let isThere = false
  const words = async () => {
    if (!isThere) throw new Error('no such file')
    return 'words'
  }
  const read = createReadOnce(files)
  await expect(read(words)).rejects.toThrow('no such file')
  isThere = true
  expect(await read(words)).toBe('words')
})
