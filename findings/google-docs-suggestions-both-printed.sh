#!/usr/bin/env bash
# What an editor suggested to strike and what was suggested instead are both printed.
#
# Guess: of a document with suggestions (suggestionsViewMode SUGGESTIONS_INLINE, which the API answers those who may edit) a converter prints the words as they
# were or as they would be; of the two ends of a change one.
# Seen (@googleworkspace/google-docs-hast 1.0.5): it prints runs with suggestedDeletionIds and with suggestedInsertionIds alike, without a mark.
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @googleworkspace/google-docs-hast@1.0.5 hast-util-to-html@9.0.5
cat > try.mjs <<'JS'
import { toHast } from '@googleworkspace/google-docs-hast'
import { toHtml } from 'hast-util-to-html'
const run = (content, suggested = {}) => ({ textRun: { content, textStyle: {}, ...suggested } })
const elements = [
  run('Quill was '),
  run('convicted', { suggestedDeletionIds: ['suggest.1'] }),
  run('acquitted', { suggestedInsertionIds: ['suggest.1'] }),
  run(' on Tuesday.\n')
]
const paragraph = { elements, paragraphStyle: { namedStyleType: 'NORMAL_TEXT' } }
const body = { content: [{ startIndex: 1, endIndex: 43, paragraph }] }
console.log(toHtml(toHast({ title: 'Verdict', suggestionsViewMode: 'SUGGESTIONS_INLINE', body })))
JS
cat > expected <<'OUT'
<p class="normal-text">Quill was convictedacquitted on Tuesday.</p>
OUT
node try.mjs > seen
diff expected seen
echo "google-docs-suggestions-both-printed: as described"
