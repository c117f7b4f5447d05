#!/usr/bin/env bash
# The headline "19:30" is 1170 when another library reads what the first one wrote.
#
# Guess: a writer of YAML puts quotation marks around each string that a reader would take for something else, so what one
# library writes as a string comes back as that string from the readers of front matter, which are made for titles.
# Seen (yaml 2.9.1 writes; gray-matter 4.0.3 and front-matter 4.0.2 read): 0123, 1986 and null get their marks; 19:30 and a score of 3:2 get none,
# for in YAML 1.2 they are words, and are read as numbers of base 60, as YAML 1.1 had them: 1170 and 182. A day is a moment then.
# vfile-matter 5.0.1, a reader of YAML 1.2, gives what was written.
# On Record writes each value in quotation marks (src/formats/articles/front-matter.ts), and reads every value as
# words (src/importing/systems/markdown/front-matter.ts; test/importing/systems/moving-in.test.ts).
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts yaml@2.9.1 gray-matter@4.0.3 front-matter@4.0.2 vfile@6.0.3 vfile-matter@5.0.1
cat > try.mjs <<'JS'
import { stringify } from 'yaml'
import grayMatter from 'gray-matter'
import frontMatter from 'front-matter'
import { VFile } from 'vfile'
import { matter } from 'vfile-matter'
for (const title of ['0123', '1986', 'null', '19:30', '3:2', '2026-11-03']) {
  const written = stringify({ title })
  const story = `---\n${written}---\nQuill stays.\n`
  const file = new VFile(story)
  matter(file)
  const read = [grayMatter(story).data, frontMatter(story).attributes, file.data.matter]
  console.log(written.trim(), '->', read.map(({ title }) => JSON.stringify(title)).join(' '))
}
JS
cat > expected <<'OUT'
title: "0123" -> "0123" "0123" "0123"
title: "1986" -> "1986" "1986" "1986"
title: "null" -> "null" "null" "null"
title: 19:30 -> 1170 1170 "19:30"
title: 3:2 -> 182 182 "3:2"
title: 2026-11-03 -> "2026-11-03T00:00:00.000Z" "2026-11-03T00:00:00.000Z" "2026-11-03"
OUT
node try.mjs > seen
diff expected seen
echo "yaml-headline-read-as-seconds: as described"
