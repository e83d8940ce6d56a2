import { StoreError } from '../engine/store-error.ts'
import type { Core } from './core.ts'

/** Whose people a database knows: a bot's on Telegram, by its id, which a new token does not change; or nobody real. */
export type Owner = { readonly type: 'bot'; readonly id: number } | { readonly type: 'playground' }

const name = 'owner'

/**
 * Makes a database the owner's own, or throws StoreError `bot` when it is another's: a bot that writes to people it does
 * not know is told that none of them can be reached. To be called before anything is sent or noted. Of processes that
 * start together on a new database the first one's word stands.
 */
export async function claimDatabase(core: Core, owner: Owner): Promise<void> {
  const word = wordOf(owner)
  if (owner.type === 'playground') await keepOffPeople(core)
  else await takeFromPlayground(core)
  await forgetDamaged(core)
  await core.prisma.$executeRaw`
    INSERT INTO "Meta" ("name", "value") VALUES (${name}, ${Buffer.from(word)}) ON CONFLICT DO NOTHING`
  const standing = await readOwner(core)
  if (standing !== word) throw new StoreError('bot', refusal(core.where, owner, standing))
}

/** Whose the database is, as text: `playground`, a bot's id, or undefined when nobody has claimed it or none can tell. */
export async function readOwner(core: Pick<Core, 'prisma'>): Promise<string | undefined> {
  const word = await readWord(core)
  return word !== undefined && isWord(word) ? word : undefined
}

async function readWord({ prisma }: Pick<Core, 'prisma'>): Promise<string | undefined> {
  const row = await prisma.meta.findUnique({ where: { name } })
  return row === null ? undefined : Buffer.from(row.value).toString('utf8')
}

function isWord(word: string): boolean {
  return word === 'playground' || /^\d+$/.test(word)
}

/** A word that cannot be read is nobody's, as in a database from before owners were noted. */
async function forgetDamaged(core: Core): Promise<void> {
  const word = await readWord(core)
  if (word === undefined || isWord(word)) return
  core.damaged('Meta', [name])
  await core.prisma.meta.deleteMany({ where: { name } })
}

function wordOf(owner: Owner): string {
  return owner.type === 'playground' ? 'playground' : String(owner.id)
}

/** A database with people from before owners were noted is somebody's who may be real. */
async function keepOffPeople(core: Core): Promise<void> {
  if ((await readOwner(core)) === undefined && (await hasPeople(core))) {
    throw new StoreError('bot', refusal(core.where, { type: 'playground' }, undefined))
  }
}

/** What the playground left unused is as good as new. */
async function takeFromPlayground(core: Core): Promise<void> {
  if (await hasPeople(core)) return
  await core.prisma.meta.deleteMany({ where: { name, value: Buffer.from('playground') } })
}

async function hasPeople({ prisma }: Core): Promise<boolean> {
  const [person, dialogue, notice] = await Promise.all([
    prisma.person.findFirst({ select: { chatId: true } }),
    prisma.dialogue.findFirst({ select: { chatId: true } }),
    prisma.notice.findFirst({ select: { id: true } }),
  ])
  return person !== null || dialogue !== null || notice !== null
}

function refusal(where: string, owner: Owner, standing: string | undefined): string {
  if (owner.type === 'playground') {
    const whose = standing === undefined ? 'holds people who may be real' : `belongs to the bot ${standing}`
    return (
      `${where} ${whose}, and the playground would take them for unreachable. Set BOT_TOKEN to the bot's token; ` +
      'for the playground leave DATABASE_URL out, or name a new database.'
    )
  }
  if (standing === 'playground') {
    return (
      `${where} belongs to the playground, whose people are not on Telegram. Leave DATABASE_URL out, or give the bot ` +
      `${owner.id} a new database; without BOT_TOKEN the playground goes on with this one.`
    )
  }
  return (
    `${where} belongs to another bot (${standing}), and the bot ${owner.id} cannot write to its people. Set BOT_TOKEN ` +
    `to a token of the bot ${standing}, or give this one a DATABASE_URL of its own.`
  )
}
