#!/usr/bin/env bash
# A French publication time written with spaces loses its minutes, and is called certain.
#
# Guess: "15 h 05" (spaces around the h, as the Imprimerie nationale and the Canadian French style guides write it) is
# read as "15h05" is, or the time is left out.
# Seen (chrono-node 2.10.3, fr): the match ends after the hour, the minute is 0 and isCertain("minute") is true: a story
# of 9 h 45 is dated 9:00.
# On Record reads the minutes (src/importing/metadata/dates.ts; test/importing/importing-pages.test.ts).
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund chrono-node@2.10.3
cat > try.mjs <<'JS'
import { fr } from 'chrono-node'
const now = new Date('2026-11-28T12:00:00Z')
for (const line of ['Publié le 2 mai 2026 à 15h05', 'Publié le 2 mai 2026 à 15 h 05', 'Mis à jour le 2 mai 2026 à 9 h 45']) {
  const [{ text, start }] = fr.parse(line, now)
  console.log(JSON.stringify([text, start.get('hour'), start.get('minute'), start.isCertain('minute')]))
}
JS
cat > expected <<'OUT'
["2 mai 2026 à 15h05",15,5,true]
["2 mai 2026 à 15",15,0,true]
["2 mai 2026 à 9",9,0,true]
OUT
node try.mjs > seen
diff expected seen
echo "chrono-french-spaced-hours: as described"
