#!/usr/bin/env bash
# The address of a story is another one in the feed.
#
# Guess: trailingSlash adds the slash that Astro's own pages have to a path; an address with a query stays the address it was.
# Seen (@astrojs/rss 4.0.19): the slash is added behind the query, in link and guid, so that the last parameter has another value;
# trailingSlash: false leaves the address alone.
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund @astrojs/rss@4.0.19
cat > try.mjs <<'JS'
import rss from '@astrojs/rss'
for (const trailingSlash of [undefined, false]) {
  const items = [{ title: 'Late ferry', link: '/story?id=12', pubDate: new Date('2026-03-01T08:00:00Z') }]
  const feed = await rss({ title: 'The Beacon', description: 'News', site: 'https://www.example.com', trailingSlash, items })
  console.log(`${trailingSlash}: ${(await feed.text()).match(/<item>.*?<link>(.*?)<\/link>/)[1]}`)
}
JS
cat > expected <<'OUT'
undefined: https://www.example.com/story?id=12/
false: https://www.example.com/story?id=12
OUT
node try.mjs > seen
diff expected seen
echo "astrojs-rss-slash-after-query: as described"
