// Exports of WordPress (WXR 1.2), as tests of imports send them.

/** A published post; `more` are its comments and the like. */
export const post = (
  id: number,
  body: string,
  more = '',
  slug = `story-${id}`
) => `<item><title>Story ${id}</title>
<link>https://old.example/${slug}</link><dc:creator>ann</dc:creator><wp:post_id>${id}</wp:post_id>
<wp:post_type>post</wp:post_type><wp:status>publish</wp:status><wp:post_name>${slug}</wp:post_name>
<wp:post_date_gmt>2020-01-0${(id % 9) + 1} 10:00:00</wp:post_date_gmt>
<content:encoded><![CDATA[${body}]]></content:encoded>${more}</item>`

/** An approved comment, on another one where `parent` is not 0. */
export const comment = (
  id: number,
  words = `Words ${id}`,
  parent = 0
) => `<wp:comment><wp:comment_id>${id}</wp:comment_id>
<wp:comment_author>Reader ${id}</wp:comment_author><wp:comment_date_gmt>2020-02-01 10:00:00</wp:comment_date_gmt>
<wp:comment_content>${words}</wp:comment_content><wp:comment_approved>1</wp:comment_approved>
<wp:comment_parent>${parent}</wp:comment_parent></wp:comment>`

/** An export with these items. */
export const wxr = (...items: string[]) => `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Old paper</title><wp:wxr_version>1.2</wp:wxr_version>
<language>en</language><wp:author><wp:author_login>ann</wp:author_login><wp:author_display_name>Ann Lee</wp:author_display_name></wp:author>
${items.join('\n')}</channel></rss>`
