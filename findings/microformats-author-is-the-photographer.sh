#!/usr/bin/env bash
# A story is by whoever took the portrait of its author, or by an office instead of a person.
#
# Guess: an h-card without a p-name is named by its words, "Mara Quill"; the alternative text of a picture is for a card that has nothing else.
# Seen (microformats-parser 2.0.6): the one picture beside the name gives the name, and so does the one abbreviation with a title. It is what
# microformats2 says of implied names: it asks for an "only child", and words beside the element are no children to CSS.
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts microformats-parser@2.0.6
cat > try.mjs <<'JS'
import { mf2 } from 'microformats-parser'
for (const author of [
  'Mara Quill',
  '<img src="q.jpg" alt="Photo: Bo Lee"> Mara Quill',
  'Mara Quill, <abbr title="Member of the European Parliament">MEP</abbr>'
]) {
  const page = `<div class="h-entry"><a class="p-author h-card" href="/quill">${author}</a></div>`
  console.log(mf2(page, { baseUrl: 'https://paper.example' }).items[0].properties.author[0].properties.name[0])
}
JS
cat > expected <<'OUT'
Mara Quill
Photo: Bo Lee
Member of the European Parliament
OUT
node try.mjs > seen
diff expected seen
echo "microformats-author-is-the-photographer: as described"
