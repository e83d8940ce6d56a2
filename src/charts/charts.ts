import { createRequire } from 'node:module'
import type { Bars } from './svg.ts'

export type Charts = {
  /** The chart as a PNG of 1000 pixels' width; the same input gives the same bytes. */
  png(bars: Bars): Promise<Uint8Array>
}

export type ChartsOptions = {
  /** Paths of TTF files: a regular and a bold face of one family, Noto Sans unless given. */
  readonly fontFiles?: readonly string[]
  readonly fontFamily?: string
}

/** Draws charts. ECharts and resvg are loaded with the first picture, as most chats never see one. */
export function createCharts(options: ChartsOptions = {}): Charts {
  const { fontFiles = notoSans(), fontFamily = 'Noto Sans' } = options
  return {
    async png(bars) {
      const [{ svgOf }, { Resvg }] = await Promise.all([import('./svg.ts'), import('@resvg/resvg-js')])
      const font = { fontFiles: [...fontFiles], loadSystemFonts: false, defaultFontFamily: fontFamily }
      return new Resvg(svgOf(bars, fontFamily), { font, fitTo: { mode: 'original' } }).render().asPng()
    },
  }
}

function notoSans(): string[] {
  const require = createRequire(import.meta.url)
  const root = '@expo-google-fonts/noto-sans'
  return ['400Regular/NotoSans_400Regular.ttf', '700Bold/NotoSans_700Bold.ttf'].map((file) =>
    require.resolve(`${root}/${file}`),
  )
}
