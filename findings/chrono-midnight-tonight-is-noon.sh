#!/usr/bin/env bash
# What is embargoed until midnight tonight was free at noon.
#
# Guess: "midnight tonight" is the midnight that ends this day, as "midnight" alone is, or the hour is not certain.
# Seen (chrono-node 2.10.3): midnight and the evening of "tonight" are merged into 12:00 of the same day, and isCertain("hour") is true: at three in the
# afternoon the embargo has been over for three hours. "tonight at midnight" and "12 midnight tonight" are read alike.
# On Record tells such an embargo as unclear, and takes no time for it (src/importing/metadata/embargo.ts; test/importing/importing-pages.test.ts).
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund chrono-node@2.10.3
cat > try.mjs <<'JS'
import { parse } from 'chrono-node'
const filed = { instant: new Date('2026-11-02T15:00:00Z'), timezone: 'UTC' }
for (const until of ['midnight', 'midnight tonight', 'tonight at midnight', '12 midnight tonight']) {
  const [{ start }] = parse(`Embargoed until ${until}`, filed)
  console.log(until, start.date().toISOString(), start.isCertain('hour'))
}
JS
cat > expected <<'OUT'
midnight 2026-11-03T00:00:00.000Z true
midnight tonight 2026-11-02T12:00:00.000Z true
tonight at midnight 2026-11-02T12:00:00.000Z true
12 midnight tonight 2026-11-02T12:00:00.000Z true
OUT
node try.mjs > seen
diff expected seen
echo "chrono-midnight-tonight-is-noon: as described"
