-- CreateTable
CREATE TABLE "Announcement" (
    "id" TEXT NOT NULL,
    "chatId" BIGINT NOT NULL,
    "state" TEXT NOT NULL,
    "body" BYTEA NOT NULL,
    "audience" TEXT NOT NULL,
    "expected" INTEGER NOT NULL,
    "people" INTEGER NOT NULL,
    "at" BIGINT NOT NULL,
    "createdAt" BIGINT NOT NULL,
    "work" TEXT,
    "reached" BIGINT,
    "finishedAt" BIGINT,

    CONSTRAINT "Announcement_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Announcement_chatId_createdAt_idx" ON "Announcement"("chatId", "createdAt");

-- CreateIndex
CREATE INDEX "Announcement_work_at_idx" ON "Announcement"("work", "at");

-- CreateIndex
CREATE INDEX "Announcement_finishedAt_idx" ON "Announcement"("finishedAt");
