-- AlterTable
ALTER TABLE "FairVisit" ADD COLUMN     "former" TEXT,
ADD COLUMN     "gone" TEXT;
