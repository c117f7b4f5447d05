#!/usr/bin/env bash
# A question that is quoted ends before its closing mark, and the mark begins the sentence of who asked.
#
# Guess: “Why now?” asked Quill. is one sentence, or two: “Why now?” with both of its marks, and the attribution.
# Seen (sentence-splitter 5.0.1): with typographic marks (English, German, French) the cut falls between the question mark and the closing mark,
# so that the quotation stays open and the words of the attribution begin with a mark. With straight marks it is one sentence, as guessed.
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts sentence-splitter@5.0.1
cat > try.mjs <<'JS'
import { split } from 'sentence-splitter'
for (const text of [
  '“Why now?” asked Quill. The ferry stays.',
  '“We stay!” said Quill.',
  '„Warum?“, fragte Quill.',
  '« Pourquoi ? » demande Quill.',
  '"Why now?" asked Quill. The ferry stays.'
])
  console.log(split(text).filter(({ type }) => type === 'Sentence').map(({ raw }) => raw).join(' | '))
JS
cat > expected <<'OUT'
“Why now? | ” asked Quill. | The ferry stays.
“We stay! | ” said Quill.
„Warum? | “, fragte Quill.
« Pourquoi ? | » demande Quill.
"Why now?" asked Quill. | The ferry stays.
OUT
node try.mjs > seen
diff expected seen
echo "sentence-splitter-closing-mark-moves: as described"
