#!/usr/bin/env bash
# Of a copyright notice the half of the editor is lost.
#
# Guess: the EXIF tag Copyright, which holds the notices of photographer and editor with a NUL between them (EXIF 2.3, 4.6.4), is
# answered with both.
# Seen (exif-parser 0.1.12): the photographer's alone; where only the editor has one, which the standard writes as a space and a
# NUL before it, the notice is a space. Written with piexifjs 1.0.6. On Record reads both
# (src/files/metadata/read.ts, test/files/picture-reading.test.ts).
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund exif-parser@0.1.12 piexifjs@1.0.6 sharp@0.35.5
cat > try.mjs <<'JS'
import exif from 'exif-parser'
import piexif from 'piexifjs'
import sharp from 'sharp'
const picture = await sharp({ create: { width: 40, height: 20, channels: 3, background: '#456' } }).jpeg().toBuffer()
for (const notice of ['Ann Lee', 'Ann Lee\0Example Press\0', ' \0Example Press\0']) {
  const written = piexif.dump({ '0th': { [piexif.ImageIFD.Copyright]: notice } })
  const file = Buffer.from(piexif.insert(written, picture.toString('binary')), 'binary')
  console.log(JSON.stringify(notice), JSON.stringify(exif.create(file).parse().tags.Copyright))
}
JS
cat > expected <<'OUT'
"Ann Lee" "Ann Lee"
"Ann Lee\u0000Example Press\u0000" "Ann Lee"
" \u0000Example Press\u0000" " "
OUT
node try.mjs > seen
diff expected seen
echo "exif-parser-editor-copyright-lost: as described"
