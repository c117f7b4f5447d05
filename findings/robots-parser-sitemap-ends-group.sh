#!/usr/bin/env bash
# A line about a sitemap lets in a crawler that the file shuts out.
#
# Guess: RFC 9309, section 2.2.4, says of other records that a Sitemaps record must not end a group: a rule that follows two
# User-agent lines is for both crawlers, whatever stands between them.
# Seen (robots-parser 3.0.1): with a Sitemap line (or any line it does not know, such as Content-Usage) between the two, only the
# second crawler is refused; the first may read everything. A blank line between them changes nothing.
# On Record writes such lines after the groups.
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund robots-parser@3.0.1
cat > try.mjs <<'JS'
import robots from 'robots-parser'
const between = { nothing: '', 'a blank line': '\n', 'a sitemap': 'Sitemap: https://www.example.com/s.xml\n', 'a usage': 'Content-Usage: train-ai=n\n' }
for (const [name, line] of Object.entries(between)) {
  const file = robots('https://www.example.com/robots.txt', `User-agent: GPTBot\n${line}User-agent: CCBot\nDisallow: /\n`)
  const [first, second] = ['GPTBot', 'CCBot'].map((agent) => file.isAllowed('https://www.example.com/story', agent))
  console.log(`${name} between: GPTBot ${first}, CCBot ${second}`)
}
JS
cat > expected <<'OUT'
nothing between: GPTBot false, CCBot false
a blank line between: GPTBot false, CCBot false
a sitemap between: GPTBot true, CCBot false
a usage between: GPTBot true, CCBot false
OUT
node try.mjs > seen
diff expected seen
echo "robots-parser-sitemap-ends-group: as described"
