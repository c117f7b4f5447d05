#!/usr/bin/env bash
# The caption of a picture, with its credit, is not on the page.
#
# Guess: an image block of Editor.js, whose caption is printed below the picture in the editor, becomes a figure with a caption.
# Seen (editorjs-html 4.0.5): an `img` alone, with the caption as its alternative text, so readers who see the picture do not see who took
# it. Of a quote the same function prints the caption, behind a hyphen and outside of the blockquote.
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund editorjs-html@4.0.5
cat > try.mjs <<'JS'
import editorjs from 'editorjs-html'
const { parse } = editorjs()
const file = { url: 'https://www.example.com/lamp.jpg' }
const image = { caption: 'The lamp. Photo: Ann Lee', file, withBorder: false, stretched: false, withBackground: false }
const quote = { text: 'It burns.', caption: 'Ines Okafor', alignment: 'left' }
console.log(parse({ blocks: [{ type: 'image', data: image }, { type: 'quote', data: quote }] }))
JS
cat > expected <<'OUT'
<img src="https://www.example.com/lamp.jpg" alt="The lamp. Photo: Ann Lee" /><blockquote>It burns.</blockquote> - Ines Okafor
OUT
node try.mjs > seen
diff expected seen
echo "editorjs-html-caption-unseen: as described"
