#!/usr/bin/env bash
# A headline that says who said it loses the speaker, or the words.
#
# Guess: a headline that <title>, og:title and <h1> say alike comes out as it is; at most the name of the site is cut off.
# Seen (unfluff 3.2.0): it is cut at a colon, and only the longer side is kept: of "Minister: we were wrong" the speaker is gone, of
# a quotation that leads the quotation. What is said three times alike does not save it. Where a | divides, the colon is left alone.
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund unfluff@3.2.0
cat > try.cjs <<'JS'
const unfluff = require('unfluff')
for (const title of [
  'Minister: we were wrong about the pump',
  'The ferry stays: harbour master ends a long quarrel',
  'Minister: we were wrong about the pump | The Tideline',
  'The minister was wrong about the pump'
]) {
  const body = '<p>The board met in the old hall on Tuesday and talked about the pump for two hours.</p>'.repeat(3)
  const head = `<title>${title}</title><meta property="og:title" content="${title}">`
  console.log(unfluff(`<html><head>${head}</head><body><article><h1>${title}</h1>${body}</article></body></html>`, 'en').title)
}
JS
cat > expected <<'OUT'
we were wrong about the pump
harbour master ends a long quarrel
Minister: we were wrong about the pump
The minister was wrong about the pump
OUT
node try.cjs > seen
diff expected seen
echo "unfluff-headline-speaker-lost: as described"
