#!/usr/bin/env bash
# A generated client asks for one tag that holds a comma where two tags were asked for.
#
# Guess: for a query parameter with `style: form, explode: false` (OpenAPI 3.1) a generator writes the separators of the style as they
# are, `tag=ferry,harbour`, as the table of styles has it, and encodes only what stands in the values.
# Seen (orval 8.38.0): the address is built with String(value) in URLSearchParams, which encodes the commas too: `tag=ferry%2Charbour`,
# which a server that tells values apart before decoding must take for one. With `explode: true` there are two parameters.
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund orval@8.38.0
for explode in false true; do
  cat > "$explode.json" <<JSON
{ "openapi": "3.1.0", "info": { "title": "News", "version": "1" }, "paths": { "/articles": { "get": { "operationId": "listArticles",
  "parameters": [{ "name": "tag", "in": "query", "style": "form", "explode": $explode,
    "schema": { "type": "array", "items": { "type": "string" } } }],
  "responses": { "200": { "description": "Articles", "content": { "application/json": { "schema": { "type": "object" } } } } } } } } }
JSON
  cat > "$explode.config.mjs" <<JS
export default { news: { input: './$explode.json', output: { target: './$explode.ts', client: 'fetch' } } }
JS
  npx orval --config "./$explode.config.mjs" > /dev/null 2>&1
  npx --yes --package typescript@5.9.3 tsc --target es2022 --module esnext --skipLibCheck "$explode.ts" > /dev/null 2>&1 || true
  mv "$explode.js" "$explode.mjs"
done
cat > try.mjs <<'JS'
for (const explode of ['false', 'true']) {
  const { getListArticlesUrl } = await import(`./${explode}.mjs`)
  console.log(`explode: ${explode}`, getListArticlesUrl({ tag: ['ferry', 'harbour'] }))
}
JS
cat > expected <<'OUT'
explode: false /articles?tag=ferry%2Charbour
explode: true /articles?tag=ferry&tag=harbour
OUT
node try.mjs > seen
diff expected seen
echo "orval-list-parameters: as described"
