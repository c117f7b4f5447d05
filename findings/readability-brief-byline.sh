#!/usr/bin/env bash
# The byline of a news brief is told apart and also left among its words; that of a longer story is taken out.
#
# Guess: whether a byline is removed from the content does not depend on how long the story is.
# Seen (@mozilla/readability 0.6.0): a story below charThreshold (500 characters) is read again with fewer rules, and a
# byline that is known from the first try is not looked for again, so it stays as the first paragraph of the body.
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund @mozilla/readability@0.6.0 linkedom@0.18.15
cat > try.mjs <<'JS'
import { Readability } from '@mozilla/readability'
import { parseHTML } from 'linkedom'
const sentence = 'The harbour board met on Tuesday evening and heard the captain, the engineer and two of the owners. '
for (const times of [4, 5]) {
  const story = '<h1>Late ferry stays</h1><p class="byline">By Ann Lee</p><p>' + sentence.repeat(times) + '</p>'
  const { document } = parseHTML('<html><head><title>Late ferry</title></head><body><article>' + story + '</article></body></html>')
  const { byline, textContent } = new Readability(document).parse()
  console.log(times * sentence.length, JSON.stringify([byline, textContent.includes('By Ann Lee')]))
}
JS
cat > expected <<'OUT'
400 ["By Ann Lee",true]
500 ["By Ann Lee",false]
OUT
node try.mjs > seen
diff expected seen
echo "readability-brief-byline: as described"
