-- CreateTable
CREATE TABLE "SavedProfession" (
    "chatId" BIGINT NOT NULL,
    "profession" TEXT NOT NULL,
    "savedAt" BIGINT NOT NULL,

    PRIMARY KEY ("chatId", "profession")
);
