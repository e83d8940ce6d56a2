import type { Look } from '../../flows/kit/picture.ts'

/** What everything but the areas of a picture is drawn in. */
export type Palette = {
  /** Under everything, and under what stands out from it. */
  readonly ground: string
  readonly panel: string
  readonly text: string
  readonly faint: string
  /** Where a bar may still grow, and lines between cells. */
  readonly line: string
  /** What stands out, and a soft ground for it. */
  readonly strong: string
  readonly soft: string
}

/** Text 15:1 and 6:1 or better on its panel. */
export const palettes: Readonly<Record<Look, Palette>> = {
  light: {
    ground: '#eef1f7',
    panel: '#ffffff',
    text: '#1b2130',
    faint: '#566075',
    line: '#e4e8f0',
    strong: '#0b5d57',
    soft: '#d9ebe8',
  },
  dark: {
    ground: '#0d1120',
    panel: '#181e33',
    text: '#f4f6fb',
    faint: '#a9b3c9',
    line: '#2c3552',
    strong: '#56c8bd',
    soft: '#1f3d45',
  },
}

/** The colour of an area: a ground for white letters that runs from `deep` to `far`, and a bar on the panel of each look. */
export type Hue = { readonly deep: string; readonly far: string } & Readonly<Record<Look, string>>

/** By place. White letters on the ground 4.2:1 or better, bars 3:1 or better on their panel. */
export const hues = [
  { deep: '#c8480b', far: '#a3245a', light: '#e2570f', dark: '#ff8f54' },
  { deep: '#1a66c2', far: '#4b3cbf', light: '#1f74d8', dark: '#63adff' },
  { deep: '#8636c4', far: '#b8297f', light: '#9444d3', dark: '#c795ff' },
  { deep: '#c92a62', far: '#8a2aa8', light: '#df3a73', dark: '#ff85ab' },
  { deep: '#277d39', far: '#0a6a78', light: '#2f9445', dark: '#63d681' },
  { deep: '#0a7587', far: '#2150a8', light: '#0b8699', dark: '#45cbdf' },
] as const satisfies readonly Hue[]

export function hueOf(place: number): Hue {
  return hues[place % hues.length] ?? hues[0]
}
