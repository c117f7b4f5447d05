#!/usr/bin/env bash
# Two stories of one feed have the same id, because their ids look like numbers.
#
# Guess: a guid is a string that is compared character by character (RSS 2.0), so it comes as it stands.
# Seen (@extractus/feed-extractor 8.0.3, podcast-partytime 5.0.0): it is read as a number and written down again: 0012 and 12 become one id, the
# short hash 12e2 becomes 1200, and 0x1F becomes 31. A reader that keeps what it has seen by id passes a story over as known.
# Both do it to headlines, too: for feed-extractor the story "007" is headed 7, and podcast-partytime leaves the episode "007" out as one without a
# title. @rowanmanning/feed-parser 2.1.5 keeps all of them as they stand.
# On Record keeps the characters (src/importing/systems/feeds/, read with saxes; test/importing/systems/moving-in.test.ts).
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts \
  @extractus/feed-extractor@8.0.3 podcast-partytime@5.0.0 @rowanmanning/feed-parser@2.1.5
cat > try.mjs <<'JS'
import { extractFromXml } from '@extractus/feed-extractor'
import { parseFeed } from '@rowanmanning/feed-parser'
import { parseFeed as parsePodcast } from 'podcast-partytime'
const item = (guid, title) => `
  <item><title>${title}</title><link>https://paper.example/${guid}</link><guid isPermaLink="false">${guid}</guid>
    <enclosure url="https://paper.example/${guid}.mp3" length="1" type="audio/mpeg"/></item>`
const feed = `<?xml version="1.0"?>
<rss version="2.0"><channel><title>Harbour Gazette</title><link>https://paper.example/</link><description>News</description>
${item('0012', '007')}${item('12', 'Ferry')}${item('12e2', 'Tide')}${item('0x1F', 'Pier')}
</channel></rss>`
const show = (name, items) => console.log(name, items.map(({ id, guid, title }) => `${id ?? guid} ${title}`).join(', '))
show('feed-extractor', extractFromXml(feed).entries)
show('podcast-partytime', parsePodcast(feed).items)
show('feed-parser', parseFeed(feed).items)
JS
cat > expected <<'OUT'
feed-extractor 12 7, 12 Ferry, 1200 Tide, 31 Pier
podcast-partytime 12 Ferry, 1200 Tide, 31 Pier
feed-parser 0012 007, 12 Ferry, 12e2 Tide, 0x1F Pier
OUT
node try.mjs | grep -v '^{' > seen # without the lines of a log
diff expected seen
echo 'feed-guids-read-as-numbers: as described'
