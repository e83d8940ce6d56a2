-- AlterTable
ALTER TABLE "Vacancy" ADD COLUMN "gist" TEXT;
ALTER TABLE "Vacancy" ADD COLUMN "gistBy" TEXT;

-- CreateIndex
CREATE INDEX "Vacancy_state_gistBy_idx" ON "Vacancy"("state", "gistBy");
