import { type Command, InvalidArgumentError, Option } from 'commander'
import { openStore } from '../../store/open.ts'
import { readOwner } from '../../store/owner.ts'
import type { Operator } from '../operator.ts'
import { consentKinds, createConsentCode } from './codes.ts'

type Wanted = {
  readonly kind: (typeof consentKinds)[number]
  readonly days: number
  readonly uses: number
  readonly bot?: string
}

/** `invite`: a code with which an institution or a guardian agrees for somebody under 18, or a grown-up comes in, as a link to give them. */
export function addInvite(program: Command, operator: Operator): void {
  program
    .command('invite')
    .description(
      'make a code: consent of an institution or guardian for people under 18, or an invitation for grown-ups',
    )
    .addOption(
      new Option('--kind <kind>', 'who agrees for a child with it; or what a grown-up is invited as')
        .choices(consentKinds)
        .makeOptionMandatory(),
    )
    .option('--days <number>', 'days it is good for, 1 to 366', wholeNumber(366), 30)
    .option('--uses <number>', 'people who may use it, 1 to 1000', wholeNumber(1000), 1)
    .option('--bot <name>', 'user name of the bot, to print the whole link', userName)
    .action((wanted: Wanted) => invite(wanted, operator))
}

async function invite({ kind, days, uses, bot }: Wanted, { config, clock, write }: Operator): Promise<void> {
  const { databaseUrl, dataKey } = config()
  const store = await openStore({ url: databaseUrl, key: dataKey, clock, exclusive: false, create: false })
  try {
    const code = await createConsentCode(store, { kind, days, uses })
    write(bot === undefined ? code : `https://t.me/${bot}?start=${code}`)
    const people = uses === 1 ? 'one person' : `${uses} people`
    write(`The code is shown only this once; it is good for ${days === 1 ? 'one day' : `${days} days`} and ${people}.`)
    if ((await readOwner(store)) === 'playground') {
      write(`It is for the playground only (${store.where}): for the bot on Telegram set BOT_TOKEN.`)
    }
  } finally {
    await store.close()
  }
}

function userName(text: string): string {
  const [, name] = /^(?:@|https:\/\/t\.me\/)?(\w{5,32})$/.exec(text) ?? []
  if (name !== undefined) return name
  throw new InvalidArgumentError('It must be the name @BotFather gave, such as my_serik_bot.')
}

function wholeNumber(most: number): (text: string) => number {
  return (text) => {
    const number = Number(text)
    if (/^\d+$/.test(text) && number >= 1 && number <= most) return number
    throw new InvalidArgumentError(`It must be a whole number from 1 to ${most}.`)
  }
}
