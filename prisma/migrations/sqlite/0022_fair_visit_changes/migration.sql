-- AlterTable
ALTER TABLE "FairVisit" ADD COLUMN "former" TEXT;
ALTER TABLE "FairVisit" ADD COLUMN "gone" TEXT;
