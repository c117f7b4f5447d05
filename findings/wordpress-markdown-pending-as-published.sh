#!/usr/bin/env bash
# What awaits review, is private or is scheduled leaves WordPress as a published story, and drafts vanish.
#
# Guess: of an export with a post in each state, a converter for static sites writes the published one, or all of them with their state
# in the front matter, as static site generators leave out what is marked as a draft.
# Seen (wordpress-export-to-markdown 2.2.2): five posts become four files of the same form, title and date alone. The one that awaits
# review, the private one and the one for next year cannot be told from the published one; the draft is left out without a word.
# On Record imports each in its state (docs/importing.md).
set -euo pipefail
cd "$(mktemp -d)"
trap 'rm -rf "$PWD"' EXIT
npm init -y > /dev/null
npm install --silent --no-audit --no-fund wordpress-export-to-markdown@2.2.2
post() {
  printf '<item><title>%s story</title><link>https://paper.example/%s/</link><pubDate>%s 08:30:00 +0000</pubDate>' "$1" "$1" "$3"
  printf '<dc:creator>mara</dc:creator><content:encoded><![CDATA[<p>It sails.</p>]]></content:encoded><wp:post_id>%s</wp:post_id>' "$2"
  printf '<wp:post_name>%s</wp:post_name><wp:status>%s</wp:status><wp:post_type>post</wp:post_type></item>\n' "$1" "$1"
}
{
  echo '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">'
  echo '<channel><title>Harbour Post</title><link>https://paper.example</link><wp:wxr_version>1.2</wp:wxr_version>'
  n=1
  for state in publish draft pending private; do post "$state" $((n++)) 'Sun, 01 Mar 2026'; done
  post future $n 'Mon, 01 Mar 2027'
  echo '</channel></rss>'
} > export.xml
npx wordpress-export-to-markdown --wizard=false --output=out --save-attached-images=false --save-scraped-images=false > /dev/null
for file in out/*/index.md; do echo "$file: $(sed -n '2,/^---/p' "$file" | tr '\n' ' ')"; done > seen
cat > expected <<'OUT'
out/future/index.md: title: "future story" date: "2027-03-01" --- 
out/pending/index.md: title: "pending story" date: "2026-03-01" --- 
out/private/index.md: title: "private story" date: "2026-03-01" --- 
out/publish/index.md: title: "publish story" date: "2026-03-01" --- 
OUT
diff expected seen
echo "wordpress-markdown-pending-as-published: as described"
