-- CreateTable
CREATE TABLE "VacancySearch" (
    "chatId" BIGINT NOT NULL,
    "filter" BYTEA NOT NULL,
    "at" BIGINT NOT NULL,

    CONSTRAINT "VacancySearch_pkey" PRIMARY KEY ("chatId")
);
