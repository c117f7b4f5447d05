#!/usr/bin/env bash
# A story ends where somebody laughs: a paragraph that begins with a bracketed word is thrown away with all that follow it.
#
# Guess: only a line that is nothing but a name in brackets opens a part of an ArchieML document; a paragraph of a free-form
# story that begins with an editor's bracket, as "[We] lost, he said" does, is text as its neighbours are.
# Seen (archieml 0.5.0): it opens an empty list named "We"; its own words and every paragraph up to the next [] are in no part of
# what comes back, and there is no error. "[Laughs]" and "{Applause}" do the same. A bracket of two words, or one behind a quotation
# mark, leaves the story whole.
# On Record takes no ArchieML; brackets in what people say stay, and are told (src/importing/speech/alterations.ts).
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts archieml@0.5.0
cat > try.cjs <<'JS'
const { load } = require('archieml')
const story = (paragraph) => `[+body]
Quill took the stand.
${paragraph}
The court rose at noon.
[]
credit: Mara Sand
`
for (const paragraph of ['“[We] lost,” he said.', '[The ferry] lost, he said.', '[We] lost, he said.', '[Laughs] No, he said.', '{Applause} No, he said.']) {
  const { body, credit } = load(story(paragraph))
  console.log(`${paragraph} -> ${body.map(({ value }) => value).join(' ')} (${credit})`)
}
JS
cat > expected <<'OUT'
“[We] lost,” he said. -> Quill took the stand. “[We] lost,” he said. The court rose at noon. (Mara Sand)
[The ferry] lost, he said. -> Quill took the stand. [The ferry] lost, he said. The court rose at noon. (Mara Sand)
[We] lost, he said. -> Quill took the stand. (Mara Sand)
[Laughs] No, he said. -> Quill took the stand. (Mara Sand)
{Applause} No, he said. -> Quill took the stand. (Mara Sand)
OUT
node try.cjs > seen
diff expected seen
echo "archieml-bracketed-word-ends-story: as described"
