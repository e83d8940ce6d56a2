import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The databases Serik knows; one models file serves both. */
export const providers = ['sqlite', 'postgresql'] as const
export type Provider = (typeof providers)[number]

/** The project's folder. */
export const root = resolve(fileURLToPath(new URL('../..', import.meta.url)))
export const modelsFile = join(root, 'prisma/schema.prisma')
export const migrationsFolder = join(root, 'prisma/migrations')
export const clientFolder = (provider: Provider) => join(root, 'src/store/generated', provider)

/** The models with the provider's line exchanged. Throws when there is no such line. */
export function modelsFor(provider: Provider, models: string): string {
  return exchange(models, /(datasource db \{\s*provider = )"\w+"/, `$1"${provider}"`)
}

/** The models with another folder for the generated client. Throws when there is no such line. */
export function withOutput(folder: string, models: string): string {
  return exchange(models, /(\n\s*output\s*= )"[^"\n]*"/, `$1${JSON.stringify(folder)}`)
}

function exchange(text: string, pattern: RegExp, by: string): string {
  if (!pattern.test(text)) throw new Error(`${modelsFile} has no line like ${pattern.source}; put it back.`)
  return text.replace(pattern, by)
}
