#!/usr/bin/env bash
# A summary says that the ferry costs 4, where the story says 4.2 million.
#
# Guess: a summariser that picks sentences gives them word for word; a decimal point is no end of a sentence.
# Seen (node-summarizer 1.0.7, by frequency): each point ends one, so "The ferry costs 4." stands in the summary as a sentence of
# its own, complete to the eye, with the rest of the figure left out.
# On Record summarises nothing; what it shortens for drafts ends between words (src/importing/proposals/shorten.ts).
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts node-summarizer@1.0.7
cat > try.cjs <<'JS'
const { SummarizerManager } = require('node-summarizer')
const story = 'The council paid for the ferry. The ferry costs 4.2 million crowns a year, Quill told the council. Nobody asked why.'
console.log(new SummarizerManager(story, 2).getSummaryByFrequency().summary)
JS
cat > expected <<'OUT'
The council paid for the ferry.The ferry costs 4.
OUT
node try.cjs 2> /dev/null > seen
diff expected seen
echo "node-summarizer-figure-cut: as described"
