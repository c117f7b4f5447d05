#!/usr/bin/env bash
# The Greek letter theta becomes the digit eight in slugs.
#
# Guess: a Greek headline is transliterated letter by letter, as ISO 843 does: "athina", "thessaloniki".
# Seen (slugify 1.6.9): theta is 8 and eta is h ("greeklish"), so the address of a story on Athens reads "a8hna". The
# Vietnamese letter with a stroke becomes "dj", as in Croatian, in every language: "dja-nang" for Da Nang.
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund slugify@1.6.9
cat > try.mjs <<'JS'
import slugify from 'slugify'
const options = { lower: true, strict: true }
for (const title of ['Αθήνα', 'Θεσσαλονίκη', 'Đà Nẵng']) console.log(title, slugify(title, options))
JS
cat > expected <<'OUT'
Αθήνα a8hna
Θεσσαλονίκη 8essalonikh
Đà Nẵng dja-nang
OUT
node try.mjs > seen
diff expected seen
echo "slugify-theta-eight: as described"
