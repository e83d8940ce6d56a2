import type { Core } from './core.ts'

/** Pictures Telegram has already received: sending its file id again spares drawing and uploading. */
export type Pictures = {
  /** The file id under which Telegram keeps the picture, if it has been sent before. */
  get(digest: string): Promise<string | undefined>
  put(digest: string, fileId: string): Promise<void>
}

export function createPictures({ prisma, clock }: Pick<Core, 'prisma' | 'clock'>): Pictures {
  return {
    get: async (digest) => (await prisma.picture.findUnique({ where: { digest } }))?.fileId,
    put: async (digest, fileId) => {
      const at = BigInt(clock.now())
      // One statement, since Prisma's upsert is two, between which another process may put the same picture.
      await prisma.$executeRaw`
        INSERT INTO "Picture" ("digest", "fileId", "at") VALUES (${digest}, ${fileId}, ${at})
        ON CONFLICT ("digest") DO UPDATE SET "fileId" = excluded."fileId", "at" = excluded."at"`
    },
  }
}
