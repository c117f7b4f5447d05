#!/usr/bin/env bash
# The words between two figures are gone, and the figure of one town is that of another; a sentence with a bracket ends there.
#
# Guess: "< 40 %" and "> 60 %" are no tag, since a tag's name begins with a letter (CommonMark 0.31, 6.6), and "[corrected]:" within a sentence is no
# definition, since one begins a line (4.7). Both stay, as Markdown prints them.
# Seen (remove-markdown 0.7.0): all from the first angle bracket to the next is taken for a tag, and all from a bracket with a colon to the end of
# the line for a definition; nothing tells of it. markdown-it 15.0.3 prints both lines as they are.
# On Record has the words of both (src/content/body/markdown/).
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts remove-markdown@0.7.0 markdown-it@15.0.3
cat > try.mjs <<'JS'
import MarkdownIt from 'markdown-it'
import removeMarkdown from 'remove-markdown'
for (const line of [
  'Turnout was < 40 % in Keel and > 60 % in Brine.',
  'The vote was 5 to 3 [corrected]: the chair abstained.'
]) {
  console.log('remove-markdown:', removeMarkdown(line))
  console.log('markdown-it:', new MarkdownIt().renderInline(line).replace('&lt;', '<').replace('&gt;', '>'))
}
JS
cat > expected <<'OUT'
remove-markdown: Turnout was  60 % in Brine.
markdown-it: Turnout was < 40 % in Keel and > 60 % in Brine.
remove-markdown: The vote was 5 to 3
markdown-it: The vote was 5 to 3 [corrected]: the chair abstained.
OUT
node try.mjs > seen
diff expected seen
echo "remove-markdown-figures-change-places: as described"
