#!/usr/bin/env bash
# The plain text of a story marked up with microformats has no space where a paragraph or a line ends.
#
# Guess: the value of e-content reads as the page does, with a break for each paragraph and br.
# Seen (microformats-parser 2.0.6, default options): words on both sides are joined, "stays.It" and "sailsat"; a reader that
# searches or quotes from the value finds words that nobody wrote.
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund microformats-parser@2.0.6
cat > try.mjs <<'JS'
import { mf2 } from 'microformats-parser'
const html = '<article class="h-entry"><div class="e-content"><p>The ferry stays.</p><p>It sails<br>at night.</p></div></article>'
const [{ properties }] = mf2(html, { baseUrl: 'https://paper.example/' }).items
console.log(JSON.stringify(properties.content[0].value))
JS
cat > expected <<'OUT'
"The ferry stays.It sailsat night."
OUT
node try.mjs > seen
diff expected seen
echo "microformats-glued-paragraphs: as described"
