import { describe, expect, test } from 'vitest'
import { carelessSigns, longRun, noPace, paced } from '../../../flows/survey/careless.ts'

const varied = (count: number) => Array.from({ length: count }, (_, index) => (index % 5) + 1)
const pauses = (count: number, milliseconds: number) => Array.from({ length: count - 1 }, () => milliseconds)
const pace = (...milliseconds: number[]) => milliseconds.reduce(paced, noPace)

describe('signs of answering without reading', () => {
  test('are absent from an ordinary form', () => {
    expect(carelessSigns(varied(18), pace(...pauses(18, 3000)))).toEqual([])
    expect(carelessSigns(varied(18), noPace)).toEqual([])
  })

  test('one answer throughout is "same", and not a run besides', () => {
    expect(carelessSigns(Array(18).fill(3), pace(...pauses(18, 3000)))).toEqual(['same'])
  })

  test.each([
    [18, 10],
    [48, 16],
    [60, 20],
  ])('of %d items a run of %d is long, one shorter is not', (items, run) => {
    expect(longRun(items)).toBe(run)
    const start = (length: number) => [...Array(length).fill(4), ...varied(items - length)]
    expect(carelessSigns(start(run), noPace)).toEqual(['run'])
    expect(carelessSigns(start(run - 1), noPace)).toEqual([])
  })

  test('most of the times count, so one hurried or one long pause changes nothing', () => {
    expect(carelessSigns(varied(18), pace(...pauses(17, 400), 60_000))).toEqual(['fast'])
    expect(carelessSigns(varied(18), pace(100, ...pauses(17, 2000)))).toEqual([])
  })

  test('half of the answers in haste is not yet "fast", one more is', () => {
    expect(carelessSigns(varied(9), pace(...pauses(5, 300), ...pauses(5, 2000)))).toEqual([])
    expect(carelessSigns(varied(9), pace(...pauses(6, 300), ...pauses(5, 2000)))).toEqual(['fast'])
  })

  test('of the times only two numbers are kept, however long the form', () => {
    expect(pace(...pauses(48, 300), 4000)).toEqual({ timed: 48, hasty: 47 })
  })

  test('several may come together', () => {
    expect(carelessSigns(Array(18).fill(1), pace(...pauses(18, 300)))).toEqual(['same', 'fast'])
  })

  test('a few answers say nothing', () => {
    expect(carelessSigns([3, 3, 3, 3, 3], pace(100, 100, 100, 100))).toEqual([])
  })
})
