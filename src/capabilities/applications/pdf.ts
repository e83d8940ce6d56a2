import { createRequire } from 'node:module'
import PDFDocument from 'pdfkit'
import type { CvSheet } from './cv.ts'

/** Points; a fifth of an A4 page's width is left empty. */
const margin = 56
const sizes = { name: 22, heading: 12, text: 10.5 } as const
const grey = '#5b6470'
/** When every page was made, as far as its file says: the same answers make the same bytes, and tell of no hour. */
const nominal = new Date(Date.UTC(2026, 0, 1))

/**
 * A CV on pages of A4, with a font inside that has the Kazakh letters. What is long goes on on the next page. Says
 * nothing of who made it or when.
 */
export async function pdfOf({ title, name, parts }: CvSheet): Promise<Uint8Array> {
  const page = new PDFDocument({
    size: 'A4',
    margin,
    // Without a font of its own it would read one of the standard ones, which have no Kazakh letters.
    font: fontFile('400Regular/NotoSans_400Regular.ttf'),
    info: { Title: title, Author: '', Creator: '', Producer: '', CreationDate: nominal, ModDate: nominal },
  })
  page.registerFont('text', fontFile('400Regular/NotoSans_400Regular.ttf'))
  page.registerFont('strong', fontFile('700Bold/NotoSans_700Bold.ttf'))
  const bytes = collect(page)
  const printable = printableIn(page.font('text'))
  page
    .font('strong')
    .fontSize(sizes.name)
    .text(printable(name ?? '') || title)
  for (const { heading, lines } of parts) {
    const shown = lines.map(printable).filter((line) => line !== '')
    if (shown.length === 0) continue
    // A heading stays with the first lines of its part.
    if (page.y > page.page.height - margin - 4 * sizes.heading) page.addPage()
    page.moveDown(0.8).font('strong').fontSize(sizes.heading).fillColor(grey).text(heading)
    page.font('text').fontSize(sizes.text).fillColor('black')
    for (const line of shown) page.text(line, { lineGap: 2 })
  }
  page.end()
  return bytes
}

/** pdfkit's font as it is at work; its types do not tell of it. */
type Drawing = { readonly _font: { readonly font: { hasGlyphForCodePoint(code: number): boolean } } }

/** Leaves out what the page's font cannot draw, as small pictures, ticks and other scripts, and the gaps it would leave. */
function printableIn(page: PDFKit.PDFDocument): (text: string) => string {
  const { font } = (page as unknown as Drawing)._font // of a document whose font has been set
  const isDrawn = (sign: string) => sign !== '\u{fe0f}' && font.hasGlyphForCodePoint(sign.codePointAt(0) ?? 0)
  return (text) => {
    const drawn = [...text].filter(isDrawn).join('')
    return drawn === text ? text : drawn.replace(/ +(?=[ ,.:;!?)]|$)/g, '').trim()
  }
}

function collect(page: PDFKit.PDFDocument): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = []
    page.on('data', (chunk: Uint8Array) => chunks.push(chunk))
    page.on('end', () => resolve(Buffer.concat(chunks)))
    page.on('error', reject)
  })
}

function fontFile(file: string): string {
  return createRequire(import.meta.url).resolve(`@expo-google-fonts/noto-sans/${file}`)
}
