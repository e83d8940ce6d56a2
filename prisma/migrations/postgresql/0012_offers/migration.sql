-- CreateTable
CREATE TABLE "Offer" (
    "id" TEXT NOT NULL,
    "chatId" BIGINT NOT NULL,
    "body" BYTEA NOT NULL,
    "state" TEXT NOT NULL,
    "returned" BYTEA,
    "vacancyId" TEXT,
    "sentAt" BIGINT NOT NULL,
    "validThrough" BIGINT NOT NULL,
    "createdAt" BIGINT NOT NULL,

    CONSTRAINT "Offer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OfferReviewTold" (
    "vacancyId" TEXT NOT NULL,
    "at" BIGINT NOT NULL,

    CONSTRAINT "OfferReviewTold_pkey" PRIMARY KEY ("vacancyId")
);

-- CreateIndex
CREATE INDEX "Offer_state_sentAt_idx" ON "Offer"("state", "sentAt");

-- CreateIndex
CREATE INDEX "Offer_chatId_createdAt_idx" ON "Offer"("chatId", "createdAt");

-- CreateIndex
CREATE INDEX "OfferReviewTold_at_idx" ON "OfferReviewTold"("at");
