#!/usr/bin/env bash
# The second of two authors of an item is not there.
#
# Guess: an RSS item names each of its authors in a dc:creator of its own (as WordPress plugins for co-authors do): both
# come back, as several categories do.
# Seen (rss-parser 3.13.0): creator and dc:creator are the first name, one text; categories are a list.
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund rss-parser@3.13.0
cat > try.mjs <<'JS'
import Parser from 'rss-parser'
const item = '<title>Late ferry</title><dc:creator>Ines Okafor</dc:creator><dc:creator>Mara Lindqvist</dc:creator><category>Harbour</category><category>Budget</category>'
const feed = `<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Beacon</title><item>${item}</item></channel></rss>`
const [{ creator, categories }] = (await new Parser().parseString(feed)).items
console.log(JSON.stringify({ creator, categories }))
JS
cat > expected <<'OUT'
{"creator":"Ines Okafor","categories":["Harbour","Budget"]}
OUT
node try.mjs > seen
diff expected seen
echo "rss-parser-second-creator-lost: as described"
