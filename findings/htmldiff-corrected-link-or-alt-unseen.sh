#!/usr/bin/env bash
# Two ports of one diff of HTML each miss a correction that the other one shows: a link's target, a picture's alternative text.
#
# Guess: what compares two editions as HTML marks a changed link, or compares words alone and marks neither links nor pictures.
# Seen (htmldiff-js 1.0.5, node-htmldiff 0.9.4): the first marks a changed alternative text and gives the new link without a mark; the second marks the
# link and gives the new picture without a mark. Where nothing is marked, the newer form stands as if it had always been so.
# On Record compares editions as records, and tells links and pictures beside the words (src/publishing/editions/difference.ts).
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts htmldiff-js@1.0.5 node-htmldiff@0.9.4
cat > try.cjs <<'JS'
const first = require('htmldiff-js').default
const second = require('node-htmldiff')
const marked = (html) => (/<(ins|del)\b/.test(html) ? 'marked' : 'not marked')
for (const [what, before, after] of [
  ['words', '<p>said Quill</p>', '<p>said Sand</p>'],
  ['link', '<p>said <a href="/quill">Quill</a></p>', '<p>said <a href="/sand">Quill</a></p>'],
  ['alt', '<p>at the pier <img src="a.jpg" alt="Quill"></p>', '<p>at the pier <img src="a.jpg" alt="Sand"></p>']
])
  console.log(what, marked(first.execute(before, after)), '/', marked(second(before, after)))
JS
cat > expected <<'OUT'
words marked / marked
link not marked / marked
alt marked / not marked
OUT
node try.cjs > seen
diff expected seen
echo "htmldiff-corrected-link-or-alt-unseen: as described"
