#!/usr/bin/env bash
# Two lines of a Word file become one word.
#
# Guess: plain text of a document has a line break or a space where the document has a line break, as its tabs stay tabs.
# Seen (mammoth 1.13.0, files made with docx 9.15.2): extractRawText writes nothing for a break inside a paragraph (Shift+Enter), so the
# words on both sides are one; convertToHtml has a br there.
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund mammoth@1.13.0 docx@9.15.2
cat > try.mjs <<'JS'
import { Document, Packer, Paragraph, Tab, TextRun } from 'docx'
import mammoth from 'mammoth'
const children = [new TextRun('Ines Okafor'), new TextRun({ text: 'Harbour desk', break: 1 }), new TextRun({ children: [new Tab(), 'page 3'] })]
const buffer = await Packer.toBuffer(new Document({ sections: [{ children: [new Paragraph({ children })] }] }))
console.log(JSON.stringify((await mammoth.extractRawText({ buffer })).value))
console.log(JSON.stringify((await mammoth.convertToHtml({ buffer })).value))
JS
cat > expected <<'OUT'
"Ines OkaforHarbour desk\tpage 3\n\n"
"<p>Ines Okafor<br />Harbour desk\tpage 3</p>"
OUT
node try.mjs > seen
diff expected seen
echo "mammoth-raw-text-line-break-glued: as described"
