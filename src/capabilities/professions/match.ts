import { type Command, Option } from 'commander'
import {
  type InterestProfile,
  interestScales,
  type Plan,
  rankFamilies,
  rankProfessions,
  sharedScales,
} from '../../../flows/professions/match.ts'
import type { Operator } from '../operator.ts'
import { readCatalogue } from './seed.ts'

const plans: readonly Plan[] = ['work', 'college', 'university', 'undecided']
const profileForm = `--profile takes six numbers in the order ${interestScales.join(',')}, for example --profile 4.1,2,1.5,3,2.2,3.4`

type Options = { readonly profile: string; readonly plan: Plan; readonly top: string }

/** Adds `match`: prints, as JSON, the professions whose interest scores are shaped most like the given profile. */
export function addMatch(program: Command, operator: Pick<Operator, 'root' | 'write' | 'fail'>): void {
  program
    .command('match')
    .description('rank the professions of the starter catalogue for a profile of six interest scores')
    .requiredOption('--profile <R,I,A,S,E,C>', 'six numbers on any one scale, 1–5 or 1–7')
    .addOption(new Option('--plan <plan>', 'how to begin').choices(plans).default('undecided'))
    .option('--top <n>', 'how many professions', '10')
    .action(async (options: Options) => {
      const profile = readProfile(options.profile)
      const top = /^[1-9]\d*$/.test(options.top) ? Number(options.top) : undefined
      if (profile.type === 'wrong') operator.fail(profile.reason)
      else if (!top) operator.fail(`--top is "${options.top}"; it takes a whole number from 1.`)
      else await print(profile.scores, options.plan, top, operator)
    })
}

/** `reason` is a sentence about what is wrong. */
type ReadProfile =
  | { readonly type: 'profile'; readonly scores: InterestProfile }
  | { readonly type: 'wrong'; readonly reason: string }

function readProfile(text: string): ReadProfile {
  const parts = text.split(',').map((part) => part.trim())
  if (parts.length !== interestScales.length)
    return wrong(`The profile "${text}" has ${parts.length} parts. ${profileForm}.`)
  const odd = parts.find((part) => part === '' || !Number.isFinite(Number(part)))
  if (odd !== undefined) return wrong(`"${odd}" in the profile is not a number (write 2.5, not 2,5). ${profileForm}.`)
  const outside = parts.find((part) => Number(part) < 1 || Number(part) > 7)
  if (outside !== undefined) return wrong(`${outside} in the profile is outside 1–7. ${profileForm}.`)
  const [R = 0, I = 0, A = 0, S = 0, E = 0, C = 0] = parts.map(Number)
  return { type: 'profile', scores: { R, I, A, S, E, C } }
}

function wrong(reason: string): ReadProfile {
  return { type: 'wrong', reason }
}

async function print(
  profile: InterestProfile,
  plan: Plan,
  top: number,
  { root, write, fail }: Pick<Operator, 'root' | 'write' | 'fail'>,
) {
  const { professions } = await readCatalogue(new URL('prisma/seed/', root))
  const ranking = rankProfessions(profile, professions, { plan })
  if (ranking.length === 0) {
    fail('All six scores are alike, so there is no shape to compare. Give a profile with differences.')
    return
  }
  const interests = new Map(professions.map((profession) => [profession.id, profession.interests]))
  const shown = ranking.slice(0, top).map((ranked) => ({
    ...ranked,
    congruence: rounded(ranked.congruence),
    shared: sharedScales(profile, interests.get(ranked.id) ?? profile),
  }))
  const families = rankFamilies(ranking).map((family) => ({ ...family, congruence: rounded(family.congruence) }))
  write(JSON.stringify({ profile, plan, professions: shown, families }, null, 2))
}

function rounded(value: number): number {
  return Number(value.toFixed(4))
}
