-- AlterTable
ALTER TABLE "Notice" ADD COLUMN     "answer" TEXT,
ADD COLUMN     "answeredAt" BIGINT;
