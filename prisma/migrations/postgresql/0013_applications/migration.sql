-- CreateTable
CREATE TABLE "Application" (
    "id" TEXT NOT NULL,
    "chatId" BIGINT NOT NULL,
    "vacancyId" TEXT,
    "body" BYTEA NOT NULL,
    "state" TEXT NOT NULL,
    "appliedAt" BIGINT NOT NULL,
    "nextAt" BIGINT,
    "updatedAt" BIGINT NOT NULL,

    CONSTRAINT "Application_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Cv" (
    "chatId" BIGINT NOT NULL,
    "answers" BYTEA NOT NULL,
    "updatedAt" BIGINT NOT NULL,

    CONSTRAINT "Cv_pkey" PRIMARY KEY ("chatId")
);

-- CreateTable
CREATE TABLE "ReadyPaper" (
    "chatId" BIGINT NOT NULL,
    "paper" TEXT NOT NULL,
    "at" BIGINT NOT NULL,

    CONSTRAINT "ReadyPaper_pkey" PRIMARY KEY ("chatId","paper")
);

-- CreateIndex
CREATE INDEX "Application_chatId_state_idx" ON "Application"("chatId", "state");

-- CreateIndex
CREATE INDEX "Application_chatId_vacancyId_idx" ON "Application"("chatId", "vacancyId");
