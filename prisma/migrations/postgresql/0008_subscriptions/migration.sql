-- AlterTable
ALTER TABLE "Vacancy" ADD COLUMN     "newsAt" BIGINT NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "Subscription" (
    "id" TEXT NOT NULL,
    "chatId" BIGINT NOT NULL,
    "filter" BYTEA NOT NULL,
    "rhythm" TEXT NOT NULL,
    "hour" INTEGER NOT NULL,
    "weekday" INTEGER NOT NULL,
    "perDay" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "nextAt" BIGINT,
    "createdAt" BIGINT NOT NULL,
    "updatedAt" BIGINT NOT NULL,

    CONSTRAINT "Subscription_pkey" PRIMARY KEY ("id")
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

    CONSTRAINT "Alert_pkey" PRIMARY KEY ("subscriptionId","vacancyId")
);

-- CreateTable
CREATE TABLE "AlertCursor" (
    "name" TEXT NOT NULL,
    "at" BIGINT NOT NULL,

    CONSTRAINT "AlertCursor_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "VacancySource" (
    "name" TEXT NOT NULL,
    "checkpoint" TEXT,
    "startedAt" BIGINT NOT NULL,
    "finishedAt" BIGINT,
    "goodAt" BIGINT,
    "nextAt" BIGINT NOT NULL,
    "counts" TEXT NOT NULL,
    "trouble" TEXT,
    "why" TEXT,
    "failures" INTEGER NOT NULL,

    CONSTRAINT "VacancySource_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "VacancyMark" (
    "chatId" BIGINT NOT NULL,
    "vacancyId" TEXT NOT NULL,
    "mark" TEXT NOT NULL,
    "at" BIGINT NOT NULL,

    CONSTRAINT "VacancyMark_pkey" PRIMARY KEY ("chatId","vacancyId","mark")
);

-- CreateTable
CREATE TABLE "VacancyReport" (
    "chatId" BIGINT NOT NULL,
    "vacancyId" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "at" BIGINT NOT NULL,

    CONSTRAINT "VacancyReport_pkey" PRIMARY KEY ("chatId","vacancyId")
);

-- CreateTable
CREATE TABLE "VacancyReview" (
    "vacancyId" TEXT NOT NULL,
    "verdict" TEXT NOT NULL,
    "at" BIGINT NOT NULL,

    CONSTRAINT "VacancyReview_pkey" PRIMARY KEY ("vacancyId")
);

-- CreateIndex
CREATE INDEX "Subscription_chatId_idx" ON "Subscription"("chatId");

-- CreateIndex
CREATE INDEX "Subscription_state_nextAt_idx" ON "Subscription"("state", "nextAt");

-- CreateIndex
CREATE INDEX "Alert_vacancyId_idx" ON "Alert"("vacancyId");

-- CreateIndex
CREATE INDEX "Alert_chatId_toldAt_idx" ON "Alert"("chatId", "toldAt");

-- CreateIndex
CREATE INDEX "Alert_foundAt_idx" ON "Alert"("foundAt") WHERE ("toldAt" IS NULL);

-- CreateIndex
CREATE INDEX "VacancyMark_vacancyId_idx" ON "VacancyMark"("vacancyId");

-- CreateIndex
CREATE INDEX "VacancyReport_vacancyId_idx" ON "VacancyReport"("vacancyId");

-- CreateIndex
CREATE INDEX "Vacancy_newsAt_idx" ON "Vacancy"("newsAt");
