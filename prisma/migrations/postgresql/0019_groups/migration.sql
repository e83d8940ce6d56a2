-- AlterTable
ALTER TABLE "ConsentCode" ADD COLUMN     "chatId" BIGINT,
ADD COLUMN     "groupId" TEXT,
ADD COLUMN     "revokedAt" BIGINT;

-- CreateTable
CREATE TABLE "Institution" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "region" TEXT,
    "createdAt" BIGINT NOT NULL,
    "closedAt" BIGINT,

    CONSTRAINT "Institution_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "MentorGroup" (
    "id" TEXT NOT NULL,
    "institutionId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "createdAt" BIGINT NOT NULL,
    "closedAt" BIGINT,

    CONSTRAINT "MentorGroup_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "GroupMember" (
    "groupId" TEXT NOT NULL,
    "chatId" BIGINT NOT NULL,
    "role" TEXT NOT NULL,
    "shares" TEXT NOT NULL,
    "joinedAt" BIGINT NOT NULL,

    CONSTRAINT "GroupMember_pkey" PRIMARY KEY ("groupId","chatId")
);

-- CreateTable
CREATE TABLE "AuditEntry" (
    "id" TEXT NOT NULL,
    "at" BIGINT NOT NULL,
    "chatId" BIGINT NOT NULL,
    "action" TEXT NOT NULL,
    "groupId" TEXT,
    "about" BIGINT,
    "detail" TEXT,

    CONSTRAINT "AuditEntry_pkey" PRIMARY KEY ("id")
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
