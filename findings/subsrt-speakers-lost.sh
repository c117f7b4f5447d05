#!/usr/bin/env bash
# Subtitles converted from WebVTT to SubRip lose who speaks, and number headers and comments as cues.
#
# Guess: the speaker of a voice span (<v Name>, W3C WebVTT 4.2.2) stays as "Name: ...", which is how SubRip files name
# speakers, or the span is left as it is; cues are numbered from 1.
# Seen (subsrt-ts 2.1.2): only the words are left, and the numbers are 2 and 4, for the header and the note are counted.
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund subsrt-ts@2.1.2
cat > try.mjs <<'JS'
import subsrt from 'subsrt-ts'
const vtt = 'WEBVTT\n\n1\n00:00:01.000 --> 00:00:03.000\n<v Mara Lindqvist>The ferry stays.</v>\n\nNOTE checked by the desk\n\n2\n00:00:03.000 --> 00:00:05.000\n<v Jon Berg>It does not.</v>\n'
console.log(JSON.stringify(subsrt.convert(vtt, { format: 'srt' }).trim().split(/\r?\n/)))
JS
cat > expected <<'OUT'
["2","00:00:01,000 --> 00:00:03,000","The ferry stays.","","4","00:00:03,000 --> 00:00:05,000","It does not."]
OUT
node try.mjs > seen
diff expected seen
echo "subsrt-speakers-lost: as described"
