#!/usr/bin/env bash
# Words that were quoted are gone, their speaker stays.
#
# Guess: a library that takes the story out of a page drops tags that it does not allow and keeps their words, as it does with b and i.
# Seen (@extractus/article-extractor 9.0.1): q, time and del go with the words in them, while span keeps its own. A sentence about what
# was said loses what was said and when, and nothing tells of it.
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund @extractus/article-extractor@9.0.1
cat > try.mjs <<'JS'
import { extractFromHtml } from '@extractus/article-extractor'
const filler = 'The harbour board met for three hours and heard what the town thinks of the ferry, its price and the winter. '.repeat(4)
const line = '<p><q>No, it stays,</q> he said on <time>Monday</time>. The <span>old</span> ferry costs <del>five</del> six crowns.</p>'
const html = `<html><head><title>Late ferry</title></head><body><article><h1>Late ferry</h1><p>${filler}</p>${line}<p>${filler}</p></article></body></html>`
const { content } = await extractFromHtml(html, 'https://www.example.com/story')
console.log(content.split('<p>').find((paragraph) => paragraph.includes('crowns')))
JS
cat > expected <<'OUT'
 he said on . The <span>old</span> ferry costs six crowns.</p>
OUT
node try.mjs > seen
diff expected seen
echo "article-extractor-quoted-words-lost: as described"
