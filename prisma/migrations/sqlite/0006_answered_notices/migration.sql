-- AlterTable
ALTER TABLE "Notice" ADD COLUMN "answer" TEXT;
ALTER TABLE "Notice" ADD COLUMN "answeredAt" BIGINT;
