/** Lines as they were written, without signs that nobody sees (but the joiner within emoji), blank lines and spaces at their ends. */
export function tidyText(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[^\S\n]+/gu, ' ')
    .replace(/(?![\n\u200d])[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /[\p{L}\p{N}]/u.test(line))
    .join('\n')
}

/** The same on one line. */
export function tidyLine(text: string): string {
  return tidyText(text).replaceAll('\n', ' ')
}
