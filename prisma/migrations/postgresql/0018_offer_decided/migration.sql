-- AlterTable
ALTER TABLE "Offer" ADD COLUMN     "decidedAt" BIGINT;
