-- CreateTable
CREATE TABLE "Vacancy" (
    "id" TEXT NOT NULL,
    "identity" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "validThrough" BIGINT NOT NULL,
    "edition" INTEGER NOT NULL,
    "storedAt" BIGINT NOT NULL,
    "changedAt" BIGINT NOT NULL,

    CONSTRAINT "Vacancy_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "VacancySighting" (
    "source" TEXT NOT NULL,
    "sourceId" TEXT NOT NULL,
    "vacancyId" TEXT NOT NULL,
    "url" TEXT,
    "digest" TEXT NOT NULL,
    "seenAt" BIGINT NOT NULL,

    CONSTRAINT "VacancySighting_pkey" PRIMARY KEY ("source","sourceId")
);

-- CreateIndex
CREATE INDEX "Vacancy_identity_idx" ON "Vacancy"("identity");

-- CreateIndex
CREATE INDEX "Vacancy_state_validThrough_idx" ON "Vacancy"("state", "validThrough");

-- CreateIndex
CREATE INDEX "Vacancy_changedAt_idx" ON "Vacancy"("changedAt");

-- CreateIndex
CREATE INDEX "VacancySighting_vacancyId_idx" ON "VacancySighting"("vacancyId");
