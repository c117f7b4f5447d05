#!/usr/bin/env bash
# Sections of an Atom feed are written so that no reader may use them.
#
# Guess: a category with a name becomes <category term="Harbour"/>: the attribute that RFC 4287 (4.2.2.1) requires, and by
# which readers tell categories apart; in RSS the same name is the text of the element, and is right.
# Seen (feed 6.0.0): it becomes the label, which is for people only, and there is no term.
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund feed@6.0.0
cat > try.mjs <<'JS'
import { Feed } from 'feed'
const feed = new Feed({ title: 'The Beacon', id: 'https://example.com/', link: 'https://example.com/', copyright: 'The Beacon' })
feed.addItem({ title: 'Late ferry', link: 'https://example.com/late-ferry', date: new Date(0), category: [{ name: 'Harbour' }] })
for (const form of ['rss2', 'atom1']) console.log(/<category.*/.exec(feed[form]())[0])
JS
cat > expected <<'OUT'
<category>Harbour</category>
<category label="Harbour"/>
OUT
node try.mjs > seen
diff expected seen
echo "feed-atom-category-without-term: as described"
