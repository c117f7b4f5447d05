#!/usr/bin/env bash
# A news sitemap loses its news when its prefix is another.
#
# Guess: a prefix is a matter of the file; what the elements are is told by the namespace (Namespaces in XML), so `n:news` bound to the namespace
# of news sitemaps is read as `news:news` is.
# Seen (sitemap 9.0.1, parseSitemap): the same file with the prefix `n` has no news: no title, no publication, no date; that
# is told in lines of a log alone, and the entry is answered.
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund sitemap@9.0.1
cat > try.mjs <<'JS'
import { Readable } from 'node:stream'
import { parseSitemap } from 'sitemap'
const say = console.log
console.log = console.warn = () => {}
for (const p of ['news', 'n']) {
  const file = `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:${p}="http://www.google.com/schemas/sitemap-news/0.9"><url>
    <loc>https://www.example.com/lamp</loc><${p}:news><${p}:publication><${p}:name>Example Press</${p}:name><${p}:language>en</${p}:language></${p}:publication>
    <${p}:publication_date>2026-11-03</${p}:publication_date><${p}:title>The lamp</${p}:title></${p}:news></url></urlset>`
  const [{ url, news }] = await parseSitemap(Readable.from([file]))
  say(p, url, JSON.stringify(news?.title))
}
JS
cat > expected <<'OUT'
news https://www.example.com/lamp "The lamp"
n https://www.example.com/lamp undefined
OUT
node try.mjs > seen
diff expected seen
echo "sitemap-other-prefix-lost: as described"
