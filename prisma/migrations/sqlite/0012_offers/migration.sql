-- CreateTable
CREATE TABLE "Offer" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "chatId" BIGINT NOT NULL,
    "body" BLOB NOT NULL,
    "state" TEXT NOT NULL,
    "returned" BLOB,
    "vacancyId" TEXT,
    "sentAt" BIGINT NOT NULL,
    "validThrough" BIGINT NOT NULL,
    "createdAt" BIGINT NOT NULL
);

-- CreateTable
CREATE TABLE "OfferReviewTold" (
    "vacancyId" TEXT NOT NULL PRIMARY KEY,
    "at" BIGINT NOT NULL
);

-- CreateIndex
CREATE INDEX "Offer_state_sentAt_idx" ON "Offer"("state", "sentAt");

-- CreateIndex
CREATE INDEX "Offer_chatId_createdAt_idx" ON "Offer"("chatId", "createdAt");

-- CreateIndex
CREATE INDEX "OfferReviewTold_at_idx" ON "OfferReviewTold"("at");
