-- DropIndex
DROP INDEX "Alert_foundAt_idx";

-- DropIndex
DROP INDEX "Vacancy_changedAt_idx";

-- DropIndex
DROP INDEX "Vacancy_newsAt_idx";

-- AlterTable
ALTER TABLE "Alert" ADD COLUMN     "toldEdition" INTEGER,
ADD COLUMN     "toldPay" BIGINT;

-- CreateIndex
CREATE INDEX "Subscription_updatedAt_id_idx" ON "Subscription"("updatedAt", "id");

-- CreateIndex
CREATE INDEX "Alert_foundAt_idx" ON "Alert"("foundAt");

-- CreateIndex
CREATE INDEX "Vacancy_changedAt_id_idx" ON "Vacancy"("changedAt", "id");

-- CreateIndex
CREATE INDEX "Vacancy_newsAt_id_idx" ON "Vacancy"("newsAt", "id");

-- CreateIndex
CREATE INDEX "VacancyMark_at_idx" ON "VacancyMark"("at");
