/** A Markdown table, the first row being its head; columns are padded as the formatter of the project does it. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)))
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const padded = rows.map((row) => line(widths.map((width, column) => (row[column] ?? '').padEnd(width))))
  return padded.toSpliced(1, 0, line(widths.map((width) => '-'.repeat(width))))
}
