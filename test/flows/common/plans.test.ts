import { expect, test } from 'vitest'
import { readPlan } from '../../../flows/common/plans.ts'

test.each([
  ['9-дан кейін колледжге барам ба деп ойлап жүрмін', 'college'],
  ['колледжге барам', 'college'],
  ['Коледжге түссем деймін', 'college'],
  ['после девятого пойду в техникум', 'college'],
  ['I will go to college in autumn', 'college'],
  ['универге грантқа түсем', 'university'],
  ['хочу поступить в институт', 'university'],
  ['жұмыс іздеп жүрмін', 'work'],
  ['буду работать на стройке', 'work'],
])('%s names a plan', (text, plan) => expect(readPlan(text)).toBe(plan))

test.each([
  'колледжге бармаймын',
  'колледж емес',
  'в колледж не хочу',
  'I do not want to work',
  'колледж бар ма?',
  'жұмыс істеп жүріп колледжде оқимын',
  'Аслан',
  'жұмысшы '.repeat(40),
])('%s names none, or not one', (text) => expect(readPlan(text)).toBeUndefined())
