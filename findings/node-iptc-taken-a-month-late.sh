#!/usr/bin/env bash
# The instant at which a picture was taken is a month late.
#
# Guess: DateCreated 20261103 and TimeCreated 100000+0100 (IIM 2:55 and 2:60) are 9 o'clock in UTC on 3 November.
# Seen (node-iptc 1.0.5): date_time is 10 o'clock in UTC on 3 December. The month is handed to Date as it is written, where Date counts
# from 0, and the zone is left out. The fields themselves are right. The fields are written by exiftool-vendored.pl 13.59.3.
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund node-iptc@1.0.5 exiftool-vendored.pl@13.59.3 sharp@0.35.5
cat > try.mjs <<'JS'
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import iptc from 'node-iptc'
import sharp from 'sharp'
const picture = sharp({ create: { width: 40, height: 20, channels: 3, background: '#456' } })
writeFileSync('lamp.jpg', await picture.jpeg().toBuffer())
const fields = ['-IPTC:DateCreated=2026:11:03', '-IPTC:TimeCreated=10:00:00+01:00']
execFileSync('perl', ['node_modules/exiftool-vendored.pl/bin/exiftool', '-q', '-overwrite_original', ...fields, 'lamp.jpg'])
const { date_created, time_created, date_time } = iptc(readFileSync('lamp.jpg'))
console.log(date_created, time_created, date_time.toISOString())
JS
cat > expected <<'OUT'
20261103 100000+0100 2026-12-03T10:00:00.000Z
OUT
node try.mjs > seen
diff expected seen
echo "node-iptc-taken-a-month-late: as described"
