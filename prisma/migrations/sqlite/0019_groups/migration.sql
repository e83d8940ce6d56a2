-- AlterTable
ALTER TABLE "ConsentCode" ADD COLUMN "chatId" BIGINT;
ALTER TABLE "ConsentCode" ADD COLUMN "groupId" TEXT;
ALTER TABLE "ConsentCode" ADD COLUMN "revokedAt" BIGINT;

-- CreateTable
CREATE TABLE "Institution" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "region" TEXT,
    "createdAt" BIGINT NOT NULL,
    "closedAt" BIGINT
);

-- CreateTable
CREATE TABLE "MentorGroup" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "institutionId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "createdAt" BIGINT NOT NULL,
    "closedAt" BIGINT
);

-- CreateTable
CREATE TABLE "GroupMember" (
    "groupId" TEXT NOT NULL,
    "chatId" BIGINT NOT NULL,
    "role" TEXT NOT NULL,
    "shares" TEXT NOT NULL,
    "joinedAt" BIGINT NOT NULL,

    PRIMARY KEY ("groupId", "chatId")
);

-- CreateTable
CREATE TABLE "AuditEntry" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "at" BIGINT NOT NULL,
    "chatId" BIGINT NOT NULL,
    "action" TEXT NOT NULL,
    "groupId" TEXT,
    "about" BIGINT,
    "detail" TEXT
);

-- CreateIndex
CREATE INDEX "Institution_closedAt_name_idx" ON "Institution"("closedAt", "name");

-- CreateIndex
CREATE INDEX "MentorGroup_institutionId_idx" ON "MentorGroup"("institutionId");

-- CreateIndex
CREATE INDEX "GroupMember_chatId_idx" ON "GroupMember"("chatId");

-- CreateIndex
CREATE INDEX "GroupMember_groupId_role_joinedAt_idx" ON "GroupMember"("groupId", "role", "joinedAt");

-- CreateIndex
CREATE INDEX "AuditEntry_at_id_idx" ON "AuditEntry"("at", "id");

-- CreateIndex
CREATE INDEX "AuditEntry_groupId_at_idx" ON "AuditEntry"("groupId", "at");

-- CreateIndex
CREATE INDEX "AuditEntry_chatId_idx" ON "AuditEntry"("chatId");

-- CreateIndex
CREATE INDEX "AuditEntry_about_idx" ON "AuditEntry"("about");

-- CreateIndex
CREATE INDEX "ConsentCode_groupId_idx" ON "ConsentCode"("groupId");

-- CreateIndex
CREATE INDEX "ConsentCode_chatId_idx" ON "ConsentCode"("chatId");
