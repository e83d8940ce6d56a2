import { readSheet } from 'read-excel-file/node'
import { expect, test } from 'vitest'
import { harmless, xlsxOf } from '../../src/base/xlsx.ts'

test('a workbook is read by others as it was written', async () => {
  const rows = [
    ['Не', 'Саны'],
    ['A < B & "C"\u0000\ud800', 12],
    ['=1+1', 0.5],
  ]
  const bytes = xlsxOf([
    { name: 'Сандар [1]', rows },
    { name: 'x'.repeat(40), rows: [['бос']] },
  ])
  expect(await readSheet(Buffer.from(bytes))).toEqual([
    ['Не', 'Саны'],
    ['A < B & "C"\ufffd', 12],
    ["'=1+1", 0.5],
  ])
  expect(await readSheet(Buffer.from(bytes), 2)).toEqual([['бос']])
})

test.each(['=cmd()', '+7', '-1', '@x', ' =1', '\t=1', '|calc', '\n=1'])('%j is no formula', (text) => {
  expect(harmless(text)).toBe(`'${text}`)
})

test.each(['Сәлем', '1 + 1', 'a=b'])('%j stays as it is', (text) => {
  expect(harmless(text)).toBe(text)
})
