// What Substack puts into the HTML of a post that is no part of the story: invitations to subscribe, share and comment.
import { collapseSpace } from '../../../content/body/text.ts'
import { plainOf } from '../text.ts'

// None of the patterns goes on past the next `<`, so that a file made to harm takes no longer than any other.
const invites =
  /<(div|p)\b[^<>]*\bclass="(?:subscription-widget|captioned-button-wrap|button-wrapper|community-chat|digest-post-embed)[^<>]*>/g
/** Buttons that lead elsewhere are the author's own. */
const ownButton = /\bhref="(?![^"]*(?:\/subscribe\b|\/comments\b|action=share|utm_content=share|\/survey\/))/

/** The HTML without them, and the words of what was left out. */
export function withoutInvitations(html: string): { html: string; words: string[] } {
  const kept: string[] = []
  const words: string[] = []
  let [at, looked] = [0, 0]
  for (const match of html.matchAll(invites)) {
    if (match.index < looked) continue
    const end = endOf(html, match[1]!, match.index)
    looked = end
    const found = html.slice(match.index, end)
    if (/button-wrapper/.test(match[0]) && ownButton.test(found)) continue
    kept.push(html.slice(at, match.index))
    words.push(collapseSpace(plainOf(found)).trim())
    at = end
  }
  return { html: [...kept, html.slice(at)].join(''), words: words.filter(Boolean) }
}

/** Where the element that begins here ends, with those of its kind that stand in it. */
function endOf(html: string, tag: string, from: number) {
  const tags = new RegExp(`<(/?)${tag}\\b[^<>]*>`, 'g')
  tags.lastIndex = from
  let depth = 0
  for (let found = tags.exec(html); found !== null; found = tags.exec(html)) {
    depth += found[1] ? -1 : 1
    if (depth === 0) return tags.lastIndex
  }
  return html.length
}

/** Notes as paragraphs with their number, where they stand; they link to each other only on a page of Substack. */
export const withNumberedNotes = (html: string) =>
  html
    .replace(/<a\b[^<>]*\bclass="footnote-anchor"[^<>]*>([^<]*)<\/a>/g, '<sup>$1</sup>')
    .replace(
      /<a\b[^<>]*\bclass="footnote-number"[^<>]*>([^<]*)<\/a>\s*<div class="footnote-content">\s*<p>/g,
      '<div><p><sup>$1</sup> '
    )
