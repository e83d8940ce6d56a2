import { expect, test } from 'vitest'
import { binIn, contactIn } from '../../../flows/vacancies/normalise/contacts.ts'

test.each([
  ['Звоните 8 (701) 123-45-67, Алия', { phone: '+77011234567' }],
  ['+7 701 123 45 67', { phone: '+77011234567' }],
  ['87011234567', { phone: '+77011234567' }],
  ['тел.: 701 123 45 67', { phone: '+77011234567' }],
  ['8-7272-12-34-56 не так', {}],
  ['БСН 123456789012', {}],
  ['резюме на HR@Company.KZ.', { mail: 'hr@company.kz' }],
  ['жазыңыз: @jumys_bar', { telegram: '@jumys_bar' }],
  ['https://t.me/jumys_bar?start=1', { telegram: '@jumys_bar' }],
  ['почта hr@mail.kz, телеграм @hr_mail', { mail: 'hr@mail.kz', telegram: '@hr_mail' }],
  ['8 000 000 00 00', {}],
  ['ничего', {}],
])('who is to be reached: %s', (text, expected) => {
  const none = { phone: null, mail: null, telegram: null }
  expect(contactIn(text) ?? none).toEqual({ ...none, ...expected })
})

test.each([
  ['БИН 020440000017', '020440000017'],
  ['020440000016', null],
  ['900101300017', null],
  ['12345', null],
])('a business identification number: %s', (text, expected) => {
  expect(binIn(text)).toBe(expected)
})
