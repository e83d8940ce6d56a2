-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "Dialogue" (
    "chatId" BIGINT NOT NULL,
    "revision" INTEGER NOT NULL,
    "stack" BYTEA NOT NULL,
    "recent" TEXT NOT NULL,
    "shown" INTEGER NOT NULL,
    "messageId" INTEGER,
    "messageKind" TEXT,
    "updatedAt" BIGINT NOT NULL,

    CONSTRAINT "Dialogue_pkey" PRIMARY KEY ("chatId")
);

-- CreateTable
CREATE TABLE "ArchivedFrame" (
    "id" TEXT NOT NULL,
    "chatId" BIGINT NOT NULL,
    "frame" BYTEA NOT NULL,
    "reason" TEXT NOT NULL,
    "at" BIGINT NOT NULL,

    CONSTRAINT "ArchivedFrame_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Person" (
    "chatId" BIGINT NOT NULL,
    "language" TEXT NOT NULL,
    "ageBand" TEXT,
    "region" TEXT,
    "plan" TEXT,
    "name" BYTEA,
    "consentVersion" INTEGER,
    "consentAt" BIGINT,
    "consentBy" TEXT,
    "quietFrom" INTEGER NOT NULL,
    "quietTo" INTEGER NOT NULL,
    "muted" TEXT NOT NULL,
    "unreachable" TEXT,
    "createdAt" BIGINT NOT NULL,
    "updatedAt" BIGINT NOT NULL,

    CONSTRAINT "Person_pkey" PRIMARY KEY ("chatId")
);

-- CreateTable
CREATE TABLE "ConsentCode" (
    "hash" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "createdAt" BIGINT NOT NULL,
    "expiresAt" BIGINT NOT NULL,
    "usesLeft" INTEGER NOT NULL,

    CONSTRAINT "ConsentCode_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "SurveyAttempt" (
    "id" TEXT NOT NULL,
    "chatId" BIGINT NOT NULL,
    "instrument" TEXT NOT NULL,
    "form" TEXT NOT NULL,
    "answers" BYTEA NOT NULL,
    "startedAt" BIGINT NOT NULL,
    "updatedAt" BIGINT NOT NULL,
    "finishedAt" BIGINT,
    "result" BYTEA,

    CONSTRAINT "SurveyAttempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Profession" (
    "id" TEXT NOT NULL,
    "soc" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "family" TEXT NOT NULL,
    "jobZone" INTEGER NOT NULL,
    "realistic" DOUBLE PRECISION NOT NULL,
    "investigative" DOUBLE PRECISION NOT NULL,
    "artistic" DOUBLE PRECISION NOT NULL,
    "social" DOUBLE PRECISION NOT NULL,
    "enterprising" DOUBLE PRECISION NOT NULL,
    "conventional" DOUBLE PRECISION NOT NULL,
    "ways" TEXT NOT NULL,
    "words" TEXT NOT NULL,
    "digest" TEXT NOT NULL,

    CONSTRAINT "Profession_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Family" (
    "id" TEXT NOT NULL,
    "place" INTEGER NOT NULL,
    "words" TEXT NOT NULL,
    "digest" TEXT NOT NULL,

    CONSTRAINT "Family_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Picture" (
    "digest" TEXT NOT NULL,
    "fileId" TEXT NOT NULL,
    "at" BIGINT NOT NULL,

    CONSTRAINT "Picture_pkey" PRIMARY KEY ("digest")
);

-- CreateTable
CREATE TABLE "Notice" (
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "chatId" BIGINT NOT NULL,
    "priority" INTEGER NOT NULL,
    "dueAt" BIGINT NOT NULL,
    "expiresAt" BIGINT,
    "values" BYTEA NOT NULL,
    "createdAt" BIGINT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "outcome" TEXT,
    "reason" TEXT,
    "messageId" INTEGER,
    "finishedAt" BIGINT,
    "claimedBy" TEXT,
    "claimedUntil" BIGINT,

    CONSTRAINT "Notice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Reminder" (
    "id" TEXT NOT NULL,
    "chatId" BIGINT NOT NULL,
    "what" BYTEA NOT NULL,
    "repeat" TEXT NOT NULL,
    "zone" TEXT NOT NULL,
    "minute" INTEGER NOT NULL,
    "nextAt" BIGINT,
    "state" TEXT NOT NULL,
    "createdAt" BIGINT NOT NULL,
    "updatedAt" BIGINT NOT NULL,

    CONSTRAINT "Reminder_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Meta" (
    "name" TEXT NOT NULL,
    "value" BYTEA NOT NULL,

    CONSTRAINT "Meta_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "JobRun" (
    "job" TEXT NOT NULL,
    "startedAt" BIGINT NOT NULL,
    "finishedAt" BIGINT,
    "report" TEXT,
    "holder" TEXT,

    CONSTRAINT "JobRun_pkey" PRIMARY KEY ("job")
);

-- CreateTable
CREATE TABLE "Lease" (
    "name" TEXT NOT NULL,
    "holder" TEXT NOT NULL,
    "until" BIGINT NOT NULL,

    CONSTRAINT "Lease_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE INDEX "ArchivedFrame_chatId_idx" ON "ArchivedFrame"("chatId");

-- CreateIndex
CREATE INDEX "SurveyAttempt_chatId_instrument_startedAt_idx" ON "SurveyAttempt"("chatId", "instrument", "startedAt");

-- CreateIndex
CREATE UNIQUE INDEX "Profession_soc_key" ON "Profession"("soc");

-- CreateIndex
CREATE UNIQUE INDEX "Notice_key_key" ON "Notice"("key");

-- CreateIndex
CREATE INDEX "Notice_outcome_priority_dueAt_idx" ON "Notice"("outcome", "priority", "dueAt");

-- CreateIndex
CREATE INDEX "Notice_chatId_outcome_idx" ON "Notice"("chatId", "outcome");

-- CreateIndex
CREATE INDEX "Reminder_state_nextAt_idx" ON "Reminder"("state", "nextAt");

-- CreateIndex
CREATE INDEX "Reminder_chatId_idx" ON "Reminder"("chatId");
