import { strToU8, zipSync } from 'fflate'

/** A table of a workbook: its name, and rows of texts and numbers, the first being the heads. */
export type SheetRows = { readonly name: string; readonly rows: readonly (readonly (string | number)[])[] }

/**
 * A workbook as Excel and its like open it. Texts are kept as texts and numbers as numbers, and nothing is a formula: a
 * text that begins like one gets an apostrophe, so that it stays harmless wherever it is copied or saved as CSV.
 */
export function xlsxOf(sheets: readonly SheetRows[]): Uint8Array {
  const files = {
    '[Content_Types].xml': contentTypes(sheets.length),
    '_rels/.rels': relations([['officeDocument', 'xl/workbook.xml']]),
    'xl/workbook.xml': workbook(sheets),
    'xl/_rels/workbook.xml.rels': relations(sheets.map((_, at) => ['worksheet', `worksheets/sheet${at + 1}.xml`])),
    ...Object.fromEntries(sheets.map(({ rows }, at) => [`xl/worksheets/sheet${at + 1}.xml`, worksheet(rows)])),
  }
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])))
}

/** The text as a cell may hold it. */
export function harmless(text: string): string {
  // Spaces before a sign do not keep a program from taking it for a formula.
  return /^\s*[=+\-@|]/u.test(text) || /^[\t\r\n]/.test(text) ? `'${text}` : text
}

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006'
const kind = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

function contentTypes(count: number): string {
  const sheets = Array.from(
    { length: count },
    (_, at) => `<Override PartName="/xl/worksheets/sheet${at + 1}.xml" ContentType="${kind}.worksheet+xml"/>`,
  )
  return `${head}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${kind}.sheet.main+xml"/>${sheets.join('')}</Types>`
}

function relations(targets: readonly (readonly [string, string])[]): string {
  const all = targets.map(
    ([type, target], at) => `<Relationship Id="rId${at + 1}" Type="${office}/${type}" Target="${target}"/>`,
  )
  return `${head}<Relationships xmlns="${packages}/relationships">${all.join('')}</Relationships>`
}

function workbook(sheets: readonly SheetRows[]): string {
  const all = sheets.map(
    ({ name }, at) => `<sheet name="${escapeXml(tabOf(name))}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`,
  )
  return `${head}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${all.join('')}</sheets></workbook>`
}

/** Excel takes 31 signs for a tab, and some not at all. */
function tabOf(name: string): string {
  return [...name.replace(/[[\]:*?/\\']/g, ' ')].slice(0, 31).join('')
}

function worksheet(rows: SheetRows['rows']): string {
  const all = rows.map(
    (row, at) => `<row r="${at + 1}">${row.map((value, column) => cell(value, column, at)).join('')}</row>`,
  )
  return `${head}<worksheet xmlns="${main}"><cols><col min="1" max="8" width="32" customWidth="1"/></cols><sheetData>${all.join('')}</sheetData></worksheet>`
}

function cell(value: string | number, column: number, row: number): string {
  const place = `${String.fromCharCode(65 + column)}${row + 1}`
  if (typeof value === 'number') return `<c r="${place}"><v>${value}</v></c>`
  return `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(harmless(value))}</t></is></c>`
}

/** Without the signs that XML refuses altogether. */
function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
