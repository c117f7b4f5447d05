#!/usr/bin/env bash
# What somebody said, in a story filed as RTF, becomes what the paper says.
#
# Guess: readers of RTF write the typographic marks that the format has words for: \ldblquote, \rdblquote, \rquote, \emdash (RTF 1.9.1, "Special
# Characters").
# Seen (@iarna/rtf-to-html 1.1.0, rtf-parser 1.3.3, rtf2text 1.0.1): they are taken for controls without text and left out, without an error: no
# quotation is left in the story, "it's" is "its", and the dash goes too. The same marks as bytes of the code page (\'93, \'94) arrive.
# officeparser 7.8.0 has the marks, and loses the dash.
# On Record takes no RTF; stories come in as HTML, Markdown or text.
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @iarna/rtf-to-html@1.1.0 rtf-parser@1.3.3 rtf2text@1.0.1 officeparser@7.8.0
cat > try.cjs <<'JS'
const { writeFileSync } = require('node:fs')
const { fromString } = require('@iarna/rtf-to-html')
const { parseOffice } = require('officeparser')
const parser = require('rtf-parser')
const rtf2text = require('rtf2text')
const story = (open, close) =>
  String.raw`{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Arial;}}\pard ${open}It\rquote s late\emdash and we stay,${close} she said.\par}`
const words = story('\\ldblquote ', '\\rdblquote ')
const bytes = story("\\'93", "\\'94")
const show = (name, text) => console.log(`${name}: ${text.replace(/\s+/g, ' ').trim()}`)
const read = {
  'rtf-to-html': (rtf) =>
    new Promise((done, fail) =>
      fromString(rtf, (error, html) => (error ? fail(error) : done(/<p>(.*)<\/p>/s.exec(html)[1])))
    ),
  'rtf-parser': (rtf) =>
    new Promise((done, fail) =>
      parser.string(rtf, (error, { content }) =>
        error ? fail(error) : done(content.flatMap((p) => p.content.map(({ value }) => value)).join(''))
      )
    ),
  rtf2text: (rtf) =>
    new Promise((done, fail) => rtf2text.string(rtf, (error, text) => (error ? fail(error) : done(text)))),
  officeparser: async (rtf) => {
    writeFileSync('story.rtf', rtf)
    return (await parseOffice('story.rtf')).toText()
  }
}
async function main() {
  for (const [name, reader] of Object.entries(read)) {
    show(name, await reader(words))
    show(`${name}, bytes`, await reader(bytes))
  }
}
main()
JS
cat > expected <<'OUT'
rtf-to-html: Its lateand we stay, she said.
rtf-to-html, bytes: “Its lateand we stay,” she said.
rtf-parser: Its lateand we stay, she said.
rtf-parser, bytes: “Its lateand we stay,” she said.
rtf2text: Its lateand we stay, she said.
rtf2text, bytes: “Its lateand we stay,” she said.
officeparser: “It’s lateand we stay,” she said.
officeparser, bytes: “It’s lateand we stay,” she said.
OUT
node try.cjs > seen
diff expected seen
echo 'rtf-quotation-marks-lost: as described'
