#!/usr/bin/env bash
# Men of whole countries are women to it: a pronoun resolved by it leads to somebody else.
#
# Guess: given names that are men's in one country and women's in another are answered "unknown", the third answer that
# it documents; Milan, a man's name in the countries that have it, is answered "male".
# Seen (gender-detection-from-name 1.11.5): Milan and Andrea are female, Nikita and Jean are male. On Record lists only names
# of one gender in every language it reads (src/importing/speech/grammar/givennames.ts).
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund gender-detection-from-name@1.11.5
cat > try.mjs <<'JS'
import { getGender } from 'gender-detection-from-name'
for (const name of ['Milan', 'Andrea', 'Nikita', 'Jean']) console.log(name, getGender(name))
JS
cat > expected <<'OUT'
Milan female
Andrea female
Nikita male
Jean male
OUT
node try.mjs > seen
diff expected seen
echo "gender-detection-milan-female: as described"
