#!/usr/bin/env bash
# Quotations of four sentences and more are no quotations any longer, though each of their words is there.
#
# Guess: quotations() gives what stands between the marks, of whatever length; if there is a limit, then on words or characters, and what
# is given is the beginning.
# Seen (compromise 14.17.0): a quotation of one to three sentences is found. From four on nothing is given of it, not even a part, be the
# sentences of two words each; one sentence of sixty words is found whole. A long answer of a source is what a reporter quotes at most.
# On Record reads quotations by their marks, over sentences and paragraphs (src/importing/speech).
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts compromise@14.17.0
cat > try.mjs <<'JS'
import nlp from 'compromise'
const found = (words) => nlp(`“${words},” Quill said.`).quotations().length
for (const sentences of [1, 2, 3, 4, 5])
  console.log(`${sentences} short sentences: ${found(Array(sentences).fill('They left').join('. '))}`)
console.log(`one of sixty words: ${found(Array(60).fill('ferry').join(' '))}`)
console.log(nlp('“No. No. No. No,” Quill said. “Yes,” Sand said.').quotations().out('array').join(' | '))
JS
cat > expected <<'OUT'
1 short sentences: 1
2 short sentences: 1
3 short sentences: 1
4 short sentences: 0
5 short sentences: 0
one of sixty words: 1
“Yes,”
OUT
node try.mjs > seen
diff expected seen
echo "compromise-quotation-of-four-sentences: as described"
