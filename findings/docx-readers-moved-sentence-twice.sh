#!/usr/bin/env bash
# A sentence that the desk moved in a tracked draft is printed twice.
#
# Guess: a reader that leaves out what was deleted with changes tracked also leaves out the place that a paragraph was moved away from
# (w:moveFrom, ECMA-376 part 1, 17.13.5.22): it is the deletion of a pair.
# Seen (word-extractor 1.0.4, officeparser 7.8.0): both leave out w:del and print what was inserted, but of a move they print both ends, so a
# denial stands before and after what it answers. mammoth 1.13.0 prints the new place alone.
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts word-extractor@1.0.4 officeparser@7.8.0 mammoth@1.13.0 jszip@3.10.1
cat > try.cjs <<'JS'
const JSZip = require('jszip')
const mammoth = require('mammoth')
const { parseOffice } = require('officeparser')
const WordExtractor = require('word-extractor')
const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const package_ = 'http://schemas.openxmlformats.org/package/2006'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument'
const run = (text) => `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`
const by = 'w:author="Desk" w:date="2026-11-02T08:00:00Z"'
const body = [
  `<w:p>${run('The board voted ')}<w:del w:id="1" ${by}><w:r><w:delText>unanimously</w:delText></w:r></w:del><w:ins w:id="2" ${by}>${run('by five to four')}</w:ins>${run('.')}</w:p>`,
  `<w:moveFromRangeStart w:id="3" w:name="m" ${by}/><w:p><w:moveFrom w:id="4" ${by}>${run('Quill denied it.')}</w:moveFrom></w:p><w:moveFromRangeEnd w:id="3"/>`,
  `<w:p>${run('The pump failed.')}</w:p>`,
  `<w:moveToRangeStart w:id="5" w:name="m" ${by}/><w:p><w:moveTo w:id="6" ${by}>${run('Quill denied it.')}</w:moveTo></w:p><w:moveToRangeEnd w:id="5"/>`
].join('')
const zip = new JSZip()
zip.file('[Content_Types].xml', `${xml}<Types xmlns="${package_}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`)
zip.file('_rels/.rels', `${xml}<Relationships xmlns="${package_}/relationships"><Relationship Id="r1" Type="${office}" Target="word/document.xml"/></Relationships>`)
zip.file('word/document.xml', `${xml}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`)
const lines = (text) => text.split('\n').filter(Boolean).join(' / ')
zip.generateAsync({ type: 'nodebuffer' }).then(async (file) => {
  console.log('word-extractor:', lines((await new WordExtractor().extract(file)).getBody()))
  console.log('officeparser:', lines((await parseOffice(file)).toText()))
  console.log('mammoth:', lines((await mammoth.extractRawText({ buffer: file })).value))
})
JS
cat > expected <<'OUT'
word-extractor: The board voted by five to four. / Quill denied it. / The pump failed. / Quill denied it.
officeparser: The board voted by five to four. / Quill denied it. / The pump failed. / Quill denied it.
mammoth: The board voted by five to four. / The pump failed. / Quill denied it.
OUT
node try.cjs > seen
diff expected seen
echo "docx-readers-moved-sentence-twice: as described"
