#!/usr/bin/env bash
# What somebody said loses its quotation marks, and struck words come back as valid ones.
#
# Guess: browsers print quotation marks around <q> (HTML, 15.3.6), so Markdown made of it has them too; <del>, for which
# CommonMark has no mark, stays as HTML, or is dropped with its words.
# Seen (turndown 7.2.5): a quotation becomes part of the sentence around it, and "not guilty" is what remains of a text
# in which "not" was deleted. On Record writes the marks out, and keeps struck words as struck (docs/editorial-tools.md).
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund turndown@7.2.5
cat > try.mjs <<'JS'
import TurndownService from 'turndown'
const turndown = new TurndownService()
for (const html of ['<p>The minister said <q>we knew</q> on Monday.</p>', '<p>The court found her <del>not</del> guilty.</p>'])
  console.log(turndown.turndown(html))
JS
cat > expected <<'OUT'
The minister said we knew on Monday.
The court found her not guilty.
OUT
node try.mjs > seen
diff expected seen
echo "turndown-quotation-marks-lost: as described"
