#!/usr/bin/env bash
# A letter to the editor ends where it says that somebody wrote something.
#
# Guess: a reader of replies cuts off what a mail program quoted, which begins with a line such as "On Tue, 3 Nov 2026, Ines Vidal <...> wrote:" and
# whose lines begin with ">".
# Seen (email-reply-parser 2.3.9): a sentence of the letter is such a line as well, without an address, a time or any ">" after it. "On Tuesday the
# harbour master Ines Vidal wrote:" and all that follows, what she wrote and the letter's own answer, is taken as quoted. planer 1.2.0 keeps all of
# it.
# On Record takes comments and stories as they are sent, and cuts nothing off (test/content/words-kept.test.ts).
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts email-reply-parser@2.3.9 planer@1.2.0
cat > try.mjs <<'JS'
import EmailReplyParser from 'email-reply-parser'
import planer from 'planer'
const letter = `Your report on the ferry is wrong.

On Tuesday the harbour master Ines Vidal wrote:

The ferry stays closed until the pier is safe.

I was there, and the pier is safe.`
const last = (text) => text.trim().split('\n').at(-1)
console.log('email-reply-parser:', last(new EmailReplyParser().read(letter).getVisibleText()))
console.log('planer:', last(planer.extractFrom(letter, 'text/plain')))
JS
cat > expected <<'OUT'
email-reply-parser: Your report on the ferry is wrong.
planer: I was there, and the pier is safe.
OUT
node try.mjs > seen
diff expected seen
echo 'letter-cut-where-somebody-wrote: as described'
