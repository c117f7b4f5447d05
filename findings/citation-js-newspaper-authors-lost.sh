#!/usr/bin/env bash
# Cited from a newspaper, a story has no authors.
#
# Guess: AU of a RIS record is the author, whatever the type; a story of a newspaper (NEWS) is cited with them, as one of a journal (JOUR) is.
# Seen (@citation-js/plugin-ris 0.8.2 with core and plugin-csl 0.8.2): for NEWS they are `reporter`, as plain strings, and no style prints
# those; the day of publication is left out as well.
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund @citation-js/core@0.8.2 @citation-js/plugin-ris@0.8.2 @citation-js/plugin-csl@0.8.2
cat > try.mjs <<'JS'
import { Cite } from '@citation-js/core'
import '@citation-js/plugin-csl'
import '@citation-js/plugin-ris'
for (const type of ['JOUR', 'NEWS']) {
  const lines = [`TY  - ${type}`, 'AU  - Lee, Ann', 'AU  - Reyes, Tomas', 'TI  - The lamp', 'T2  - Example Press', 'PY  - 2026', 'DA  - 2026/11/03/', 'ER  - ']
  const cite = new Cite(lines.join('\n'))
  const { author, reporter, issued } = cite.data[0]
  console.log(type, JSON.stringify({ author, reporter, issued }))
  console.log(cite.format('bibliography', { format: 'text', template: 'apa' }).trim())
}
JS
cat > expected <<'OUT'
JOUR {"author":[{"family":"Lee","given":"Ann"},{"family":"Reyes","given":"Tomas"}],"issued":{"date-parts":[[2026,11,3]]}}
Lee, A., & Reyes, T. (2026). The lamp. Example Press.
NEWS {"reporter":["Lee, Ann","Reyes, Tomas"],"issued":{"date-parts":[[2026]]}}
The lamp. (2026). Example Press.
OUT
node try.mjs > seen
diff expected seen
echo "citation-js-newspaper-authors-lost: as described"
