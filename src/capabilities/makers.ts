import type { Makers } from '../charts/charts.ts'

/** Who draws the images of flows, by the name their pictures give; one line each. */
export const makers: Makers = {}
