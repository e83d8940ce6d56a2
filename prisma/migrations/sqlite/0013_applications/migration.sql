-- CreateTable
CREATE TABLE "Application" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "chatId" BIGINT NOT NULL,
    "vacancyId" TEXT,
    "body" BLOB NOT NULL,
    "state" TEXT NOT NULL,
    "appliedAt" BIGINT NOT NULL,
    "nextAt" BIGINT,
    "updatedAt" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "Cv" (
    "chatId" BIGINT NOT NULL PRIMARY KEY,
    "answers" BLOB NOT NULL,
    "updatedAt" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "ReadyPaper" (
    "chatId" BIGINT NOT NULL,
    "paper" TEXT NOT NULL,
    "at" BIGINT NOT NULL,

    PRIMARY KEY ("chatId", "paper")
);

-- CreateIndex
CREATE INDEX "Application_chatId_state_idx" ON "Application"("chatId", "state");

-- CreateIndex
CREATE INDEX "Application_chatId_vacancyId_idx" ON "Application"("chatId", "vacancyId");
