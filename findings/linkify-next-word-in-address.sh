#!/usr/bin/env bash
# The speaker of the next clause becomes part of a link, and so does a closing quotation mark.
#
# Guess: what finds addresses in running text ends them where the sentence goes on: at a closing quotation mark of either form,
# and at a dash between two clauses.
# Seen (linkifyjs 4.4.0): straight marks end the address; typographic ones and the dash do not: the link leads to "/ferry”", and with a dash without
# spaces, as American papers set it, the word behind it goes into the link. linkify-it 6.1.0 and autolinker 4.1.5 end in each case.
# On Record makes links only of what somebody marked as one.
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts linkifyjs@4.4.0 linkify-it@6.1.0 autolinker@4.1.5
cat > try.mjs <<'JS'
import { find } from 'linkifyjs'
import * as linkifyIt from 'linkify-it'
import * as autolinker from 'autolinker'
const It = linkifyIt.LinkifyIt ?? linkifyIt.default ?? linkifyIt
const parse = (autolinker.Autolinker ?? autolinker.default).parse
for (const text of ['"https://paper.com/ferry" says so', '“https://paper.com/ferry” says so', 'at https://paper.com/ferry—Quill says so'])
  console.log(text, '->', find(text)[0].href, new It().match(text)[0].url, parse(text, { urls: true })[0].getAnchorHref())
JS
cat > expected <<'OUT'
"https://paper.com/ferry" says so -> https://paper.com/ferry https://paper.com/ferry https://paper.com/ferry
“https://paper.com/ferry” says so -> https://paper.com/ferry” https://paper.com/ferry https://paper.com/ferry
at https://paper.com/ferry—Quill says so -> https://paper.com/ferry—Quill https://paper.com/ferry https://paper.com/ferry
OUT
node try.mjs > seen
diff expected seen
echo "linkify-next-word-in-address: as described"
