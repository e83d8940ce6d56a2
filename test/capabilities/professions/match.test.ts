import { Command } from 'commander'
import { describe, expect, test } from 'vitest'
import { addMatch } from '../../../src/capabilities/professions/match.ts'
import { readCatalogue } from '../../../src/capabilities/professions/seed.ts'

const root = new URL('../../../', import.meta.url)

async function match(...options: string[]): Promise<{ written: string[]; failures: string[] }> {
  const outcome = { written: [] as string[], failures: [] as string[] }
  const program = new Command().exitOverride().configureOutput({ writeErr: () => {} })
  addMatch(program, {
    root,
    write: (line) => outcome.written.push(line),
    fail: (message) => outcome.failures.push(message),
  })
  await program.parseAsync(['match', ...options], { from: 'user' })
  return outcome
}

describe('match', () => {
  test('prints the best professions and the families as JSON', async () => {
    const { professions } = await readCatalogue(new URL('prisma/seed/', root))
    const [some] = professions
    const { R, I, A, S, E, C } = some?.interests ?? {}
    const { written, failures } = await match('--profile', [R, I, A, S, E, C].join(','), '--top', '3')
    const printed = JSON.parse(written.join('\n'))
    expect(failures).toEqual([])
    expect(printed.professions).toHaveLength(3)
    expect(printed.professions[0]).toMatchObject({ id: some?.id, family: some?.family, congruence: 1 })
    expect(printed.professions[0].shared.length).toBeGreaterThan(0)
    expect(printed.families.map(({ family }: { family: string }) => family)).toContain(some?.family)
  })

  test('the plan leaves only what it admits', async () => {
    const { professions } = await readCatalogue(new URL('prisma/seed/', root))
    const { written } = await match('--profile', '5,2,1,2,3,4', '--plan', 'work', '--top', '100')
    const admitted = professions.filter(({ ways }) => ways.includes('work')).map(({ id }) => id)
    const printed = JSON.parse(written.join('\n')).professions.map(({ id }: { id: string }) => id)
    expect(printed.toSorted()).toEqual(admitted.toSorted())
  })

  test.each([
    ['five numbers', ['--profile', '1,2,3,4,5'], /has 5 parts.*R,I,A,S,E,C, for example/],
    ['a word', ['--profile', '1,2,3,4,5,x'], /"x" in the profile is not a number/],
    ['a hole', ['--profile', '1,2,,4,5,6'], /"" in the profile is not a number/],
    ['a number outside 1–7', ['--profile', '1,2,3,4,5,8'], /8 in the profile is outside 1–7/],
    ['a flat profile', ['--profile', '3,3,3,3,3,3'], /no shape to compare/],
    ['a strange --top', ['--profile', '1,2,3,4,5,6', '--top', 'all'], /--top is "all"/],
  ])('%s is refused with what to write instead', async (_, options, message) => {
    const { written, failures } = await match(...options)
    expect(written).toEqual([])
    expect(failures).toEqual([expect.stringMatching(message)])
  })

  test('a strange plan is refused by the command line', async () => {
    await expect(match('--profile', '1,2,3,4,5,6', '--plan', 'rest')).rejects.toThrow(
      /work, college, university, undecided/,
    )
  })
})
