import { alerts as alertsFlow } from '../../../flows/alerts/index.ts'
import { applications as applicationsFlow } from '../../../flows/applications/index.ts'
import { zone } from '../../../flows/common/regions.ts'
import { createLog } from '../../../src/base/log.ts'
import { realWorld } from '../../../src/base/outer-world.ts'
import { alerts } from '../../../src/capabilities/alerts/index.ts'
import { capabilities } from '../../../src/capabilities/index.ts'
import { openCapabilities } from '../../../src/capabilities/open.ts'
import { sources } from '../../../src/capabilities/sources/index.ts'
import { readConfig, root } from '../../../src/config.ts'
import { createTelegramCourier } from '../../../src/delivery/courier.ts'
import { createDelivery } from '../../../src/delivery/delivery.ts'
import { noticeKinds } from '../../../src/delivery/kinds.ts'
import { createPacing } from '../../../src/delivery/pacing.ts'
import { createWords } from '../../../src/i18n/words.ts'
import { createJobRuns } from '../../../src/schedule/runs.ts'
import { createSchedule } from '../../../src/schedule/schedule.ts'
import { openStore } from '../../../src/store/open.ts'
import { createApi } from '../../../src/telegram/api.ts'
import { smallInstrument } from '../../support/instruments.ts'

// Of the bot only what reads sites, finds whom vacancies are for and tells them: it starts in a fraction of the time.
const config = readConfig(process.env)
if (config.mode === 'playground') throw new Error('The token is missing')
const { token, apiRoot, databaseUrl: url, dataKey: key, deletionLog, messagesPerSecond } = config
const { file, contact, headHunterToken } = config.sources
const { clock, steady, random } = realWorld
const log = createLog(config.logLevel)
const store = await openStore({ url, key, clock, log, deletionLog, capabilities })
const words = await createWords(new URL('locales/', root))
// These sites may be asked as often as one likes.
const sleep = (milliseconds: number, signal?: AbortSignal) => realWorld.sleep(milliseconds / 20, signal)
const outside = { sleep, random, sourcesFile: file, contact, headHunterToken, sources: [] }
const flows = [alertsFlow, applicationsFlow]
const content = { instruments: [smallInstrument] } as const
const given = { core: store, files: root, content, flows, words, log, outside }
const { jobs } = await openCapabilities([sources, alerts], given)
const pacing = createPacing({ clock: steady, messagesPerSecond })
const ending = new AbortController().signal
const { api } = createApi({ token, apiRoot, ...realWorld, ending, inner: [pacing.notices], repeats: false })
const delivery = createDelivery({
  ...realWorld,
  store,
  kinds: noticeKinds({ all: flows }),
  courier: createTelegramCourier({ api, words }),
  pacing,
  schedule: createSchedule({ ...realWorld, jobs, runs: createJobRuns(store), zone, log }),
  log,
  zone,
  messagesPerSecond,
})
await delivery.start()
