#!/usr/bin/env bash
# Two headlines in Japanese, Korean, Thai or Hebrew get the same slug: none.
#
# Guess: letters without a transliteration are kept (RFC 3987 allows them), or an error is thrown.
# Seen (slugify 1.6.9, @sindresorhus/slugify 3.0.1): the empty text, without a word; of a title with a year in it only the
# year is left, so that every such story of a year asks for the same address.
# In On Record: such letters are kept in the slug.
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund slugify@1.6.9 @sindresorhus/slugify@3.0.1
cat > try.mjs <<'JS'
import slugify from 'slugify'
import sindre from '@sindresorhus/slugify'
const titles = ['東京で地震', '서울에 폭우', 'รัฐบาลใหม่', 'שלום עולם', '東京 2026']
for (const title of titles) console.log(JSON.stringify([title, slugify(title, { strict: true }), sindre(title)]))
JS
cat > expected <<'OUT'
["東京で地震","",""]
["서울에 폭우","",""]
["รัฐบาลใหม่","",""]
["שלום עולם","",""]
["東京 2026","2026","2026"]
OUT
node try.mjs > seen
diff expected seen
echo "slug-libraries-empty: as described"
