-- CreateTable
CREATE TABLE "Fair" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "state" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "startsAt" BIGINT NOT NULL,
    "endsAt" BIGINT NOT NULL,
    "body" TEXT NOT NULL,
    "stands" TEXT NOT NULL,
    "changedAt" BIGINT NOT NULL,
    "publishedAt" BIGINT,
    "announcedTo" BIGINT
);

-- CreateTable
CREATE TABLE "FairVisit" (
    "chatId" BIGINT NOT NULL,
    "fairId" TEXT NOT NULL,
    "at" BIGINT NOT NULL,
    "nextAt" BIGINT,
    "news" TEXT,

    PRIMARY KEY ("chatId", "fairId")
);

-- CreateTable
CREATE TABLE "FairSeat" (
    "fairId" TEXT NOT NULL,
    "standId" TEXT NOT NULL,
    "slot" INTEGER NOT NULL,
    "seat" INTEGER NOT NULL,
    "chatId" BIGINT NOT NULL,
    "at" BIGINT NOT NULL,

    PRIMARY KEY ("fairId", "standId", "slot", "seat")
);

-- CreateIndex
CREATE INDEX "Fair_state_startsAt_idx" ON "Fair"("state", "startsAt");

-- CreateIndex
CREATE INDEX "Fair_endsAt_idx" ON "Fair"("endsAt");

-- CreateIndex
CREATE INDEX "Fair_announcedTo_idx" ON "Fair"("announcedTo");

-- CreateIndex
CREATE INDEX "FairVisit_fairId_idx" ON "FairVisit"("fairId");

-- CreateIndex
CREATE INDEX "FairVisit_nextAt_idx" ON "FairVisit"("nextAt");

-- CreateIndex
CREATE INDEX "FairSeat_chatId_idx" ON "FairSeat"("chatId");
