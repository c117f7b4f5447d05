#!/usr/bin/env bash
# Who said it becomes a part of what was said.
#
# Guess: a blockquote with two paragraphs and a footer, sent to Ghost as HTML, becomes a quote of three lines; the name is apart from the words.
# Seen (@tryghost/kg-html-to-lexical 1.3.5, which Ghost uses for `?source=html`, with kg-lexical-html-renderer 1.4.5): the paragraphs are kept apart by
# line breaks, the footer is joined to the last word of the quote without a space.
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund @tryghost/kg-html-to-lexical@1.3.5 @tryghost/kg-default-nodes@2.1.5 @tryghost/kg-lexical-html-renderer@1.4.5
cat > try.mjs <<'JS'
import { createRequire } from 'node:module'
const require = createRequire(import.meta.url)
const { htmlToLexical } = require('@tryghost/kg-html-to-lexical')
const { DEFAULT_NODES: nodes } = require('@tryghost/kg-default-nodes')
const { LexicalHTMLRenderer } = require('@tryghost/kg-lexical-html-renderer')
const html = '<blockquote><p>It burns.</p><p>It always burns.</p><footer>Ines Okafor</footer></blockquote>'
const lexical = JSON.stringify(htmlToLexical(html))
console.log(await new LexicalHTMLRenderer({ nodes }).render(lexical, {}))
JS
cat > expected <<'OUT'
<blockquote>It burns.<br><br>It always burns.Ines Okafor</blockquote>
OUT
node try.mjs > seen
diff expected seen
echo "ghost-quote-speaker-glued: as described"
