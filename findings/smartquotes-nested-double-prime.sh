#!/usr/bin/env bash
# A quotation that begins with a quotation begins with a sign for inches.
#
# Guess: a straight double mark at the start of a text opens a quotation, also when the words begin with a nested one in single marks.
# Seen (smartquotes 2.3.2): it becomes a double prime, the sign for inches and seconds of arc, so the quotation has an end and no
# beginning; without the nested one both marks are right.
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund smartquotes@2.3.2
cat > try.mjs <<'JS'
import smartquotes from 'smartquotes'
console.log(smartquotes(`"No, he said," she told the board.`))
console.log(smartquotes(`"'No,' he said," she told the board.`))
JS
cat > expected <<'OUT'
“No, he said,” she told the board.
″‘No,’ he said,” she told the board.
OUT
node try.mjs > seen
diff expected seen
echo "smartquotes-nested-double-prime: as described"
