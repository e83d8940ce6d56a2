import { Command } from 'commander'
import { createBotApi } from './bot-api/create-bot-api.ts'
import type { Faults } from './bot-api/faults.ts'
import { seededRandom } from './bot-api/random.ts'
import { createControl } from './control.ts'

/** The Bot API as a process of its own, with /control to drive it. Prints one line of JSON when ready. */
const command = new Command('serve')
  .option('--port <port>', 'port, 0 for a free one', '0')
  .option('--host <host>', 'address to bind', '127.0.0.1')
  .option('--token <token>', 'the token that is let in')
  .option('--seed <seed>', 'seed of the faults', '1')
  .option('--records <count>', 'wire calls remembered', '1000')
  .option('--history <count>', 'messages remembered a chat', '500')
  .option('--faults <json>', 'faults to begin with, as PUT /control/faults takes them', '{}')
  .parse()

type Options = {
  readonly port: string
  readonly host: string
  readonly token?: string
  readonly seed: string
  readonly records: string
  readonly history: string
  readonly faults: string
}

const options = command.opts<Options>()
const api = createBotApi({
  ...(options.token ? { token: options.token } : {}),
  random: seededRandom(Number(options.seed)),
  recordLimit: Number(options.records),
  historyLimit: Number(options.history),
  // Whoever starts the process writes the switches; PUT /control/faults is the checked way.
  faults: JSON.parse(options.faults) as Faults,
})
api.mount('/control', createControl(api))
const { url, close } = await api.listen(Number(options.port), options.host)
console.log(JSON.stringify({ url, token: api.token }))

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void close().then(() => process.exit(0)))
