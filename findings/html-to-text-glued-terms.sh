#!/usr/bin/env bash
# A term and what it means become one word.
#
# Guess: dt and dd are blocks in every browser (HTML, 15.3.8), so each begins a line of its own, as p and li do.
# Seen (html-to-text 10.0.1): "Tonnage4,200": a fact box turns into words that no search finds. On Record reads both as
# paragraphs (src/content/body/html/tags.ts).
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund html-to-text@10.0.1
cat > try.mjs <<'JS'
import { convert } from 'html-to-text'
console.log(convert('<ul><li>Ship</li><li>Quay</li></ul>').trim())
console.log(convert('<dl><dt>Tonnage</dt><dd>4,200</dd><dt>Built</dt><dd>1987</dd></dl>'))
JS
cat > expected <<'OUT'
* Ship
 * Quay
Tonnage4,200Built1987
OUT
node try.mjs > seen
diff expected seen
echo "html-to-text-glued-terms: as described"
