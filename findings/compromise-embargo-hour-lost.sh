#!/usr/bin/env bash
# An embargo until nine in the morning is over at midnight, and one until the end of the week is over today.
#
# Guess: "until" leaves the date behind it as it is: what is "Friday at 9am" after "on" ends there after "until".
# Seen (compromise 14.17.0, compromise-dates 3.9.0): behind "until" the hour is gone wherever a day is named, so the span ends at 00:00
# of that day, nine hours early; an hour alone stays. "until the end of the week" ends at 00:00 of the day it is read on, though "by
# the end of the week" ends on Sunday night.
# On Record takes the hour where a zone is named, holds the story until the day is over everywhere where none is, and tells an embargo
# without a date as unclear (src/importing/metadata/embargo.ts; test/importing/importing-pages.test.ts).
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts compromise@14.17.0 compromise-dates@3.9.0
cat > try.mjs <<'JS'
import nlp from 'compromise'
import dates from 'compromise-dates'
nlp.plugin(dates)
const today = { today: '2026-11-03', timezone: 'UTC' } // a Tuesday
for (const words of [
  'on Friday at 9am',
  'until Friday at 9am',
  'until 9am on 5 November 2026',
  'until 9pm',
  'by the end of the week',
  'until the end of the week'
]) {
  const [{ start, end }] = nlp(`Embargoed ${words}.`).dates(today).get()
  console.log(words, '->', words.startsWith('on') ? start : end)
}
JS
cat > expected <<'OUT'
on Friday at 9am -> 2026-11-06T09:00:00.000Z
until Friday at 9am -> 2026-11-06T00:00:00.000Z
until 9am on 5 November 2026 -> 2026-11-05T00:00:00.000Z
until 9pm -> 2026-11-03T21:00:00.000Z
by the end of the week -> 2026-11-08T23:59:59.999Z
until the end of the week -> 2026-11-03T00:00:00.000Z
OUT
node try.mjs > seen
diff expected seen
echo "compromise-embargo-hour-lost: as described"
