-- AlterTable
ALTER TABLE "Person" ADD COLUMN "refusedAt" BIGINT;

-- CreateTable
CREATE TABLE "Deletion" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "at" BIGINT NOT NULL
);
