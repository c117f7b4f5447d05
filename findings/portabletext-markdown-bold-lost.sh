#!/usr/bin/env bash
# A bold "not" with the space after it comes back as asterisks, and so does what is emphasised next to a letter.
#
# Guess: what a library writes as Markdown it reads back as it was; signs of the text are escaped, and emphasis stays emphasis.
# Seen (@portabletext/markdown 2.2.0): it escapes the text well ("1986." at the start stays no list), but sets the signs of bold and italic where
# CommonMark 0.31 (6.2) does not read them: after a space ("**not **to"), and, as "_", between letters ("vo_ted_s"). Its own reader shows
# the signs to readers, and the emphasis is gone. Editors write the space into the bold when they mark a word by a double click.
# On Record moves the space out of the marks, and takes other signs between letters (src/content/body/writers/; test/content/body-writers.test.ts).
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @portabletext/markdown@2.2.0
cat > try.mjs <<'JS'
import { markdownToPortableText, portableTextToMarkdown } from '@portabletext/markdown'
const told = ({ listItem = 'paragraph', children }) =>
  `${listItem}: ${children.map(({ text, marks }) => (marks.length > 0 ? `[${text}]` : text)).join('')}`
for (const spans of [
  [['1986. That was the year.']],
  [['The board voted '], ['not', 'strong'], [' to close.']],
  [['The board voted '], ['not ', 'strong'], ['to close.']],
  [['Three '], ['Gazette', 'em'], ['s were sold.']]
]) {
  const children = spans.map(([text, ...marks]) => ({ _type: 'span', text, marks }))
  const block = { _type: 'block', style: 'normal', markDefs: [], children }
  console.log(told(block), '->', markdownToPortableText(portableTextToMarkdown([block])).map(told).join(' / '))
}
JS
cat > expected <<'OUT'
paragraph: 1986. That was the year. -> paragraph: 1986. That was the year.
paragraph: The board voted [not] to close. -> paragraph: The board voted [not] to close.
paragraph: The board voted [not ]to close. -> paragraph: The board voted **not **to close.
paragraph: Three [Gazette]s were sold. -> paragraph: Three _Gazette_s were sold.
OUT
node try.mjs > seen
diff expected seen
echo 'portabletext-markdown-bold-lost: as described'
