#!/usr/bin/env bash
# The results of a vote vanish between two paragraphs.
#
# Guess: a table in Markdown, for an editor without tables, becomes its words, as a table in HTML does in the same editor; or the text of the table stays.
# Seen (@tiptap/markdown and @tiptap/html 3.35.0 with the starter kit): from HTML the words of the cells come through, from Markdown none of them does,
# and nothing tells of it.
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts --legacy-peer-deps @tiptap/markdown@3.35.0 @tiptap/starter-kit@3.35.0 \
  @tiptap/core@3.35.0 @tiptap/pm@3.35.0 @tiptap/html@3.35.0 happy-dom@20.0.0
cat > try.mjs <<'JS'
import { generateJSON } from '@tiptap/html'
import { MarkdownManager } from '@tiptap/markdown'
import StarterKit from '@tiptap/starter-kit'
const words = ({ text, content = [] }) => text ?? content.map(words).join(' ')
const markdown = 'The board voted:\n\n| Quill | for |\n|---|---|\n| Lee | against |\n\nIt was over in an hour.'
const html = '<p>The board voted:</p><table><tr><td>Quill</td><td>for</td></tr><tr><td>Lee</td><td>against</td></tr></table><p>It was over in an hour.</p>'
console.log('Markdown:', words(new MarkdownManager({ extensions: [StarterKit] }).parse(markdown)))
console.log('HTML:', words(generateJSON(html, [StarterKit])))
JS
cat > expected <<'OUT'
Markdown: The board voted: It was over in an hour.
HTML: The board voted: QuillforLeeagainst It was over in an hour.
OUT
node try.mjs > seen
diff expected seen
echo "tiptap-markdown-table-vanishes: as described"
