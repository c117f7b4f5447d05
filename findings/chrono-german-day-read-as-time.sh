#!/usr/bin/env bash
# A German embargo until half past ten on Tuesday ends at eleven past three in the night, because it is on the third of November.
#
# Guess: "Dienstag, 3.11., 10.30 Uhr", as German agencies write a day of this year, is half past ten on 3 November; or only the weekday is read.
# Seen (chrono-node 2.10.3, de): the day is taken for the time, which is certain to the minute, and the time is not read. "Freitag, 13.11." is eleven
# past one on a Friday two weeks before. With the year ("3.11.2026, 10.30 Uhr") both are right.
# On Record tells such an embargo as unclear (src/importing/metadata/embargo.ts; test/importing/importing-pages.test.ts).
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund chrono-node@2.10.3
cat > try.mjs <<'JS'
import { de } from 'chrono-node'
const filed = { instant: new Date('2026-11-02T15:00:00Z'), timezone: 'UTC' }
for (const until of ['3.11.2026, 10.30 Uhr', 'Dienstag, 3.11., 10.30 Uhr', 'Freitag, 13.11., 10.30 Uhr'])
  for (const { text, start } of de.parse(`Sperrfrist: ${until}`, filed))
    console.log(text, start.date().toISOString(), start.isCertain('minute'))
JS
cat > expected <<'OUT'
3.11.2026, 10.30 2026-11-03T10:30:00.000Z true
Dienstag, 3.11 2026-11-03T03:11:00.000Z true
Freitag, 13.11 2026-10-30T13:11:00.000Z true
OUT
node try.mjs > seen
diff expected seen
echo "chrono-german-day-read-as-time: as described"
