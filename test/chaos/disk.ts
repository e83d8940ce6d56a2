import { execFileSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A small disk in memory that can be filled to its last byte. */
export type Disk = {
  readonly folder: string
  fill(): void
  free(): void
  /** Takes it away with all that is on it. */
  remove(): void
}

/** Undefined where this user may not mount: then nothing can be filled but what others need, too. */
export function mountDisk(megabytes: number): Disk | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'serik-chaos-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=700`, 'tmpfs', folder], { stdio: 'ignore' })
  } catch {
    rmSync(folder, { recursive: true })
    return undefined
  }
  const filler = join(folder, 'filler')
  return {
    folder,
    fill: () => fillWith(filler),
    free: () => rmSync(filler, { force: true }),
    remove() {
      execFileSync('umount', ['-l', folder])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Large blocks first, then single bytes, until nothing more goes in. */
function fillWith(file: string): void {
  const to = openSync(file, 'a')
  for (const size of [65_536, 4_096, 1]) {
    const block = Buffer.alloc(size)
    try {
      while (writeSync(to, block) === size);
    } catch {
      // Full for blocks of this size.
    }
  }
  closeSync(to)
}
