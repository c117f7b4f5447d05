#!/usr/bin/env bash
# One item, three formats, and in one of them the second reporter is gone.
#
# Guess: JSON Feed has had a list of authors since version 1.1 (2020), as Atom and RSS with several elements: a story by
# two reporters names both in every format that is written from the same item.
# Seen (feed 6.0.0): RSS and Atom name both; the JSON is written in version 1 of 2017, which has room for one author, and
# the others are left out without a word.
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund feed@6.0.0
cat > try.mjs <<'JS'
import { Feed } from 'feed'
const feed = new Feed({ title: 'The Beacon', id: 'https://example.com/', link: 'https://example.com/', copyright: 'The Beacon' })
feed.addItem({
  title: 'Late ferry',
  link: 'https://example.com/late-ferry',
  date: new Date(0),
  author: [{ name: 'Ida Marsh' }, { name: 'Tom Reeve' }]
})
for (const form of ['rss2', 'atom1', 'json1']) {
  const text = feed[form]()
  console.log(form, ['Ida Marsh', 'Tom Reeve'].filter((name) => text.includes(name)).join(', '))
}
const { version, items } = JSON.parse(feed.json1())
console.log(version, JSON.stringify(items[0].author ?? null), JSON.stringify(items[0].authors ?? null))
JS
cat > expected <<'OUT'
rss2 Ida Marsh, Tom Reeve
atom1 Ida Marsh, Tom Reeve
json1 Ida Marsh
https://jsonfeed.org/version/1 {"name":"Ida Marsh"} null
OUT
node try.mjs > seen
diff expected seen
echo "feed-json-second-author-lost: as described"
