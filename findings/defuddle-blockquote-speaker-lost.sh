#!/usr/bin/env bash
# A block of quoted words loses who said them.
#
# Guess: the footer of a blockquote names who said it (as the HTML standard's examples of attribution do), and belongs to the story.
# Seen (defuddle 0.19.4, with linkedom 0.18.15): the footer is taken for the footer of a page and dropped, name and all; the same words in a
# paragraph of the blockquote stay.
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund defuddle@0.19.4 linkedom@0.18.15
cat > try.mjs <<'JS'
import { Defuddle } from 'defuddle/node'
import { parseHTML } from 'linkedom'
const filler = 'The harbour board met for three hours and heard what the town thinks of the ferry, its price and the winter. '.repeat(4)
for (const tag of ['footer', 'p']) {
  const quote = `<blockquote><p>We will not close it.</p><${tag}>Tomas Reyes, mayor</${tag}></blockquote>`
  const html = `<html><head><title>Late ferry</title></head><body><article><h1>Late ferry</h1><p>${filler}</p>${quote}<p>${filler}</p></article></body></html>`
  const { content } = await Defuddle(parseHTML(html).document, 'https://www.example.com/story')
  console.log(`${tag}: ${content.match(/<blockquote>.*?<\/blockquote>/s)[0]}`)
}
JS
cat > expected <<'OUT'
footer: <blockquote><p>We will not close it.</p></blockquote>
p: <blockquote><p>We will not close it.</p><p>Tomas Reyes, mayor</p></blockquote>
OUT
node try.mjs > seen
diff expected seen
echo "defuddle-blockquote-speaker-lost: as described"
