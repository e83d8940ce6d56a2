-- CreateIndex
CREATE INDEX "Person_consentBy_chatId_idx" ON "Person"("consentBy", "chatId");
