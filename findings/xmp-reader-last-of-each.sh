#!/usr/bin/env bash
# A caption is answered in another language than its default, and a picture by two people has one creator.
#
# Guess: of dc:description (a language alternative) the x-default is answered, and of dc:creator (an ordered list) all, as of dc:subject.
# Seen (xmp-reader 0.0.3): the description is the last one of the list, whatever its language, and the creator the last of the
# two. The fields are written by exiftool-vendored.pl 13.59.3.
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund xmp-reader@0.0.3 exiftool-vendored.pl@13.59.3 sharp@0.35.5
cat > try.mjs <<'JS'
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import sharp from 'sharp'
import xmp from 'xmp-reader'
const picture = sharp({ create: { width: 40, height: 20, channels: 3, background: '#456' } })
writeFileSync('lamp.jpg', await picture.jpeg().toBuffer())
const fields = ['creator=Ann Lee', 'creator=Tomas Reyes', 'description=The lamp', 'description-de=Die Lampe'].map((field) => `-XMP-dc:${field}`)
execFileSync('perl', ['node_modules/exiftool-vendored.pl/bin/exiftool', '-q', '-overwrite_original', ...fields, 'lamp.jpg'])
const { creator, description } = await xmp.fromBuffer(readFileSync('lamp.jpg'))
console.log(JSON.stringify({ creator, description }))
JS
cat > expected <<'OUT'
{"creator":"Tomas Reyes","description":"Die Lampe"}
OUT
node try.mjs > seen
diff expected seen
echo "xmp-reader-last-of-each: as described"
