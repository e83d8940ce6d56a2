# The bot on Telegram. Settings come from the environment; everything it keeps is in the volume /app/data, and it writes
# nowhere else but /tmp: the root may be read-only and the user has no rights (see compose.yaml).
FROM node:22-bookworm AS build
WORKDIR /app
COPY . .
# With a compiler at hand: the driver of SQLite is built where no ready one can be fetched.
RUN npm ci --omit=dev --no-audit --no-fund

FROM node:22-bookworm-slim
WORKDIR /app
COPY --from=build /app /app
RUN mkdir -p data && chown node:node data && chmod 700 data
USER node
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000
VOLUME /app/data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Not through npm: the program itself must get the signal to stop.
CMD ["node", "--import", "tsx", "src/main.ts"]
