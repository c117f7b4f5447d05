#!/usr/bin/env bash
# An agency's job number loses its last digit, and a credit in letters and digits becomes a number.
#
# Guess: fields that the IPTC standard defines as text, such as the job identifier and the keywords, arrive as the text that stands in the file.
# Seen (exiftool-vendored 38.3.0 with ExifTool 13.59): what looks like a number is one. The job identifier "20261130.10" is read as 20261130.1, the
# headline "24.10" as 24.1, the keyword "1e3" as 1000 and the credit "1E5" as 100000, so that what is written back is another value. "007" stays.
# ExifTool's XML (-X) has all of them as they stand: the guess at a type is made for JSON.
# On Record reads these fields as text with a reader of its own for XMP and IIM (src/files/metadata/; test/files/picture-metadata.test.ts).
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts exiftool-vendored@38.3.0 exiftool-vendored.pl@13.59.3
cat > try.mjs <<'JS'
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { ExifTool, exiftoolPath } from 'exiftool-vendored'
// The smallest JPEG: one grey pixel.
const picture = '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAA//EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AN//Z'
writeFileSync('pier.jpg', Buffer.from(picture, 'base64'))
const tool = new ExifTool()
await tool.write('pier.jpg', {
  'XMP-photoshop:TransmissionReference': '20261130.10', 'XMP-photoshop:Headline': '24.10',
  'XMP-dc:Subject': ['1e3', '007'], 'XMP-photoshop:Credit': '1E5'
})
const { TransmissionReference, Headline, Subject, Credit } = await tool.read('pier.jpg')
console.log(JSON.stringify([TransmissionReference, Headline, Subject, Credit]))
await tool.end()
const xml = execFileSync(await exiftoolPath(), ['-X', '-TransmissionReference', '-Headline', '-Subject', '-Credit', 'pier.jpg'], { encoding: 'utf8' })
console.log(JSON.stringify(xml.match(/(?<=<(XMP|rdf:li)[^>]*>)[^<\s][^<]*/g)))
JS
cat > expected <<'OUT'
[20261130.1,24.1,[1000,"007"],100000]
["20261130.10","24.10","1e3","007","1E5"]
OUT
node try.mjs > seen
diff expected seen
echo 'exiftool-vendored-job-number-shortened: as described'
