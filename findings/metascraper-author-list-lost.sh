#!/usr/bin/env bash
# A story by two people is by nobody.
#
# Guess: JSON-LD may give one author or a list of them; of a list at least the first is told.
# Seen (metascraper 5.49.24 with metascraper-author 5.49.24): one author is read, of a list of two none is: author is null.
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund metascraper@5.49.24 metascraper-author@5.49.24
cat > try.mjs <<'JS'
import metascraper from 'metascraper'
import author from 'metascraper-author'
const people = ['Ines Okafor', 'Mara Lindqvist'].map((name) => ({ '@type': 'Person', name }))
for (const said of [people[0], people]) {
  const ld = { '@context': 'https://schema.org', '@type': 'NewsArticle', headline: 'Late ferry', author: said }
  const html = `<html><head><script type="application/ld+json">${JSON.stringify(ld)}</script></head><body></body></html>`
  const found = await metascraper([author()])({ html, url: 'https://www.example.com/story' })
  console.log([said].flat().length, JSON.stringify(found))
}
JS
cat > expected <<'OUT'
1 {"author":"Ines Okafor"}
2 {"author":null}
OUT
node try.mjs > seen
diff expected seen
echo "metascraper-author-list-lost: as described"
