import { z } from 'zod'
import { home } from '../kit/buttons.ts'
import { defineNotice } from '../kit/notice.ts'
import { screen } from '../kit/screen.ts'

const Values = z.object({ name: z.string() })

/** A plant that wants water. */
export const thirsty = defineNotice<z.infer<typeof Values>>('plants.thirsty', {
  values: Values,
  priority: 'reminder',
  evenWhenQuiet: true,
  examples: [{ name: 'Example' }],
  screen: ({ t, values }) => screen(t('thirsty', values), [home()]),
})
