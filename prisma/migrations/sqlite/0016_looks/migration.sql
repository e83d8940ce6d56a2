-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_VacancySighting" (
    "source" TEXT NOT NULL,
    "sourceId" TEXT NOT NULL,
    "vacancyId" TEXT NOT NULL,
    "url" TEXT,
    "digest" TEXT NOT NULL,
    "seenAt" BIGINT NOT NULL,
    "lookedAt" BIGINT NOT NULL DEFAULT 0,
    "etag" TEXT,
    "modified" TEXT,
    "missed" INTEGER NOT NULL DEFAULT 0,

    PRIMARY KEY ("source", "sourceId")
);
INSERT INTO "new_VacancySighting" ("digest", "seenAt", "source", "sourceId", "url", "vacancyId") SELECT "digest", "seenAt", "source", "sourceId", "url", "vacancyId" FROM "VacancySighting";
DROP TABLE "VacancySighting";
ALTER TABLE "new_VacancySighting" RENAME TO "VacancySighting";
CREATE INDEX "VacancySighting_vacancyId_idx" ON "VacancySighting"("vacancyId");
CREATE INDEX "VacancySighting_source_lookedAt_idx" ON "VacancySighting"("source", "lookedAt");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE INDEX "Application_vacancyId_idx" ON "Application"("vacancyId");
