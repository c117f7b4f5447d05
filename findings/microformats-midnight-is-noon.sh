#!/usr/bin/env bash
# A story published at five past midnight was published at noon, and one of noon is a day late.
#
# Guess: the date and the time of the value class pattern ("12:05am" beside "2026-11-03") make 00:05 of that day, and "12:05pm" makes 12:05.
# Seen (microformats-parser 2.0.6): twelve is added to any hour with pm, and nothing is taken off one with am: 12:05am is 12:05, 12:05pm is 24:05,
# which is five past midnight of the next day. "9:05pm" is right, "9:05 p.m.", which the pattern allows, is left as "9:05 P.M.".
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts microformats-parser@2.0.6
cat > try.mjs <<'JS'
import { mf2 } from 'microformats-parser'
for (const time of ['9:05pm', '12:05am', '12:05pm', '9:05 p.m.']) {
  const page = `<div class="h-entry"><span class="dt-published"><span class="value">2026-11-03</span> at
    <span class="value">${time}</span></span></div>`
  console.log(time, '=>', mf2(page, { baseUrl: 'https://paper.example' }).items[0].properties.published[0])
}
JS
cat > expected <<'OUT'
9:05pm => 2026-11-03 21:05
12:05am => 2026-11-03 12:05
12:05pm => 2026-11-03 24:05
9:05 p.m. => 2026-11-03 9:05 P.M.
OUT
node try.mjs > seen
diff expected seen
echo "microformats-midnight-is-noon: as described"
