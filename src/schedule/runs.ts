import type { Core } from '../store/core.ts'
import { deliveryLease } from '../store/leases.ts'

/** The last run of a job. */
export type JobRun = {
  readonly job: string
  /** Epoch ms. */
  readonly startedAt: number
  /** undefined while it runs, or when its process died. */
  readonly finishedAt: number | undefined
  /** JSON: counts of what it did, or `{ "error": … }`. */
  readonly report: string | undefined
}

export type JobRuns = {
  last(job: string): Promise<JobRun | undefined>
  /**
   * Notes that `holder` starts the job; false while another one runs it that holds the lease of delivery. A run that
   * never ended counts for nothing otherwise: what runs in a process itself, it knows.
   */
  begin(job: string, holder: string, at: number): Promise<boolean>
  end(job: string, holder: string, at: number, report: Readonly<Record<string, unknown>>): Promise<void>
}

export function createJobRuns({ prisma }: Pick<Core, 'prisma'>): JobRuns {
  return {
    last: async (job) => {
      const row = await prisma.jobRun.findUnique({ where: { job } })
      if (row === null) return undefined
      const finishedAt = row.finishedAt === null ? undefined : Number(row.finishedAt)
      return { job, startedAt: Number(row.startedAt), finishedAt, report: row.report ?? undefined }
    },
    begin: async (job, holder, at) => {
      const changed = await prisma.$executeRaw`
        INSERT INTO "JobRun" ("job", "startedAt", "holder") VALUES (${job}, ${BigInt(at)}, ${holder})
        ON CONFLICT ("job") DO UPDATE
        SET "startedAt" = ${BigInt(at)}, "finishedAt" = NULL, "report" = NULL, "holder" = ${holder}
        WHERE "JobRun"."finishedAt" IS NOT NULL OR "JobRun"."holder" IS NULL OR "JobRun"."holder" = ${holder}
          OR NOT EXISTS (SELECT 1 FROM "Lease" l WHERE l."name" = ${deliveryLease} AND l."holder" = "JobRun"."holder")`
      return changed === 1
    },
    end: async (job, holder, at, report) => {
      await prisma.$executeRaw`
        UPDATE "JobRun" SET "finishedAt" = ${BigInt(at)}, "report" = ${JSON.stringify(report)}
        WHERE "job" = ${job} AND "holder" = ${holder} AND "finishedAt" IS NULL`
    },
  }
}
