-- DropIndex
DROP INDEX "Notice_outcome_priority_dueAt_idx";

-- CreateIndex
CREATE INDEX "Dialogue_updatedAt_idx" ON "Dialogue"("updatedAt") WHERE "shown" < "revision";

-- CreateIndex
CREATE INDEX "ConsentCode_expiresAt_idx" ON "ConsentCode"("expiresAt");

-- CreateIndex
CREATE INDEX "Picture_at_idx" ON "Picture"("at");

-- CreateIndex
CREATE INDEX "Notice_priority_dueAt_idx" ON "Notice"("priority", "dueAt") WHERE "outcome" IS NULL;

-- CreateIndex
CREATE INDEX "Notice_claimedBy_idx" ON "Notice"("claimedBy") WHERE "claimedBy" IS NOT NULL;

-- CreateIndex
CREATE INDEX "Notice_expiring_idx" ON "Notice"("expiresAt") WHERE "finishedAt" IS NULL;

-- CreateIndex
CREATE INDEX "Notice_chatId_createdAt_idx" ON "Notice"("chatId", "createdAt") WHERE "outcome" IN ('blocked', 'unreachable') AND "finishedAt" IS NULL;

-- CreateIndex
CREATE INDEX "Notice_finishedAt_idx" ON "Notice"("finishedAt") WHERE "expiresAt" IS NULL;

-- CreateIndex
CREATE INDEX "Notice_over_idx" ON "Notice"("expiresAt") WHERE "finishedAt" IS NOT NULL;
