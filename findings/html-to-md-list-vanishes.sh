#!/usr/bin/env bash
# A list of demands is gone from a story, and the votes of two candidates stand in the heading of their table.
#
# Guess: the end tags of list items, rows and cells may be left out (HTML, 13.1.2.4), as older archives and many writers by hand do;
# what converts HTML to Markdown gives the same for both ways of writing, or leaves the HTML as it is.
# Seen (html-to-md 0.8.8): the list and the table are left out, words and all, without a warning. Seen (node-html-markdown 2.0.0): the
# list is right, but all rows of the table become one, and the last cell of each row is joined with the first of the next.
# On Record reads both ways alike, with a parser that follows HTML's own rules (src/content/body/html/parse.ts).
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts html-to-md@0.8.8 node-html-markdown@2.0.0
cat > try.mjs <<'JS'
import htmlToMd from 'html-to-md'
import { NodeHtmlMarkdown } from 'node-html-markdown'
const first = htmlToMd.default ?? htmlToMd
const list = '<p>They ask for:</p><ul><li>pay</li><li>rest</li></ul><p>Talks go on.</p>'
const table = '<p>Votes:</p><table><tr><th>Name</th><th>Votes</th></tr><tr><td>Quill</td><td>204</td></tr><tr><td>Sand</td><td>203</td></tr></table>'
for (const whole of [list, table])
  for (const html of [whole, whole.replaceAll(/<\/(?:li|tr|th|td)>/g, '')])
    for (const markdown of [first(html), NodeHtmlMarkdown.translate(html)])
      console.log(markdown.split('\n').filter((line) => !/^[\s|:-]*$/.test(line)).map((line) => line.replaceAll(/\s+/g, ' ').replaceAll(/ ?\| ?/g, '|').trim()).join(' / '))
JS
cat > expected <<'OUT'
They ask for: / * pay / * rest / Talks go on.
They ask for: / * pay / * rest / Talks go on.
They ask for: / Talks go on.
They ask for: / * pay / * rest / Talks go on.
Votes: / |Name|Votes| / |Quill|204| / |Sand|203|
Votes: / |Name|Votes| / |Quill|204| / |Sand|203|
Votes:
Votes: / |Name|Votes Quill|204 Sand|203|
OUT
node try.mjs > seen
diff expected seen
echo "html-to-md-list-vanishes: as described"
