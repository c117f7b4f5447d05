#!/usr/bin/env bash
# A highlighted "not" is glued to the words before and after it.
#
# Guess: Ghost's reader of HTML drops the marks that its editor does not have, such as <mark>, and keeps the words with their spaces.
# Seen (@tryghost/kg-html-to-lexical 1.4.0): <mark> and <small> take the spaces around them along: "voted <mark>not</mark> to close" becomes "votednotto
# close". With <b>, <span>, <abbr>, <q> and <del>, of which the last three are unknown to its editor as well, the spaces stay.
# On Record keeps the spaces around every element (src/content/body/html/; test/content/words-kept.test.ts).
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @tryghost/kg-html-to-lexical@1.4.0
cat > try.cjs <<'JS'
const { htmlToLexical } = require('@tryghost/kg-html-to-lexical')
const words = ({ text, children = [] }) => text ?? children.map(words).join('')
for (const name of ['mark', 'small', 'abbr', 'b', 'span', 'q', 'del'])
  console.log(name, words(htmlToLexical(`<p>The board voted <${name}>not</${name}> to close the port.</p>`).root))
JS
cat > expected <<'OUT'
mark The board votednotto close the port.
small The board votednotto close the port.
abbr The board voted not to close the port.
b The board voted not to close the port.
span The board voted not to close the port.
q The board voted not to close the port.
del The board voted not to close the port.
OUT
node try.cjs > seen
diff expected seen
echo 'ghost-marked-words-glued: as described'
