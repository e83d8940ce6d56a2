# The bot on Telegram. Settings come from the environment; everything it keeps is in the volume /app/data.
FROM node:22-slim
WORKDIR /app
COPY . .
RUN npm ci --omit=dev --no-audit --no-fund && mkdir -p data && chown node:node data
USER node
ENV HOST=0.0.0.0 PORT=3000
VOLUME /app/data
EXPOSE 3000
HEALTHCHECK --start-period=60s CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Not through npm: the program itself must get the signal to stop.
CMD ["node", "--import", "tsx", "src/main.ts"]
