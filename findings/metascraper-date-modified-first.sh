#!/usr/bin/env bash
# The date of a story is the day when it was last touched.
#
# Guess: a page that says when it was published and when it was modified was published then; the one field for its date is that.
# Seen (metascraper 5.49.24 with metascraper-date 5.49.24): date is the later one, from Open Graph and from JSON-LD alike, so that an old story
# with a correction is new. Where only the first is said, it is taken.
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund metascraper@5.49.24 metascraper-date@5.49.24
cat > try.mjs <<'JS'
import metascraper from 'metascraper'
import date from 'metascraper-date'
const published = '2026-03-01T08:00:00Z'
const modified = '2026-05-02T09:00:00Z'
const meta = (name, value) => `<meta property="article:${name}_time" content="${value}">`
const ld = { '@context': 'https://schema.org', '@type': 'NewsArticle', datePublished: published, dateModified: modified }
const heads = {
  both: meta('published', published) + meta('modified', modified),
  'JSON-LD': `<script type="application/ld+json">${JSON.stringify(ld)}</script>`,
  published: meta('published', published)
}
for (const [name, head] of Object.entries(heads)) {
  const html = `<html><head><title>Late ferry</title>${head}</head><body></body></html>`
  console.log(name, (await metascraper([date()])({ html, url: 'https://www.example.com/story' })).date)
}
JS
cat > expected <<'OUT'
both 2026-05-02T09:00:00.000Z
JSON-LD 2026-05-02T09:00:00.000Z
published 2026-03-01T08:00:00.000Z
OUT
node try.mjs > seen
diff expected seen
echo "metascraper-date-modified-first: as described"
