-- AlterTable
ALTER TABLE "VacancySighting" ADD COLUMN     "etag" TEXT,
ADD COLUMN     "lookedAt" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "missed" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "modified" TEXT;

-- CreateIndex
CREATE INDEX "Application_vacancyId_idx" ON "Application"("vacancyId");

-- CreateIndex
CREATE INDEX "VacancySighting_source_lookedAt_idx" ON "VacancySighting"("source", "lookedAt");
