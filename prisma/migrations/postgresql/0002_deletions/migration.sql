-- AlterTable
ALTER TABLE "Person" ADD COLUMN     "refusedAt" BIGINT;

-- CreateTable
CREATE TABLE "Deletion" (
    "id" TEXT NOT NULL,
    "at" BIGINT NOT NULL,

    CONSTRAINT "Deletion_pkey" PRIMARY KEY ("id")
);
