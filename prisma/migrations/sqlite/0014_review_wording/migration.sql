-- AlterTable
ALTER TABLE "VacancyReview" ADD COLUMN "wording" TEXT;
