import { back, home, toBack } from '../kit/buttons.ts'
import type { Screens } from '../kit/flow.ts'
import { button, screen } from '../kit/screen.ts'
import type { PlantsContext, PlantsEvent } from './context.ts'

export const screens: Screens<PlantsContext, PlantsEvent> = {
  choosing: ({ t, context: { list } }) =>
    screen(
      [t('choosing'), list.own.map(({ name }) => t('common:bullet', { text: name }))],
      ...list.kinds.map(({ id, name }) => [
        button(t('common:value', { value: name }), { type: 'KIND' as const, id: id as string }),
      ]),
      [home()],
    ),
  naming: ({ t }) => screen(t('naming'), [back(toBack), home()]),
  kept: ({ t, context: { plant } }) =>
    screen(t('kept', { name: plant.name }), [button(t('care.button'), { type: 'CARE' })], [back(toBack), home()]),
}
