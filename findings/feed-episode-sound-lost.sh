#!/usr/bin/env bash
# An episode with a picture has no sound in the RSS feed.
#
# Guess: an item's `enclosure` is what listeners get; its `image` is shown beside it, or left out, since readers of RSS 2.0 expect one enclosure.
# Seen (feed 6.0.0): the picture becomes the only enclosure of the item in RSS, and the sound that was given as `enclosure` is nowhere. Atom has
# both, with the types image/jpg and image/mp3, of which neither is registered and the second says that the sound is a picture: the type audio/mpeg
# that was given is not used.
# On Record writes each medium as a media:content of its own, with its registered type (src/formats/feeds/media-rss.ts; test/formats/feeds.test.ts).
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts feed@6.0.0
cat > try.mjs <<'JS'
import { Feed } from 'feed'
const at = 'https://paper.example/'
const feed = new Feed({ title: 'Harbour Gazette', id: at, link: at, copyright: 'Harbour Gazette' })
feed.addItem({
  title: 'The pier, episode 3', id: `${at}3`, link: `${at}3`, date: new Date('2026-11-02T08:30:00Z'),
  enclosure: { url: `${at}3.mp3`, length: 4_800_000, type: 'audio/mpeg' },
  image: `${at}3.jpg`
})
for (const form of [feed.rss2(), feed.atom1()]) console.log(form.match(/<(enclosure|link rel="enclosure").*>/g).join('\n'))
JS
cat > expected <<'OUT'
<enclosure url="https://paper.example/3.jpg" length="0" type="image/jpg"/>
<link rel="enclosure" href="https://paper.example/3.mp3" type="image/mp3" length="4800000"/>
<link rel="enclosure" href="https://paper.example/3.jpg" type="image/jpg"/>
OUT
node try.mjs > seen
diff expected seen
echo 'feed-episode-sound-lost: as described'
