/** KATO codes (first two digits) of the 17 oblasts and three cities of republican status; names stand in `regions.json`. */
export const regions = [
  '71',
  '75',
  '79',
  '10',
  '11',
  '15',
  '19',
  '23',
  '27',
  '31',
  '33',
  '35',
  '39',
  '43',
  '47',
  '55',
  '59',
  '61',
  '62',
  '63',
] as const
export type Region = (typeof regions)[number]

/** The zone of all regions since 2024-03-01 (UTC+5). */
export const zone = 'Asia/Almaty'
