#!/usr/bin/env bash
# AT&T is called AT&;T in its subtitles, and each time a file is read and written one more semicolon is said.
#
# Guess: &amp; in a cue is one character (WebVTT 4.2.2), so the text is "AT&T", and what reads and writes cues gives &amp; again.
# Seen (webvtt-parser 2.2.0): the character is read, and the semicolon that ends its name is read as a word of the speaker;
# after being written and read again there are two. No error is told. media-captions 1.0.4 gives the text as it is.
# On Record writes and reads no WebVTT; the references of its own formats go through one place (src/formats/markup/xml.ts).
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts webvtt-parser@2.2.0 media-captions@1.0.4
cat > try.mjs <<'JS'
import webvtt from 'webvtt-parser'
import { parseText, tokenizeVTTCue } from 'media-captions'
const file = 'WEBVTT\n\n00:00:01.000 --> 00:00:03.000\n<v Mara Lindqvist>AT&amp;T said so.</v>\n'
const textOf = ({ type, value, children = [], data }) => (type === 'text' ? (value ?? data) : children.map(textOf).join(''))
const once = new webvtt.WebVTTParser().parse(file)
const written = new webvtt.WebVTTSerializer().serialize(once.cues)
const twice = new webvtt.WebVTTParser().parse(written)
for (const { cues, errors } of [once, twice]) console.log(textOf(cues[0].tree), errors.length)
const other = await parseText(file, { type: 'vtt' })
console.log(tokenizeVTTCue(other.cues[0]).map(textOf).join(''))
JS
cat > expected <<'OUT'
AT&;T said so. 0
AT&;;T said so. 0
AT&T said so.
OUT
node try.mjs > seen
diff expected seen
echo "webvtt-parser-escape-leaves-semicolon: as described"
