-- CreateTable
CREATE TABLE "SavedProfession" (
    "chatId" BIGINT NOT NULL,
    "profession" TEXT NOT NULL,
    "savedAt" BIGINT NOT NULL,

    CONSTRAINT "SavedProfession_pkey" PRIMARY KEY ("chatId","profession")
);
