/**
 * A code as the operator's tool makes them: what Telegram lets through a deep link, long enough not to be a word. Who was
 * given the link may paste it whole.
 */
export function readCode(text: string): string | undefined {
  const [, linked] = /[?&]start=([\w-]+)/.exec(text) ?? []
  const code = linked ?? text.trim()
  return /^[\w-]{16,64}$/.test(code) ? code : undefined
}
