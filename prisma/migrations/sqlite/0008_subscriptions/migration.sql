-- CreateTable
CREATE TABLE "Subscription" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "chatId" BIGINT NOT NULL,
    "filter" BLOB NOT NULL,
    "rhythm" TEXT NOT NULL,
    "hour" INTEGER NOT NULL,
    "weekday" INTEGER NOT NULL,
    "perDay" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "nextAt" BIGINT,
    "createdAt" BIGINT NOT NULL,
    "updatedAt" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "Alert" (
    "subscriptionId" TEXT NOT NULL,
    "vacancyId" TEXT NOT NULL,
    "chatId" BIGINT NOT NULL,
    "edition" INTEGER NOT NULL,
    "score" INTEGER NOT NULL,
    "foundAt" BIGINT NOT NULL,
    "toldAt" BIGINT,
    "noticeKey" TEXT,

    PRIMARY KEY ("subscriptionId", "vacancyId")
);

-- CreateTable
CREATE TABLE "AlertCursor" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "at" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "VacancySource" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "checkpoint" TEXT,
    "startedAt" BIGINT NOT NULL,
    "finishedAt" BIGINT,
    "goodAt" BIGINT,
    "nextAt" BIGINT NOT NULL,
    "counts" TEXT NOT NULL,
    "trouble" TEXT,
    "why" TEXT,
    "failures" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "VacancyMark" (
    "chatId" BIGINT NOT NULL,
    "vacancyId" TEXT NOT NULL,
    "mark" TEXT NOT NULL,
    "at" BIGINT NOT NULL,

    PRIMARY KEY ("chatId", "vacancyId", "mark")
);

-- CreateTable
CREATE TABLE "VacancyReport" (
    "chatId" BIGINT NOT NULL,
    "vacancyId" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "at" BIGINT NOT NULL,

    PRIMARY KEY ("chatId", "vacancyId")
);

-- CreateTable
CREATE TABLE "VacancyReview" (
    "vacancyId" TEXT NOT NULL PRIMARY KEY,
    "verdict" TEXT NOT NULL,
    "at" BIGINT NOT NULL
);

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Vacancy" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "identity" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "validThrough" BIGINT NOT NULL,
    "edition" INTEGER NOT NULL,
    "storedAt" BIGINT NOT NULL,
    "changedAt" BIGINT NOT NULL,
    "newsAt" BIGINT NOT NULL DEFAULT 0
);
INSERT INTO "new_Vacancy" ("body", "changedAt", "edition", "id", "identity", "state", "storedAt", "validThrough") SELECT "body", "changedAt", "edition", "id", "identity", "state", "storedAt", "validThrough" FROM "Vacancy";
DROP TABLE "Vacancy";
ALTER TABLE "new_Vacancy" RENAME TO "Vacancy";
CREATE INDEX "Vacancy_identity_idx" ON "Vacancy"("identity");
CREATE INDEX "Vacancy_state_validThrough_idx" ON "Vacancy"("state", "validThrough");
CREATE INDEX "Vacancy_changedAt_idx" ON "Vacancy"("changedAt");
CREATE INDEX "Vacancy_newsAt_idx" ON "Vacancy"("newsAt");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE INDEX "Subscription_chatId_idx" ON "Subscription"("chatId");

-- CreateIndex
CREATE INDEX "Subscription_state_nextAt_idx" ON "Subscription"("state", "nextAt");

-- CreateIndex
CREATE INDEX "Alert_vacancyId_idx" ON "Alert"("vacancyId");

-- CreateIndex
CREATE INDEX "Alert_chatId_toldAt_idx" ON "Alert"("chatId", "toldAt");

-- CreateIndex
CREATE INDEX "Alert_foundAt_idx" ON "Alert"("foundAt") WHERE "toldAt" IS NULL;

-- CreateIndex
CREATE INDEX "VacancyMark_vacancyId_idx" ON "VacancyMark"("vacancyId");

-- CreateIndex
CREATE INDEX "VacancyReport_vacancyId_idx" ON "VacancyReport"("vacancyId");
