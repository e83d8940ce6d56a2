-- CreateTable
CREATE TABLE "Fair" (
    "id" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "startsAt" BIGINT NOT NULL,
    "endsAt" BIGINT NOT NULL,
    "body" TEXT NOT NULL,
    "stands" TEXT NOT NULL,
    "changedAt" BIGINT NOT NULL,
    "publishedAt" BIGINT,
    "announcedTo" BIGINT,

    CONSTRAINT "Fair_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "FairVisit" (
    "chatId" BIGINT NOT NULL,
    "fairId" TEXT NOT NULL,
    "at" BIGINT NOT NULL,
    "nextAt" BIGINT,
    "news" TEXT,

    CONSTRAINT "FairVisit_pkey" PRIMARY KEY ("chatId","fairId")
);

-- CreateTable
CREATE TABLE "FairSeat" (
    "fairId" TEXT NOT NULL,
    "standId" TEXT NOT NULL,
    "slot" INTEGER NOT NULL,
    "seat" INTEGER NOT NULL,
    "chatId" BIGINT NOT NULL,
    "at" BIGINT NOT NULL,

    CONSTRAINT "FairSeat_pkey" PRIMARY KEY ("fairId","standId","slot","seat")
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
