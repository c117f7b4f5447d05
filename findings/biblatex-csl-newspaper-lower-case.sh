#!/usr/bin/env bash
# A reference to The New York Times names "The new york times".
#
# Guess: where BibLaTeX becomes CSL data, the title of an article goes to sentence case, as CSL asks; the name of the paper is a
# name, and stays.
# Seen (biblatex-csl-converter 3.2.2): the name in journaltitle goes to sentence case, too, in English entries and in those that name
# no language; in a French one it stays. Styles of CSL print container-title as they find it, so it is printed so.
# @retorquere/bibtex-parser 9.0.29 puts the title into sentence case, and leaves the name of the paper.
# On Record writes the names of publications as its records have them (src/formats/).
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts biblatex-csl-converter@3.2.2 @retorquere/bibtex-parser@9.0.29
cat > try.mjs <<'JS'
import { BibLatexParser, CSLExporter } from 'biblatex-csl-converter'
import * as other from '@retorquere/bibtex-parser'
for (const more of ['', ', langid={english}', ', langid={french}']) {
  const entry = `@article{a, author={Sand, Mara}, title={A Ferry Stays}, date={2026-11-03}, journaltitle={The New York Times}${more}}\n`
  const { entries } = new BibLatexParser(entry, {}).parse()
  const [cited] = Object.values(new CSLExporter(entries).parse())
  const { fields } = other.parse(entry).entries[0]
  console.log(`${cited.title}: ${cited['container-title']} | ${fields.title}: ${fields.journaltitle}`)
}
JS
cat > expected <<'OUT'
A ferry stays: The new york times | A ferry stays: The New York Times
A ferry stays: The new york times | A ferry stays: The New York Times
A Ferry Stays: The New York Times | A Ferry Stays: The New York Times
OUT
node try.mjs > seen
diff expected seen
echo "biblatex-csl-newspaper-lower-case: as described"
