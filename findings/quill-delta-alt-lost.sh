#!/usr/bin/env bash
# The description of a picture is dropped, its width is kept.
#
# Guess: the attributes of an image in a Quill delta (alt, width, height: the three that Quill itself keeps) are written
# as attributes of the img element.
# Seen (quill-delta-to-html 0.12.1): width is, alt is not, and nothing says so: an archive moved over has no text
# alternative left.
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund quill-delta-to-html@0.12.1
cat > try.mjs <<'JS'
import { QuillDeltaToHtmlConverter } from 'quill-delta-to-html'
const picture = { insert: { image: 'https://paper.example/a.jpg' }, attributes: { alt: 'Mara Lindqvist at the quay', width: '640' } }
console.log(new QuillDeltaToHtmlConverter([picture, { insert: '\n' }], {}).convert())
JS
cat > expected <<'OUT'
<p><img class="ql-image" width="640" src="https://paper.example/a.jpg"/></p>
OUT
node try.mjs > seen
diff expected seen
echo "quill-delta-alt-lost: as described"
