# The service as an image: the packages of package-lock.json without those of development, and nobody's rights.
#   docker build -t onrecord . && docker run --read-only -p 3000:3000 -v onrecord:/data onrecord
FROM node:24-bookworm-slim AS program
WORKDIR /onrecord
RUN chown node:node .
USER node
COPY --chown=node:node package.json package-lock.json ./
RUN npm ci --omit=dev --no-audit --no-fund --cache /tmp/npm && rm -rf /tmp/npm
COPY --chown=node:node onrecord.js resolve-hooks.js LICENSE ./
COPY --chown=node:node migrations migrations
COPY --chown=node:node openapi openapi
COPY --chown=node:node sample sample
COPY --chown=node:node src src
# Compiles the program once, into node_modules/.cache. Node keeps compiled code for each user apart, and for nobody else to
# read: this is the user that the service runs as, and the files are root's below.
RUN node onrecord.js openapi /dev/null && chmod -R a+rX node_modules/.cache

FROM node:24-bookworm-slim
# Two arenas of malloc, and nothing large in them: with more, glibc keeps what pictures needed in each of them.
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATABASE_URL=file:/data/onrecord.db MALLOC_ARENA_MAX=2 \
  MALLOC_MMAP_THRESHOLD_=262144
RUN install -d -o node -g node -m 700 /data
WORKDIR /onrecord
# Owned by root: the service cannot change its own program, also where the root is not read-only.
COPY --from=program --chown=root:root /onrecord .
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=8", "--v8-pool-size=2", "onrecord.js", "serve"]
