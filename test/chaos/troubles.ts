import { setTimeout as wait } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { damages } from './damage.ts'
import type { Scene } from './scene.ts'

/** Something that happens to a bot while people write to it. When it resolves, it is over. */
export type Trouble = {
  readonly name: string
  /** Whether it can happen in this scene. */
  readonly fits: (scene: Scene) => boolean
  readonly happen: (scene: Scene, random: () => number) => Promise<void>
}

const anywhere = () => true
const onSqlite = ({ database }: Scene) => database.provider === 'sqlite'
const hour = 3_600_000

export const troubles: readonly Trouble[] = [
  {
    name: 'kill',
    fits: anywhere,
    async happen(scene, random) {
      // Most often while turns are under way, now and then while the bot starts or shows what was left unshown.
      if (random() < 0.15) await wait(random() * 1_500)
      else await underLoad(scene, random)
      await scene.restart('SIGKILL')
    },
  },
  {
    name: 'stop',
    fits: anywhere,
    async happen(scene, random) {
      await underLoad(scene, random)
      await scene.restart('SIGTERM')
    },
  },
  {
    name: 'pause',
    fits: anywhere,
    async happen(scene, random) {
      await underLoad(scene, random)
      scene.bot.pause()
      // Longer than a lease lives without being renewed.
      await wait(11_000 + random() * 3_000)
      scene.bot.resume()
    },
  },
  {
    name: 'full disk',
    fits: ({ disk }) => disk !== undefined,
    async happen({ disk }, random) {
      disk?.fill()
      await wait(4_000 + random() * 4_000)
      disk?.free()
    },
  },
  {
    name: 'damaged rows',
    fits: anywhere,
    async happen(scene) {
      for (const damage of damages) await damage(scene)
    },
  },
  {
    name: 'locked database',
    fits: onSqlite,
    async happen({ file }, random) {
      const other = new Database(file, { timeout: 5_000 })
      other.exec('BEGIN IMMEDIATE')
      // Longer than the store waits for a lock.
      await wait(6_000 + random() * 3_000)
      other.exec('ROLLBACK')
      other.close()
    },
  },
  {
    name: 'frozen connections',
    fits: ({ wire }) => wire !== undefined,
    async happen(scene, random) {
      await underLoad(scene, random)
      scene.wire?.freeze()
    },
  },
  {
    name: 'clock set back',
    fits: anywhere,
    happen: (scene, random) => step(scene, -hour, random),
  },
  {
    name: 'clock set forward',
    fits: anywhere,
    happen: (scene, random) => step(scene, hour, random),
  },
]

/** Wrong for a while, and right again. */
async function step({ bot }: Scene, milliseconds: number, random: () => number): Promise<void> {
  bot.stepClock(milliseconds)
  await wait(3_000 + random() * 2_000)
  bot.stepClock(0)
}

/** The bot asks for updates again: turns are under way. */
async function underLoad({ api }: Scene, random: () => number): Promise<void> {
  await new Promise<void>((resolve) => {
    const unsubscribe = api.calls.changes.subscribe(({ method }) => {
      if (method !== 'getUpdates') return
      unsubscribe()
      resolve()
    })
  })
  await wait(random() * 500)
}
