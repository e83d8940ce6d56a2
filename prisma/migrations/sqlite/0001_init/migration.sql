-- CreateTable
CREATE TABLE "Dialogue" (
    "chatId" BIGINT NOT NULL PRIMARY KEY,
    "revision" INTEGER NOT NULL,
    "stack" BLOB NOT NULL,
    "recent" TEXT NOT NULL,
    "shown" INTEGER NOT NULL,
    "messageId" INTEGER,
    "messageKind" TEXT,
    "updatedAt" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "ArchivedFrame" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "chatId" BIGINT NOT NULL,
    "frame" BLOB NOT NULL,
    "reason" TEXT NOT NULL,
    "at" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "Person" (
    "chatId" BIGINT NOT NULL PRIMARY KEY,
    "language" TEXT NOT NULL,
    "ageBand" TEXT,
    "region" TEXT,
    "plan" TEXT,
    "name" BLOB,
    "consentVersion" INTEGER,
    "consentAt" BIGINT,
    "consentBy" TEXT,
    "quietFrom" INTEGER NOT NULL,
    "quietTo" INTEGER NOT NULL,
    "muted" TEXT NOT NULL,
    "unreachable" TEXT,
    "createdAt" BIGINT NOT NULL,
    "updatedAt" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "ConsentCode" (
    "hash" TEXT NOT NULL PRIMARY KEY,
    "kind" TEXT NOT NULL,
    "createdAt" BIGINT NOT NULL,
    "expiresAt" BIGINT NOT NULL,
    "usesLeft" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "SurveyAttempt" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "chatId" BIGINT NOT NULL,
    "instrument" TEXT NOT NULL,
    "form" TEXT NOT NULL,
    "answers" BLOB NOT NULL,
    "startedAt" BIGINT NOT NULL,
    "updatedAt" BIGINT NOT NULL,
    "finishedAt" BIGINT,
    "result" BLOB
);

-- CreateTable
CREATE TABLE "Profession" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "soc" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "family" TEXT NOT NULL,
    "jobZone" INTEGER NOT NULL,
    "realistic" REAL NOT NULL,
    "investigative" REAL NOT NULL,
    "artistic" REAL NOT NULL,
    "social" REAL NOT NULL,
    "enterprising" REAL NOT NULL,
    "conventional" REAL NOT NULL,
    "ways" TEXT NOT NULL,
    "words" TEXT NOT NULL,
    "digest" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "Family" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "place" INTEGER NOT NULL,
    "words" TEXT NOT NULL,
    "digest" TEXT NOT NULL
);

-- CreateTable
CREATE TABLE "Picture" (
    "digest" TEXT NOT NULL PRIMARY KEY,
    "fileId" TEXT NOT NULL,
    "at" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "Notice" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "chatId" BIGINT NOT NULL,
    "priority" INTEGER NOT NULL,
    "dueAt" BIGINT NOT NULL,
    "expiresAt" BIGINT,
    "values" BLOB NOT NULL,
    "createdAt" BIGINT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "outcome" TEXT,
    "reason" TEXT,
    "messageId" INTEGER,
    "finishedAt" BIGINT,
    "claimedBy" TEXT,
    "claimedUntil" BIGINT
);

-- CreateTable
CREATE TABLE "Reminder" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "chatId" BIGINT NOT NULL,
    "what" BLOB NOT NULL,
    "repeat" TEXT NOT NULL,
    "zone" TEXT NOT NULL,
    "minute" INTEGER NOT NULL,
    "nextAt" BIGINT,
    "state" TEXT NOT NULL,
    "createdAt" BIGINT NOT NULL,
    "updatedAt" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "Meta" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "value" BLOB NOT NULL
);

-- CreateTable
CREATE TABLE "JobRun" (
    "job" TEXT NOT NULL PRIMARY KEY,
    "startedAt" BIGINT NOT NULL,
    "finishedAt" BIGINT,
    "report" TEXT,
    "holder" TEXT
);

-- CreateTable
CREATE TABLE "Lease" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "holder" TEXT NOT NULL,
    "until" BIGINT NOT NULL
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
