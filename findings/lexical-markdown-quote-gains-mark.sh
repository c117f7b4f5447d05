#!/usr/bin/env bash
# A quotation of two paragraphs gains a character that nobody said, and a year becomes the number of a list.
#
# Guess: a quotation of two paragraphs in Markdown (CommonMark 5.1: an empty line within it begins with >) is one quotation of two
# paragraphs, or two quotations; what an editor reads and writes with its own transformers says the same when it is read again.
# Seen (@lexical/markdown 0.48.0): the > of the empty line is a word of the quotation, and is written again behind another one. "1986\\. A year of
# strikes." is read as a paragraph, and written without its escape: read again it is a list that says "A year of strikes.", though
# asterisks and underscores are escaped.
# On Record reads such a quotation as one of two paragraphs, and escapes what would begin a list (src/content/body/writers/escapes.ts).
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts lexical@0.48.0 @lexical/headless@0.48.0 @lexical/markdown@0.48.0 \
  @lexical/rich-text@0.48.0 @lexical/list@0.48.0 @lexical/link@0.48.0 @lexical/code@0.48.0
cat > try.cjs <<'JS'
const { createHeadlessEditor } = require('@lexical/headless')
const { $convertFromMarkdownString, $convertToMarkdownString, TRANSFORMERS } = require('@lexical/markdown')
const { HeadingNode, QuoteNode } = require('@lexical/rich-text')
const { ListNode, ListItemNode } = require('@lexical/list')
const { LinkNode } = require('@lexical/link')
const { CodeNode } = require('@lexical/code')
const { $getRoot } = require('lexical')
function read(markdown) {
  const editor = createHeadlessEditor({ nodes: [HeadingNode, QuoteNode, ListNode, ListItemNode, LinkNode, CodeNode] })
  editor.update(() => $convertFromMarkdownString(markdown, TRANSFORMERS), { discrete: true })
  return editor.read(() => ({
    blocks: $getRoot().getChildren().map((block) => `${block.getType()} ${JSON.stringify(block.getTextContent())}`),
    written: $convertToMarkdownString(TRANSFORMERS)
  }))
}
for (const markdown of ['> No.\n>\n> Never.', '1986\\. A year of strikes.', 'A \\*star\\*.']) {
  const once = read(markdown)
  console.log(once.blocks.join(), '->', JSON.stringify(once.written), '->', read(once.written).blocks.join())
}
JS
cat > expected <<'OUT'
quote "No.\n>\nNever." -> "> No.\n> >\n> Never." -> quote "No.\n>\nNever."
paragraph "1986. A year of strikes." -> "1986. A year of strikes." -> list "A year of strikes."
paragraph "A *star*." -> "A \\*star\\*." -> paragraph "A *star*."
OUT
node try.cjs > seen
diff expected seen
echo "lexical-markdown-quote-gains-mark: as described"
