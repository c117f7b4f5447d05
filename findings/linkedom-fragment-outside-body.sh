#!/usr/bin/env bash
# The words of an article that is parsed without a page around it are not in the body.
#
# Guess: a parser of HTML puts what stands without <html> and <body> into the body, as the HTML standard says and browsers and parse5
# do; document.body.textContent has the words.
# Seen (linkedom 0.18.15): querySelector finds the article, but body is made on demand, empty, and textContent is ''. With <html><body>
# around the same words they are there.
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund linkedom@0.18.15
cat > try.mjs <<'JS'
import { parseHTML } from 'linkedom'
const article = '<article><h1>Late ferry</h1><p>The ferry stays.</p></article>'
for (const page of [article, `<html><body>${article}</body></html>`]) {
  const { document } = parseHTML(page)
  const found = document.querySelector('article').textContent
  console.log(JSON.stringify({ found, body: document.body.textContent }))
}
JS
cat > expected <<'OUT'
{"found":"Late ferryThe ferry stays.","body":""}
{"found":"Late ferryThe ferry stays.","body":"Late ferryThe ferry stays."}
OUT
node try.mjs > seen
diff expected seen
echo "linkedom-fragment-outside-body: as described"
