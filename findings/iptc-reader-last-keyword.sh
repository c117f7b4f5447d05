#!/usr/bin/env bash
# Of several keywords the last is left, of several photographers all are.
#
# Guess: what the IIM repeats (2:25 Keywords, 2:80 By-line) comes as a list, whichever it is.
# Seen (iptc-reader 1.0.1): two by-lines are a list of two, two keywords are the last of them, as a string. The fields are written by
# exiftool-vendored.pl 13.59.3.
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund iptc-reader@1.0.1 exiftool-vendored.pl@13.59.3 sharp@0.35.5
cat > try.mjs <<'JS'
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import read from 'iptc-reader'
import sharp from 'sharp'
const picture = sharp({ create: { width: 40, height: 20, channels: 3, background: '#456' } })
writeFileSync('lamp.jpg', await picture.jpeg().toBuffer())
const fields = ['By-line=Ann Lee', 'By-line=Tomas Reyes', 'Keywords=lamp', 'Keywords=harbour'].map((field) => `-IPTC:${field}`)
execFileSync('perl', ['node_modules/exiftool-vendored.pl/bin/exiftool', '-q', '-overwrite_original', ...fields, 'lamp.jpg'])
const { byline, keywords } = read(readFileSync('lamp.jpg'))
console.log(JSON.stringify({ byline, keywords }))
JS
cat > expected <<'OUT'
{"byline":["Ann Lee","Tomas Reyes"],"keywords":"harbour"}
OUT
node try.mjs > seen
diff expected seen
echo "iptc-reader-last-keyword: as described"
