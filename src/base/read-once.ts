/** Reads something of the folder it stands for, once for all that ask for the same reading. */
export type ReadOnce = <Value>(read: (files: URL) => Promise<Value>) => Promise<Value>

/**
 * For all that is made of the project's files at a start: the check before it and several capabilities need the same,
 * and to read it takes a good part of the start. A reading that fails is tried anew when it is asked for again.
 */
export function createReadOnce(files: URL): ReadOnce {
  const known = new Map<unknown, Promise<unknown>>()
  return <Value>(read: (files: URL) => Promise<Value>) => {
    const reading = known.get(read) ?? read(files)
    known.set(read, reading)
    reading.catch(() => known.delete(read))
    return reading as Promise<Value> // each stands under the very function that made it
  }
}
