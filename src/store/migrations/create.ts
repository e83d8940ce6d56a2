import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Models, migrationsFolder, modelsFor, type Provider, providers, readModels } from '../models.ts'
import { difference } from './difference.ts'
import { lockFile, modelsCopy, readCopy, readMigrations, sqlFile } from './folder.ts'

// npm run migration -- <name>: writes the next migration of both databases from the change in prisma/models.
const [word] = process.argv.slice(2)
if (word === undefined || !/^[a-z0-9_]+$/.test(word)) {
  throw new Error('Give the migration a name of small letters, digits and _: npm run migration -- add_phone')
}
const models = readModels()
for (const provider of providers) await create(provider, word, modelsFor(provider, models))

async function create(provider: Provider, word: string, now: Models): Promise<void> {
  const folder = join(migrationsFolder, provider)
  const done = readMigrations(provider)
  const last = done.at(-1)
  const before = last === undefined ? undefined : readCopy(provider, last)
  const sql = await difference(provider, before, now)
  if (sql.trim() === '' || sql.includes('This is an empty migration')) {
    console.log(`${provider}: the models have not changed since ${last?.name}; nothing written.`)
    return
  }
  const name = `${String(done.length + 1).padStart(4, '0')}_${word}`
  mkdirSync(join(folder, name), { recursive: true })
  writeFileSync(
    join(folder, lockFile),
    `# Says which database these migrations are for. Keep it in version control.\nprovider = "${provider}"\n`,
  )
  writeFileSync(join(folder, name, sqlFile), sql)
  writeFileSync(join(folder, name, modelsCopy), now.map(({ content }) => content).join('\n'))
  console.log(`${provider}: prisma/migrations/${provider}/${name} written; read the SQL before committing it.`)
}
