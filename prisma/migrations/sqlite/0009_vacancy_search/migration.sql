-- CreateTable
CREATE TABLE "VacancySearch" (
    "chatId" BIGINT NOT NULL PRIMARY KEY,
    "filter" BLOB NOT NULL,
    "at" BIGINT NOT NULL
);
