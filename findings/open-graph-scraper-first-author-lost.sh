#!/usr/bin/env bash
# Of two authors the last remains, of three tags as well.
#
# Guess: article:author and article:tag may stand several times (ogp.me, Arrays): both come as lists.
# Seen (open-graph-scraper 6.12.0): each is one text, the last of the page; who stood first in the byline is gone, while
# og:image is a list. On Record's importer reads all of them (src/importing/metadata/authors.ts).
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund open-graph-scraper@6.12.0
cat > try.mjs <<'JS'
import ogs from 'open-graph-scraper'
const meta = (property, content) => `<meta property="${property}" content="${content}">`
const html = `<html><head>${meta('og:title', 'Late ferry')}${meta('article:author', 'Ines Okafor')}${meta('article:author', 'Mara Lindqvist')}${['harbour', 'ferry', 'budget'].map((tag) => meta('article:tag', tag)).join('')}</head><body></body></html>`
const { result } = await ogs({ html })
console.log(JSON.stringify({ author: result.articleAuthor, tag: result.articleTag }))
JS
cat > expected <<'OUT'
{"author":"Mara Lindqvist","tag":"budget"}
OUT
node try.mjs > seen
diff expected seen
echo "open-graph-scraper-first-author-lost: as described"
