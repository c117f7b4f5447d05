#!/usr/bin/env bash
# A correction of one word is not printed.
#
# Guess: "[Correction]: misspelled", a paragraph of its own as copy desks write them in brackets, is a paragraph; at worst the
# brackets look odd.
# Seen (markdown-it 15.0.3, micromark 4.0.2, commonmark 0.31.2): it defines the address of a link that nobody uses, so nothing
# is left of it; with two words behind the colon it is a paragraph. CommonMark (4.7) has it so. On Record says which words
# were lost (the warning definition-dropped of bodies as Markdown).
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund markdown-it@15.0.3 micromark@4.0.2 commonmark@0.31.2
cat > try.mjs <<'JS'
import * as commonmark from 'commonmark'
import MarkdownIt from 'markdown-it'
import { micromark } from 'micromark'
const readers = {
  'markdown-it': (text) => new MarkdownIt().render(text),
  micromark: (text) => micromark(text),
  commonmark: (text) => new commonmark.HtmlRenderer().render(new commonmark.Parser().parse(text))
}
const story = (correction) => `The ferry sails.\n\n[Correction]: ${correction}`
for (const [name, read] of Object.entries(readers))
  for (const correction of ['misspelled', 'name misspelled'])
    console.log(name, JSON.stringify(read(story(correction)).trim().replaceAll('\n', '')))
JS
cat > expected <<'OUT'
markdown-it "<p>The ferry sails.</p>"
markdown-it "<p>The ferry sails.</p><p>[Correction]: name misspelled</p>"
micromark "<p>The ferry sails.</p>"
micromark "<p>The ferry sails.</p><p>[Correction]: name misspelled</p>"
commonmark "<p>The ferry sails.</p>"
commonmark "<p>The ferry sails.</p><p>[Correction]: name misspelled</p>"
OUT
node try.mjs > seen
diff expected seen
echo "markdown-correction-vanishes: as described"
