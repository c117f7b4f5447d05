#!/usr/bin/env bash
# Nobody becomes one, a third becomes 1 3, and two and a half million is not a number.
#
# Guess: where the words of a whole sentence become figures (ten point five and six million are examples of the documentation),
# ordinals become 3 or 3rd, "no one" stays, and "two point five million" is 2500000.
# Seen (words-to-numbers 1.5.1, without its fuzzy reading): "no one" becomes "no 1", "a third man" becomes "1 3 man", and the sentence says that the
# ferry costs NaN: the figure is in it no more. "Two point five" and "two million" are read.
# On Record keeps figures as they were said, in quotations and out of them.
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts words-to-numbers@1.5.1
cat > try.cjs <<'JS'
const { wordsToNumbers } = require('words-to-numbers')
for (const sentence of [
  'Two million people came, Quill said.',
  'It rose by two point five in March.',
  'The ferry costs two point five million, Quill said.',
  'He saw no one, and a third man saw him.'
])
  console.log(wordsToNumbers(sentence))
JS
cat > expected <<'OUT'
2000000 people came, Quill said.
It rose by 2.5 in March.
The ferry costs NaN, Quill said.
He saw no 1, and 1 3 man saw him.
OUT
node try.cjs > seen
diff expected seen
echo "words-to-numbers-no-one-is-one: as described"
