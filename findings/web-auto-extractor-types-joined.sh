#!/usr/bin/env bash
# A story with two types is under neither of them, and one in a graph is under "undefined".
#
# Guess: JSON-LD is grouped by type: an item of the types NewsArticle and ReportageNewsArticle (schema.org has it as a
# subtype) is under each, and those of an @graph, the form most publishing systems write, are under their own.
# Seen (web-auto-extractor 1.0.17): the list of types is joined with a comma into one key; the graph as a whole, with all
# that is in it, is under the key "undefined".
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund web-auto-extractor@1.0.17
cat > try.mjs <<'JS'
import { createRequire } from 'node:module'
const { default: extractor } = createRequire(import.meta.url)('web-auto-extractor')
const story = { '@type': ['NewsArticle', 'ReportageNewsArticle'], headline: 'Late ferry' }
for (const data of [story, { '@graph': [{ ...story, '@type': 'NewsArticle' }] }]) {
  const html = `<html><head><script type="application/ld+json">${JSON.stringify({ '@context': 'https://schema.org', ...data })}</script></head></html>`
  console.log(Object.keys(extractor().parse(html).jsonld).join(' | '))
}
JS
cat > expected <<'OUT'
NewsArticle,ReportageNewsArticle
undefined
OUT
node try.mjs > seen
diff expected seen
echo "web-auto-extractor-types-joined: as described"
