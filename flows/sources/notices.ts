import { z } from 'zod'
import { defineNotice } from '../kit/notice.ts'
import { button, go, screen } from '../kit/screen.ts'
import { Name, troubles } from './contract.ts'

/** A source of vacancies fails; once for each outage. */
export const failing = defineNotice('sources.failing', {
  values: z.object({ name: Name, trouble: z.enum(troubles) }),
  priority: 'alert',
  joins: true,
  canBeMuted: true,
  screen: ({ values: { name, trouble }, t }) =>
    screen(
      [t('failing.title', { name }), t(`trouble.${trouble}`), t('failing.kept')],
      [button(t('failing.open'), go.open('sources', { name }))],
    ),
  examples: troubles.map((trouble) => ({ name: 'example', trouble })),
})

/** It is read again. */
export const well = defineNotice('sources.well', {
  values: z.object({ name: Name }),
  priority: 'alert',
  joins: true,
  canBeMuted: true,
  screen: ({ values: { name }, t }) => screen(t('well', { name })),
  examples: [{ name: 'example' }],
})
