#!/usr/bin/env bash
# A quotation becomes an empty one, and what was quoted stands behind it as the paper's own words.
#
# Guess: a blockquote with paragraphs in it, the form that WordPress and most editors write, becomes a block of the type blockquote for each paragraph,
# or one for all of them.
# Seen (html-to-draftjs 1.5.0 with draft-js 0.11.7): the block of the quotation is empty and its paragraphs are plain; only words that stand
# in the blockquote itself are quoted. draft-js-import-html 1.4.1 makes a quoted block of each.
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps html-to-draftjs@1.5.0 draft-js@0.11.7 \
  draft-js-import-html@1.4.1 immutable@3.8.2 jsdom@29.1.1 react@18.3.1 react-dom@18.3.1
cat > try.cjs <<'JS'
const { JSDOM } = require('jsdom')
const { window } = new JSDOM('')
for (const name of ['window', 'document', 'HTMLElement', 'HTMLAnchorElement', 'HTMLImageElement', 'Node', 'DOMParser', 'navigator'])
  globalThis[name] ??= name === 'window' ? window : window[name]
const { convertToRaw } = require('draft-js')
const { stateFromHTML } = require('draft-js-import-html')
const htmlToDraft = require('html-to-draftjs').default ?? require('html-to-draftjs')
const show = (name, blocks) => console.log(name, JSON.stringify(blocks.map(({ type, text }) => [type, text])))
for (const quotation of ['<blockquote>We stay.</blockquote>', '<blockquote><p>We stay.</p><p>All of us.</p></blockquote>']) {
  show('html-to-draftjs', htmlToDraft(quotation).contentBlocks)
  show('draft-js-import-html', convertToRaw(stateFromHTML(quotation)).blocks)
}
JS
cat > expected <<'OUT'
html-to-draftjs [["blockquote","We stay."]]
draft-js-import-html [["blockquote","We stay."]]
html-to-draftjs [["blockquote",""],["unstyled","We stay."],["unstyled","All of us."]]
draft-js-import-html [["blockquote","We stay."],["blockquote","All of us."]]
OUT
node try.cjs > seen
diff expected seen
echo "html-to-draftjs-quote-unmarked: as described"
