import { Command, CommanderError } from 'commander'
import { addVacancyImport, readImportTools } from '../../../src/capabilities/vacancies/import.ts'
import { readConfig, root } from '../../../src/config.ts'
import { testKey, testTime } from '../../support/databases.ts'

/** What `import vacancies` wrote, and how it failed. */
export type Imported = {
  readonly lines: readonly string[]
  readonly failures: readonly string[]
  /** The last line of one that did not fail. */
  readonly counts: string | undefined
}

const tools = readImportTools(root)

/** Runs `import vacancies` with these options on a database. Throws what the command throws, but not what it tells. */
export async function importVacancies(url: string, ...options: readonly string[]): Promise<Imported> {
  const lines: string[] = []
  const failures: string[] = []
  const program = new Command('serik').exitOverride().configureOutput({ writeErr: (text) => failures.push(text) })
  const variables = { DATABASE_URL: url, SERIK_DATA_KEY: testKey.toString('hex') }
  addVacancyImport(
    program,
    {
      root,
      config: () => readConfig(variables),
      clock: { now: () => testTime },
      write: (line) => lines.push(line),
      fail: (message) => failures.push(message),
    },
    () => tools,
  )
  await program.parseAsync(['import', 'vacancies', ...options], { from: 'user' }).catch((error) => {
    if (!(error instanceof CommanderError)) throw error
  })
  return { lines, failures, counts: lines.find((line) => line.startsWith('stored')) }
}
