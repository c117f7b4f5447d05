#!/usr/bin/env bash
# A story that a feed has taken from another paper is given to the wrong author.
#
# Guess: an entry without an author has that of its atom:source, where there is one (RFC 4287, 4.2.1), and only else that of the feed.
# Seen (feedparser 2.6.0, @rowanmanning/feed-parser 2.1.5): both know that the authors of a feed are handed down, and hand them down over the head of the
# source: Lee Sand's story is by Maria Quill, who owns the feed that it was taken into.
# On Record takes the nearest (src/importing/systems/feeds/entries.ts; test/importing/systems/moving-in.test.ts).
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts feedparser@2.6.0 @rowanmanning/feed-parser@2.1.5
cat > try.mjs <<'JS'
import { Readable } from 'node:stream'
import { parseFeed } from '@rowanmanning/feed-parser'
import FeedParser from 'feedparser'
const feed = `<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <title>Harbour Gazette</title><id>urn:gazette</id><updated>2026-09-05T00:00:00Z</updated>
  <author><name>Maria Quill</name></author>
  <entry><title>Ours</title><id>urn:1</id><updated>2026-09-05T00:00:00Z</updated></entry>
  <entry><title>Taken</title><id>urn:2</id><updated>2026-09-05T00:00:00Z</updated>
    <source>
      <title>Other Paper</title><id>urn:other</id><updated>2026-09-05T00:00:00Z</updated>
      <author><name>Lee Sand</name></author>
    </source>
  </entry>
</feed>`
for (const { title, authors } of parseFeed(feed).items)
  console.log('feed-parser', title, authors.map(({ name }) => name).join())
for await (const { title, author } of Readable.from([feed]).pipe(new FeedParser()))
  console.log('feedparser', title, author)
JS
cat > expected <<'OUT'
feed-parser Ours Maria Quill
feed-parser Taken Maria Quill
feedparser Ours Maria Quill
feedparser Taken Maria Quill
OUT
node try.mjs > seen
diff expected seen
echo "atom-source-author-passed-over: as described"
