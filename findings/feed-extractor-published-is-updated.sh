#!/usr/bin/env bash
# An old entry of an Atom feed was published today.
#
# Guess: Atom has published and updated (RFC 4287, sections 4.2.9 and 4.2.15); a field named published is the first where it is given.
# Seen (@extractus/feed-extractor 8.0.3): published is the value of updated, whichever stands first; the instant of publishing is nowhere.
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund @extractus/feed-extractor@8.0.3
cat > try.mjs <<'JS'
import { extractFromXml } from '@extractus/feed-extractor'
const instants = ['<published>2026-03-01T08:00:00Z</published>', '<updated>2026-05-02T09:00:00Z</updated>']
for (const order of [instants, instants.toReversed(), instants.slice(0, 1)]) {
  const entry = `<entry><title>Late ferry</title><id>urn:story:1</id><link href="https://www.example.com/story"/>${order.join('')}</entry>`
  const feed = `<feed xmlns="http://www.w3.org/2005/Atom"><title>The Beacon</title><id>urn:feed</id><updated>2026-05-02T09:00:00Z</updated>${entry}</feed>`
  console.log(extractFromXml(feed).entries[0].published)
}
JS
cat > expected <<'OUT'
2026-05-02T09:00:00.000Z
2026-05-02T09:00:00.000Z
2026-03-01T08:00:00.000Z
OUT
node try.mjs > seen
diff expected seen
echo "feed-extractor-published-is-updated: as described"
