#!/usr/bin/env bash
# Code and verse that Portable Text keeps with its spaces leave as HTML with non-breaking ones among them.
#
# Guess: a span is escaped (&, <, >, quotes) and its words are left alone; white space is for the style sheet.
# Seen (@portabletext/to-html 6.0.0): in each run of spaces all but the last become &nbsp;, inside code as well. Whoever
# copies the code from the page, or reads the HTML back, gets U+00A0, which no compiler takes for a space.
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund @portabletext/to-html@6.0.0
cat > try.mjs <<'JS'
import { toHTML } from '@portabletext/to-html'
const block = (text, marks) => [
  { _type: 'block', _key: 'a', style: 'normal', markDefs: [], children: [{ _type: 'span', _key: 'b', text, marks }] }
]
console.log(toHTML(block('if late:\n    wait()', ['code'])))
console.log(toHTML(block('The tide  goes out', [])))
JS
cat > expected <<'OUT'
<p><code>if late:<br/>&nbsp;&nbsp;&nbsp; wait()</code></p>
<p>The tide&nbsp; goes out</p>
OUT
node try.mjs > seen
diff expected seen
echo "portabletext-html-nbsp: as described"
