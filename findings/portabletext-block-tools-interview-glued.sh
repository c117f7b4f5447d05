#!/usr/bin/env bash
# An interview that a page writes as a list of terms becomes one block, in which each question runs into its answer.
#
# Guess: each dt and dd becomes a block, as the cells of a table do, or at least a space is kept between them.
# Seen (@portabletext/block-tools 5.2.0, with jsdom 29.1.1): all of the list is one block. Where the page has no white space between its
# elements, as minified pages have none, the words are joined; the cells of a table, written the same way, are a block each.
# On Record makes a block of each (src/content/body/html/).
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @portabletext/block-tools@5.2.0 @portabletext/schema@2.2.4 jsdom@29.1.1
cat > try.mjs <<'JS'
import { htmlToBlocks } from '@portabletext/block-tools'
import { compileSchema, defineSchema } from '@portabletext/schema'
import { JSDOM } from 'jsdom'
const schema = compileSchema(defineSchema({ styles: [{ name: 'normal' }] }))
const parseHtml = (html) => new JSDOM(html).window.document
for (const html of [
  '<dl><dt>Will it sail?</dt><dd>It will.</dd><dt>When?</dt><dd>Monday.</dd></dl>',
  '<table><tr><td>Will it sail?</td><td>It will.</td></tr></table>'
])
  console.log(
    htmlToBlocks(html, schema, { parseHtml })
      .map(({ children }) => children.map(({ text }) => text).join(''))
      .join(' | ')
  )
JS
cat > expected <<'OUT'
Will it sail?It will.When?Monday.
Will it sail? | It will.
OUT
node try.mjs > seen
diff expected seen
echo "portabletext-block-tools-interview-glued: as described"
