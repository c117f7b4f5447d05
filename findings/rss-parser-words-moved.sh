#!/usr/bin/env bash
# A story of an Atom feed says the opposite: its emphasised words stand at the end of their paragraph.
#
# Guess: content of the type xhtml (RFC 4287, 3.1.1.3) comes as the markup it is, as content of the type html does.
# Seen (rss-parser 3.13.0): it is taken for data and written anew, with the text of an element first and its children after it: "did not say that
# the ferry stays" becomes "did  say that the  stays.notferry", in content and in the snippet. A headline of that type is an object.
# On Record keeps the order (src/importing/systems/xml.ts), and reads headlines of each type (test/importing/systems/moving-in.test.ts).
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts rss-parser@3.13.0
cat > try.mjs <<'JS'
import Parser from 'rss-parser'
const entry = (type, content) => `<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour Gazette</title><id>urn:g</id>
  <updated>2026-11-03T10:00:00Z</updated><entry><title>Late ferry</title><id>urn:1</id><updated>2026-11-03T10:00:00Z</updated>
  <content type="${type}">${content}</content></entry></feed>`
const story = '<p>Quill did <em>not</em> say that the <b>ferry</b> stays.</p>'
for (const feed of [
  entry('html', story.replaceAll('<', '&lt;')),
  entry('xhtml', `<div xmlns="http://www.w3.org/1999/xhtml">${story}</div>`)
])
  console.log((await new Parser().parseString(feed)).items[0].contentSnippet)
JS
cat > expected <<'OUT'
Quill did not say that the ferry stays.
Quill did  say that the  stays.notferry
OUT
node try.mjs > seen
diff expected seen
echo "rss-parser-words-moved: as described"
