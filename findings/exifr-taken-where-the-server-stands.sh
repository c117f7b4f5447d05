#!/usr/bin/env bash
# The instant at which a picture was taken moves with the machine that reads it, though the file names the zone.
#
# Guess: DateTimeOriginal 2026:03:01 08:30:00 beside OffsetTimeOriginal +09:00 (Exif 2.31) is half past eleven in the evening before,
# in UTC, wherever it is read: the reader gives a Date, which is an instant, and it has read both fields.
# Seen (exifr 7.1.3): the Date is half past eight in the zone of the machine, 08:30 in UTC in one newsroom and 13:30 in another. The
# offset comes as a text beside it, unused. The fields are written by exiftool-vendored.pl 13.59.3.
# On Record keeps the time with the offset that the file gives (src/files/metadata/dates.ts).
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund exifr@7.1.3 exiftool-vendored.pl@13.59.3 sharp@0.35.5
cat > make.mjs <<'JS'
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import sharp from 'sharp'
const picture = sharp({ create: { width: 40, height: 20, channels: 3, background: '#456' } })
writeFileSync('ferry.jpg', await picture.jpeg().toBuffer())
const fields = ['-DateTimeOriginal=2026:03:01 08:30:00', '-OffsetTimeOriginal=+09:00']
execFileSync('perl', ['node_modules/exiftool-vendored.pl/bin/exiftool', '-q', '-overwrite_original', ...fields, 'ferry.jpg'])
JS
cat > try.mjs <<'JS'
import exifr from 'exifr'
const { DateTimeOriginal, OffsetTimeOriginal } = await exifr.parse('ferry.jpg')
console.log(process.env.TZ, DateTimeOriginal.toISOString(), OffsetTimeOriginal)
JS
cat > expected <<'OUT'
UTC 2026-03-01T08:30:00.000Z +09:00
America/New_York 2026-03-01T13:30:00.000Z +09:00
OUT
node make.mjs
for zone in UTC America/New_York; do TZ=$zone node try.mjs; done > seen
diff expected seen
echo "exifr-taken-where-the-server-stands: as described"
