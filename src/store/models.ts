import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The databases Serik knows; the same models serve both. */
export const providers = ['sqlite', 'postgresql'] as const
export type Provider = (typeof providers)[number]

/** The project's folder. */
export const root = resolve(fileURLToPath(new URL('../..', import.meta.url)))
/** A file for each subject, and one for what holds for all. */
export const modelsFolder = join(root, 'prisma/models')
export const migrationsFolder = join(root, 'prisma/migrations')
export const clientFolder = (provider: Provider) => join(root, 'src/store/generated', provider)

/** The models, file by file; together they are one text. */
export type Models = readonly ModelsFile[]
type ModelsFile = { readonly path: string; readonly content: string }

/** The models as they stand in the project, by the names of their files; whatever a checkout made of their line ends. */
export function readModels(folder = modelsFolder): Models {
  return readdirSync(folder)
    .filter((path) => path.endsWith('.prisma'))
    .sort()
    .map((path) => ({ path, content: readFileSync(join(folder, path), 'utf8').replaceAll('\r\n', '\n') }))
}

/** The models with the provider's line exchanged. Throws when there is no such line. */
export function modelsFor(provider: Provider, models: Models): Models {
  return exchange(models, /(datasource db \{\s*provider = )"\w+"/, `$1"${provider}"`)
}

/** The models with another folder for the generated client. Throws when there is no such line. */
export function withOutput(folder: string, models: Models): Models {
  return exchange(models, /(\n\s*output\s*= )"[^"\n]*"/, `$1${JSON.stringify(folder)}`)
}

function exchange(models: Models, pattern: RegExp, by: string): Models {
  if (!models.some(({ content }) => pattern.test(content)))
    throw new Error(`No file in ${modelsFolder} has a line like ${pattern.source}; put it back.`)
  return models.map(({ path, content }) => ({ path, content: content.replace(pattern, by) }))
}
