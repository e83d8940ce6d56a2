import { execFileSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A file system of its own that can be filled to the last byte. */
export type SmallDisk = {
  readonly path: string
  fill(): void
  /** Gives back what `fill` took. */
  free(): void
  remove(): void
}

/** Whether this user may mount file systems here. */
export function canMount(): boolean {
  try {
    createSmallDisk(1).remove()
    return true
  } catch {
    return false
  }
}

/** Mounts `megabytes` of memory as a folder. Throws where that is not allowed. */
export function createSmallDisk(megabytes: number): SmallDisk {
  const path = mkdtempSync(join(tmpdir(), 'serik-disk-'))
  const gone = () => rmSync(path, { recursive: true, force: true })
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=700`, 'tmpfs', path], { stdio: 'ignore' })
  } catch (error) {
    gone()
    throw error
  }
  const filling = join(path, 'filling')
  return {
    path,
    fill: () => fill(filling),
    free: () => rmSync(filling, { force: true }),
    remove() {
      execFileSync('umount', ['-l', path])
      gone()
    },
  }
}

function fill(file: string): void {
  const descriptor = openSync(file, 'a')
  for (const size of [65_536, 4_096, 1]) {
    try {
      for (;;) if (writeSync(descriptor, Buffer.alloc(size)) < size) break
    } catch {
      // No space left: the next size fills what this one has left.
    }
  }
  closeSync(descriptor)
}
