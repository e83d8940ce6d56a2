-- AlterTable
ALTER TABLE "Person" ADD COLUMN     "look" TEXT;
