import { createRequire } from 'node:module'
import { ContentError } from '../../flows/kit/content-error.ts'
import type { Image, Json, Look, Picture } from '../../flows/kit/picture.ts'
import { type Pen, penOf } from './svg.ts'

export type Charts = {
  /**
   * The picture as a PNG, 1000 pixels wide if it is not made by a maker; the same input gives the same bytes. Throws a
   * ContentError when its maker is not there.
   */
  png(picture: Picture<string>, look: Look): Promise<Uint8Array>
}

/** Draws the data of an image, with a title in the language of its reader, as a PNG; the same input, the same bytes. */
export type Maker = (data: Json, title: string) => Uint8Array | Promise<Uint8Array>
/** By the name that pictures give. */
export type Makers = Readonly<Record<string, Maker>>

export type ChartsOptions = {
  readonly makers?: Makers
  /** Paths of TTF files: a regular and a bold face of one family, Noto Sans unless given. */
  readonly fontFiles?: readonly string[]
  readonly fontFamily?: string
  /** Whose pictures they are, on those that are shown to others: `@` and the name of the bot. */
  readonly signature?: string
}

/** Draws pictures. resvg is loaded with the first one, as most chats never see any. */
export function createCharts(options: ChartsOptions = {}): Charts {
  const { makers = {}, fontFiles = notoSans(), fontFamily = 'Noto Sans', signature = '' } = options
  return {
    async png(picture, look) {
      if (picture.type === 'image') return make(picture, makers)
      const svg = await svgOf(picture, penOf(look, fontFamily), signature)
      const { Resvg } = await import('@resvg/resvg-js')
      const font = { fontFiles: [...fontFiles], loadSystemFonts: false, defaultFontFamily: fontFamily }
      return new Resvg(svg.replace(unreadable, ' '), { font, fitTo: { mode: 'original' } }).render().asPng()
    },
  }
}

/** What is wrong with pictures whose makers are not there, so that it is found before anybody is to see them. */
export function unknownMakers(pictures: readonly Picture<unknown>[], makers: Makers): string[] {
  return pictures.flatMap((picture) =>
    picture.type === 'image' && makers[picture.maker] === undefined ? [isUnknown(picture)] : [],
  )
}

async function make(image: Image<string>, makers: Makers): Promise<Uint8Array> {
  const maker = makers[image.maker]
  if (maker === undefined) throw new ContentError(isUnknown(image))
  return maker(image.data, image.title)
}

function isUnknown({ maker }: Image<unknown>): string {
  return `An image is to be drawn by "${maker}", which is no maker: correct the name or add it to the makers of pictures`
}

async function svgOf(picture: Exclude<Picture<string>, Image<string>>, pen: Pen, signature: string): Promise<string> {
  switch (picture.type) {
    case 'bars':
      return (await import('./bars.ts')).svgOfBars(picture, pen)
    case 'card':
      return (await import('./card.ts')).svgOfCard(picture, pen, signature)
    case 'radar':
      return (await import('./radar.ts')).svgOfRadar(picture, pen)
    case 'table':
      return (await import('./table.ts')).svgOfTable(picture, pen)
  }
}

/** Signs that foreign text may hold and XML may not. */
const unreadable = /(?![\t\n\r])\p{Cc}|\p{Cs}|[\uFFFE\uFFFF]/gu

function notoSans(): string[] {
  const require = createRequire(import.meta.url)
  const root = '@expo-google-fonts/noto-sans'
  return ['400Regular/NotoSans_400Regular.ttf', '700Bold/NotoSans_700Bold.ttf'].map((file) =>
    require.resolve(`${root}/${file}`),
  )
}
