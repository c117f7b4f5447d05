#!/usr/bin/env bash
# A headline in the style of the AP begins with a small letter where it begins with a quotation.
#
# Guess: the first word of a headline is capitalised, whether a quotation mark or a bracket stands before it or not.
# Seen (ap-style-title-case 2.0.0): the word behind an opening mark stays small, straight or curly, single or double, at the beginning and
# after a colon, where it would be capitalised without the mark, or behind a bracket. The other words of the quotation are raised.
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund ap-style-title-case@2.0.0
cat > try.cjs <<'JS'
const { apStyleTitleCase } = require('ap-style-title-case')
for (const headline of [
  'we were wrong, says harbour board',
  '“we were wrong,” says harbour board',
  '"we were wrong," says harbour board',
  "quill: 'ferries stay'",
  'quill: ferries stay',
  'late ferry stays (story)'
])
  console.log(apStyleTitleCase(headline))
JS
cat > expected <<'OUT'
We Were Wrong, Says Harbour Board
“we Were Wrong,” Says Harbour Board
"we Were Wrong," Says Harbour Board
Quill: 'ferries Stay'
Quill: Ferries Stay
Late Ferry Stays (Story)
OUT
node try.cjs > seen
diff expected seen
echo "ap-style-title-case-quoted-word-lower: as described"
