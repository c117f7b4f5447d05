#!/usr/bin/env bash
# What somebody said becomes what the page says.
#
# Guess: the templates for quotations of a wiki page ({{blockquote}}, {{cquote}}) come back alike: the words in quotation marks, who said
# them among the templates.
# Seen (wtf_wikipedia 10.4.2): the words of a blockquote get marks and its speaker is kept; the words of a cquote stand in the text
# without marks, as the page's own, and its speaker is nowhere.
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund wtf_wikipedia@10.4.2
cat > try.mjs <<'JS'
import wtf from 'wtf_wikipedia'
for (const template of ['blockquote', 'cquote']) {
  const page = wtf(`She wrote to the council.\n\n{{${template}|The ferry stays.|author=Mara Lindqvist}}\n\nNobody answered.`)
  console.log(JSON.stringify([page.text(), page.templates().map((one) => one.json())]))
}
JS
cat > expected <<'OUT'
["She wrote to the council.\n\n\"The ferry stays.\"\n\nNobody answered.",[{"text":"The ferry stays.","author":"Mara Lindqvist","template":"blockquote"}]]
["She wrote to the council.\n\nThe ferry stays.\n\nNobody answered.",[]]
OUT
node try.mjs > seen
diff expected seen
echo "wtf-wikipedia-cquote-unmarked: as described"
