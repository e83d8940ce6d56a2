/** Resolves when the signal aborts, at once when it has. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}

/** Waits for the work, but not beyond the signal. */
export async function within(signal: AbortSignal, work: Promise<unknown>): Promise<void> {
  await Promise.race([work, aborted(signal)])
}
