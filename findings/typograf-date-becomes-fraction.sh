#!/usr/bin/env bash
# A typographer turns the second of January into a half.
#
# Guess: 1/2 becomes ½ where it is a fraction; where a year follows (1/2/2026) it is a date, and stays as 1/3/2026 and 2/2/2026 do.
# Seen (typograf 7.8.0, en-US and en-GB): the date becomes "½/2026", and 1/4/2026 becomes "¼/2026"; the dates around them stay. A
# date in ISO 8601 stays, too. Who lists court dates in a table finds a few of them to be fractions.
# On Record sets no type: dates and figures leave as they were written.
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts typograf@7.8.0
cat > try.cjs <<'JS'
const Typograf = require('typograf').default ?? require('typograf')
for (const locale of ['en-US', 'en-GB']) {
  const typograf = new Typograf({ locale: [locale] })
  const dates = ['1/2/2026', '1/3/2026', '1/4/2026', '2/2/2026', '2026-01-02']
  console.log(locale, dates.map((date) => typograf.execute(`Heard: ${date}`).replace(/^Heard:\s/u, '')).join(', '))
}
JS
cat > expected <<'OUT'
en-US ½/2026, 1/3/2026, ¼/2026, 2/2/2026, 2026-01-02
en-GB ½/2026, 1/3/2026, ¼/2026, 2/2/2026, 2026-01-02
OUT
node try.cjs > seen
diff expected seen
echo "typograf-date-becomes-fraction: as described"
