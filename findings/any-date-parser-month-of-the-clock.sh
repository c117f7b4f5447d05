#!/usr/bin/env bash
# A story of November is dated March, because it went out at 9.30pm.
#
# Guess: the day is read, and of a time with a point ("9.30pm", as British papers print it) either hour and minute or nothing.
# Seen (any-date-parser 2.2.4): "3 November 2026 at 9.30pm" is the third of March, for the month is taken from the minutes; "at 12.15 p.m."
# makes it January. With a colon it is right. The documentation lists offsets from UTC; behind a time in RFC 822's form, which is
# what feeds have, the offset is not read: 09:00 +0100 is 09:00Z, an hour late, while "EST" and ISO 8601 are read.
# On Record reads the day, the hour with a point, and offsets of both forms (src/importing/metadata/dates.ts).
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts any-date-parser@2.2.4
cat > try.mjs <<'JS'
import anyDateParser from 'any-date-parser'
const parser = anyDateParser.default ?? anyDateParser
for (const printed of [
  '3 November 2026 at 9:30pm',
  '3 November 2026 at 9.30pm',
  '3 November 2026 at 12.15 p.m.',
  '2026-11-03T09:00:00+01:00',
  'Tue, 03 Nov 2026 09:00:00 EST',
  'Tue, 03 Nov 2026 09:00:00 +0100'
])
  console.log(printed, '->', parser.fromString(printed, 'en-GB').toISOString().slice(0, 16))
JS
cat > expected <<'OUT'
3 November 2026 at 9:30pm -> 2026-11-03T21:30
3 November 2026 at 9.30pm -> 2026-03-03T00:00
3 November 2026 at 12.15 p.m. -> 2026-01-03T17:00
2026-11-03T09:00:00+01:00 -> 2026-11-03T08:00
Tue, 03 Nov 2026 09:00:00 EST -> 2026-11-03T14:00
Tue, 03 Nov 2026 09:00:00 +0100 -> 2026-11-03T09:00
OUT
TZ=UTC node try.mjs > seen
diff expected seen
echo "any-date-parser-month-of-the-clock: as described"
