-- CreateTable
CREATE TABLE "Question" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "chatId" BIGINT NOT NULL,
    "groupId" TEXT NOT NULL,
    "body" BLOB NOT NULL,
    "state" TEXT NOT NULL,
    "urgency" TEXT NOT NULL,
    "mentorId" BIGINT,
    "givenAt" BIGINT NOT NULL,
    "askedAt" BIGINT NOT NULL,
    "saidAt" BIGINT NOT NULL,
    "readAt" BIGINT,
    "pendingAt" BIGINT,
    "told" TEXT NOT NULL,
    "nextAt" BIGINT,
    "closedAt" BIGINT
);

-- CreateTable
CREATE TABLE "QuestionEntry" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "questionId" TEXT NOT NULL,
    "chatId" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "mentorId" BIGINT,
    "body" BLOB NOT NULL,
    "at" BIGINT NOT NULL,
    "waited" BIGINT
);

-- CreateIndex
CREATE INDEX "Question_chatId_askedAt_idx" ON "Question"("chatId", "askedAt");

-- CreateIndex
CREATE INDEX "Question_groupId_mentorId_givenAt_idx" ON "Question"("groupId", "mentorId", "givenAt");

-- CreateIndex
CREATE INDEX "Question_groupId_state_idx" ON "Question"("groupId", "state");

-- CreateIndex
CREATE INDEX "Question_mentorId_idx" ON "Question"("mentorId");

-- CreateIndex
CREATE INDEX "Question_told_state_idx" ON "Question"("told", "state");

-- CreateIndex
CREATE INDEX "Question_nextAt_idx" ON "Question"("nextAt");

-- CreateIndex
CREATE INDEX "Question_closedAt_idx" ON "Question"("closedAt");

-- CreateIndex
CREATE INDEX "QuestionEntry_questionId_at_idx" ON "QuestionEntry"("questionId", "at");

-- CreateIndex
CREATE INDEX "QuestionEntry_chatId_at_idx" ON "QuestionEntry"("chatId", "at");

-- CreateIndex
CREATE INDEX "QuestionEntry_mentorId_at_idx" ON "QuestionEntry"("mentorId", "at");
