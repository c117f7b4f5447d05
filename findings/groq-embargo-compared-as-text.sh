#!/usr/bin/env bash
# A story that is due at half past twelve is out at noon, and one that was due is not.
#
# Guess: publishedAt <= now(), the filter with which sites leave out what is scheduled, compares instants; now() is one.
# Seen (groq-js 2.0.0): now() is text in UTC and the two are compared letter by letter, so a time with another offset counts by its figures:
# 10:30 at -02:00, which is 12:30 in UTC, is over at noon. dateTime() around both compares instants.
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts groq-js@2.0.0
cat > try.mjs <<'JS'
import { evaluate, parse } from 'groq-js'
const dataset = [
  { title: 'due at 11:30', publishedAt: '2026-11-30T13:30:00+02:00' },
  { title: 'due at 12:30', publishedAt: '2026-11-30T10:30:00-02:00' }
]
for (const filter of ['publishedAt <= now()', 'dateTime(publishedAt) <= dateTime(now())']) {
  const found = await evaluate(parse(`*[${filter}].title`), { dataset, timestamp: new Date('2026-11-30T12:00:00Z') })
  console.log(filter, JSON.stringify(await found.get()))
}
JS
cat > expected <<'OUT'
publishedAt <= now() ["due at 12:30"]
dateTime(publishedAt) <= dateTime(now()) ["due at 11:30"]
OUT
node try.mjs > seen
diff expected seen
echo "groq-embargo-compared-as-text: as described"
