#!/usr/bin/env bash
# A question is put into the mouth of the one who was asked.
#
# Guess: in the HTML form of a podcast's transcript, whoever is cited speaks until the next cite, however many timed paragraphs that takes.
# Seen (transcriptator 1.1.4): a cite is taken for the segment that is open, and a time opens no segment before its paragraph is full. Where somebody
# speaks for two paragraphs, the second is given to the next speaker, the next speaker's answer to the one after, and so on: all that follows is shifted
# by one, without an error. With one paragraph for each cite it is right.
# On Record takes no transcripts.
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts transcriptator@1.1.4
cat > try.cjs <<'JS'
const { convertFile } = require('transcriptator')
const said = (speaker, ...parts) =>
  `<cite>${speaker}:</cite>\n${parts.map(([time, text]) => `<time>${time}</time>\n<p>${text}</p>`).join('\n')}\n`
const show = (name, transcript) =>
  console.log(`${name}: ${convertFile(transcript).map(({ speaker, body }) => `${speaker} – ${body}`).join(' | ')}`)
const question = said('Jo Reed', ['0:05', 'Did you take the money?'])
const answer = said('Mara Lind', ['0:09', 'No.'])
show('one paragraph', said('Mara Lind', ['0:01', 'Good evening.']) + question + answer)
show('two paragraphs', said('Mara Lind', ['0:01', 'Good evening.'], ['0:03', 'Ask away.']) + question + answer)
JS
cat > expected <<'OUT'
one paragraph: Mara Lind – Good evening. | Jo Reed – Did you take the money? | Mara Lind – No.
two paragraphs: Mara Lind – Good evening. | Jo Reed – Ask away. | Mara Lind – Did you take the money? | Mara Lind – No.
OUT
node try.cjs > seen
diff expected seen
echo 'transcript-html-next-speaker: as described'
