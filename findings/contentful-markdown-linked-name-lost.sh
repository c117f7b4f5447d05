#!/usr/bin/env bash
# A name that is linked by reference vanishes from a story that is moved in from Markdown, and a line break joins two words.
#
# Guess: [Quill][1] becomes a link as [Quill](https://…) does; if references are not known, then its words stay as plain text.
# Seen (@contentful/rich-text-from-markdown 16.2.2): without a fallback of the caller's the link is left out with its words, so that “said” has no
# speaker; no error and no warning. A hard break (two spaces) is left out too, and the words on its two sides become one.
# On Record reads Markdown of bodies and folders by CommonMark: both keep every word.
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @contentful/rich-text-from-markdown@16.2.2 @contentful/rich-text-html-renderer@17.2.3
cat > try.cjs <<'JS'
const { richTextFromMarkdown } = require('@contentful/rich-text-from-markdown')
const { documentToHtmlString } = require('@contentful/rich-text-html-renderer')
const show = async (markdown) => console.log(documentToHtmlString(await richTextFromMarkdown(markdown)))
show('[Quill](https://news.example/quill) said so.')
  .then(() => show('[Quill][1] said so.\n\n[1]: https://news.example/quill'))
  .then(() => show('The ferry  \nstays.'))
JS
cat > expected <<'OUT'
<p><a href="https://news.example/quill">Quill</a> said so.</p>
<p> said so.</p>
<p>The ferrystays.</p>
OUT
node try.cjs > seen
diff expected seen
echo "contentful-markdown-linked-name-lost: as described"
