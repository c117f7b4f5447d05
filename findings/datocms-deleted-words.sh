#!/usr/bin/env bash
# Words marked as deleted come back as valid ones, though the format can strike them.
#
# Guess: <del>, the element that HTML has for words no longer valid, becomes the mark "strikethrough" as <s> and the
# obsolete <strike> do.
# Seen (datocms-html-to-structured-text 6.0.0): the element is passed over and its words join the sentence: "It cost ten
# twelve crowns."
# In On Record: del, s and strike are one mark in bodies of every form.
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund datocms-html-to-structured-text@6.0.0 rehype-parse@9.0.1 unified@11.0.5
cat > try.mjs <<'JS'
import rehype from 'rehype-parse'
import { unified } from 'unified'
import { hastToStructuredText } from 'datocms-html-to-structured-text'
const parser = unified().use(rehype, { fragment: true })
for (const tag of ['s', 'strike', 'del']) {
  const { document } = await hastToStructuredText(parser.parse(`<p>It cost <${tag}>ten</${tag}> twelve crowns.</p>`))
  console.log(tag, JSON.stringify(document.children[0].children.map(({ value, marks }) => [value, ...(marks ?? [])])))
}
JS
cat > expected <<'OUT'
s [["It cost "],["ten","strikethrough"],[" twelve crowns."]]
strike [["It cost "],["ten","strikethrough"],[" twelve crowns."]]
del [["It cost "],["ten"],[" twelve crowns."]]
OUT
node try.mjs > seen
diff expected seen
echo "datocms-deleted-words: as described"
