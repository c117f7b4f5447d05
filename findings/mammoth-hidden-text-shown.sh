#!/usr/bin/env bash
# What an editor hid in a Word file stands in the story.
#
# Guess: text that Word hides (w:vanish: notes between editors) is no part of what a reader sees, so it is left out, as deleted words of
# tracked changes are.
# Seen (mammoth 1.13.0, files made with docx 9.15.2): the deleted word is left out, the hidden ones are words of the paragraph, with no message.
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund mammoth@1.13.0 docx@9.15.2
cat > try.mjs <<'JS'
import { DeletedTextRun, Document, Packer, Paragraph, TextRun } from 'docx'
import mammoth from 'mammoth'
const deleted = new DeletedTextRun({ text: 'never ', id: 1, author: 'Desk', date: '2026-03-01T08:00:00Z' })
const hidden = new TextRun({ text: 'Call her lawyer first. ', vanish: true })
const paragraph = new Paragraph({ children: [new TextRun('She said she ran the ferry. '), deleted, hidden, new TextRun('It was late.')] })
const buffer = await Packer.toBuffer(new Document({ sections: [{ children: [paragraph] }] }))
const { value, messages } = await mammoth.convertToHtml({ buffer })
console.log(value, messages.length)
JS
cat > expected <<'OUT'
<p>She said she ran the ferry. Call her lawyer first. It was late.</p> 0
OUT
node try.mjs > seen
diff expected seen
echo "mammoth-hidden-text-shown: as described"
