import { cpSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { installSerik } from '../e2e/support/serik.ts'

const project = fileURLToPath(new URL('../../', import.meta.url))
const toy = fileURLToPath(new URL('toy/', import.meta.url))
/** The lists in which a subject has its line. */
export const registries = ['flows/index.ts', 'src/capabilities/index.ts'] as const

/** A copy of the project in a folder of its own, with the toy's folders in it and its line in both registries. */
export function installWithToy(folder: string): void {
  installSerik(folder)
  cpSync(toy, folder, { recursive: true })
  for (const registry of registries) {
    const file = join(folder, registry)
    writeFileSync(file, withLine(readFileSync(file, 'utf8')))
  }
}

/** The line of the toy, with its import, before that of privacy. */
function withLine(registry: string): string {
  return registry
    .replace(/^import \{ privacy \}/m, `import { plants } from './plants/index.ts'\n$&`)
    .replace(/^( +)privacy,$/m, '$1plants,\n$&')
}

/** Every file that differs between the copy and the project, by its path: those that only one of them has, too. */
export function differences(folder: string): readonly string[] {
  const names = readdirSync(folder).filter(isWritten)
  const files = new Set([project, folder].flatMap((root) => names.flatMap((name) => filesIn(root, name))))
  return [...files].filter((file) => textOf(folder, file) !== textOf(project, file)).sort()
}

/** The lines that a file of the copy has more than the project's. Throws when it lacks one. */
export function linesAdded(folder: string, file: string): readonly string[] {
  const rest = textOf(project, file).split('\n')
  const added = textOf(folder, file)
    .split('\n')
    .filter((line) => {
      if (line !== rest[0]) return true
      rest.shift()
      return false
    })
  if (rest.length > 0) throw new Error(`${file} of the copy lacks the line "${rest[0]}"`)
  return added
}

/** What people write; the rest is generated, or a link to the project's own. */
function isWritten(name: string): boolean {
  return !['node_modules', 'generated', 'data'].includes(name)
}

/** The files of a path that may be a file itself; none where there is nothing. */
function filesIn(root: string, path: string): readonly string[] {
  const found = statSync(join(root, path), { throwIfNoEntry: false })
  if (found?.isDirectory() !== true) return found === undefined ? [] : [path]
  const names = readdirSync(join(root, path)).filter(isWritten)
  return names.flatMap((name) => filesIn(root, `${path}/${name}`))
}

function textOf(root: string, file: string): string {
  const path = join(root, file)
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}
