#!/usr/bin/env bash
# A story leads to the front page of the agency that it was taken from.
#
# Guess: the link of an Atom entry is that of the entry; the `source` within it (RFC 4287, 4.2.11) tells of the feed it was copied from, and the order
# of elements has no meaning. The id and the title are the entry's own, so the link will be.
# Seen (htmlparser2 12.0.0, parseFeed): where `source` stands first the link is the source's; where it stands last, the entry's. And a feed without
# a link has the first one that any entry holds.
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund htmlparser2@12.0.0
cat > try.mjs <<'JS'
import { parseFeed } from 'htmlparser2'
const source = `<source><id>urn:wire</id><title>Wire</title><updated>2026-11-01T00:00:00Z</updated>
  <link rel="alternate" href="https://wire.example/"/></source>`
const own = `<id>urn:lamp</id><title>The lamp</title><updated>2026-11-03T00:00:00Z</updated>
  <link rel="alternate" href="https://paper.example/lamp"/>`
for (const [place, entry] of [['first', source + own], ['last', own + source]]) {
  const feed = parseFeed(`<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:planet</id><title>Planet</title>
    <updated>2026-11-03T00:00:00Z</updated><author><name>Ann Lee</name></author><entry>${entry}</entry></feed>`)
  const [{ id, title, link }] = feed.items
  console.log(`source ${place}: ${id} ${title} ${link}, feed ${feed.link}`)
}
JS
cat > expected <<'OUT'
source first: urn:lamp The lamp https://wire.example/, feed https://wire.example/
source last: urn:lamp The lamp https://paper.example/lamp, feed https://paper.example/lamp
OUT
node try.mjs > seen
diff expected seen
echo "htmlparser2-link-of-the-source: as described"
