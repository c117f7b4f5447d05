#!/usr/bin/env bash
# A crawler that is shut out together with another one is let in.
#
# Guess: one group for several User-agent lines, and several groups for one crawler, are the same (RFC 9309, 2.2.1): a rule is for
# each crawler named above it, and groups for the same crawler are joined.
# Seen: of two User-agent lines in a row robots-txt-parser 2.0.3 keeps the last, and lets the first one read everything, without a group for it; of two
# groups for one crawler robots-txt-guard 1.0.2 (with robots-txt-parse 2.0.1) keeps the first. Each does right what the other does wrong.
# On Record writes one group, for all crawlers (src/formats/crawlers/robots.ts).
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts robots-txt-parser@2.0.3 robots-txt-guard@1.0.2 robots-txt-parse@2.0.1
cat > try.mjs <<'JS'
import { Readable } from 'node:stream'
import guard from 'robots-txt-guard'
import parse from 'robots-txt-parse'
import reader from 'robots-txt-parser'
const together = 'User-agent: GPTBot\nUser-agent: CCBot\nDisallow: /\n'
const apart = 'User-agent: GPTBot\nDisallow: /drafts\n\nUser-agent: GPTBot\nDisallow: /news\n'
for (const [file, crawler] of [[together, 'GPTBot'], [together, 'CCBot'], [apart, 'GPTBot']]) {
  const robots = reader({ userAgent: crawler })
  robots.parseRobots('https://paper.example', file)
  const guarded = guard(await parse(Readable.from([file])))
  console.log(
    file === together ? 'together' : 'apart',
    crawler,
    robots.canCrawlSync('https://paper.example/news/1'),
    guarded.isAllowed(crawler, '/news/1')
  )
}
JS
cat > expected <<'OUT'
together GPTBot true false
together CCBot false false
apart GPTBot false true
OUT
node try.mjs > seen
diff expected seen
echo "robots-crawlers-named-together: as described"
