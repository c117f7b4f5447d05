#!/usr/bin/env bash
# A person with a short surname has no surname.
#
# Guess: a name of two words is a first and a last name, whatever the second word is; degrees come after both.
# Seen (humanparser 2.7.0): "Lena Ma" has the suffix "Ma" (a Master of Arts) and an empty last name, while "Linh Do" keeps hers;
# whoever files sources by last name files all of that family under nothing.
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund humanparser@2.7.0
cat > try.mjs <<'JS'
import humanparser from 'humanparser'
for (const name of ['Lena Ma', 'Linh Do', 'Lena Park Ma']) {
  const { firstName, lastName, suffix = '' } = humanparser.parseName(name)
  console.log(JSON.stringify({ name, firstName, lastName, suffix }))
}
JS
cat > expected <<'OUT'
{"name":"Lena Ma","firstName":"Lena","lastName":"","suffix":"Ma"}
{"name":"Linh Do","firstName":"Linh","lastName":"Do","suffix":""}
{"name":"Lena Park Ma","firstName":"Lena","lastName":"Park","suffix":"Ma"}
OUT
node try.mjs > seen
diff expected seen
echo "humanparser-surname-is-a-degree: as described"
