// The classic editor's bodies: text with some HTML, where an empty line ends a paragraph.

const blocks =
  'p|div|h[1-6]|ul|ol|li|dl|dt|dd|table|thead|tbody|tfoot|tr|td|th|caption|blockquote|figure|figcaption|pre|form|fieldset|address|section|article|aside|header|footer|hr|iframe|object|video|audio|script|style|details|summary|main|nav|center'
const startsBlock = new RegExp(`^\\s*</?(?:${blocks})\\b`, 'i')
const whole = /<(pre|script|style|textarea)\b[\s\S]*?<\/\1\s*>|<!--[\s\S]*?-->/gi

/** Hosts whose addresses WordPress shows as what is there, where they stand on a line of their own. */
const embeddable =
  /^https?:\/\/(?:[\w-]+\.)*(?:youtube\.com|youtu\.be|vimeo\.com|twitter\.com|x\.com|instagram\.com|facebook\.com|soundcloud\.com|spotify\.com|tiktok\.com|dailymotion\.com|ted\.com|flickr\.com|documentcloud\.org|datawrapper\.de|bsky\.app|reddit\.com|scribd\.com|slideshare\.net|issuu\.com|giphy\.com)\//i

/** The same as HTML with its paragraphs. */
export function paragraphs(text: string): string {
  const kept: string[] = []
  const marked = text.replaceAll('\r\n', '\n').replace(whole, (found) => {
    kept.push(found)
    return `<wp-kept n="${kept.length - 1}"></wp-kept>`
  })
  const html = marked
    .split(/\n[ \t]*\n\s*/)
    .map((chunk) => paragraph(chunk))
    .join('\n')
  return html.replace(/<wp-kept n="(\d+)"><\/wp-kept>/g, (marker, number) => kept[Number(number)] ?? marker)
}

function paragraph(chunk: string): string {
  const words = chunk.trim()
  if (words === '') return ''
  if (/^https?:\/\/\S+$/.test(words) && embeddable.test(words)) return embed(words)
  if (startsBlock.test(words) || words.startsWith('<wp-kept'))
    return words.replace(/(?<![>\n])\n(?![\n<])/g, '<br>\n')
  return `<p>${words.replace(/\n/g, '<br>\n')}</p>`
}

/** An embed as our reader of HTML takes it. */
export function embed(address: string): string {
  const url = address
    .trim()
    .replace(/&(?!amp;)/g, '&amp;')
    .replace(/"/g, '%22')
    .replace(/</g, '%3C')
  return `<figure data-embed="${url}">${url}</figure>`
}
