// A quote card as a page for frames: text alone, without script, link or outside reference.
import { hash } from 'node:crypto'
import { html } from '../markup/html.ts'
import { date, joined } from '../markup/phrases.ts'
import type { QuoteCard } from './card.ts'
import { svgStyleHash } from './card-svg.ts'
import { kinds, margin } from './layout.ts'

const { note, words, who, from } = kinds

const style = `
:root { color-scheme: light dark; font: ${who.size}px/${who.line}px system-ui, sans-serif }
body { margin: 0; padding: ${margin}px; border-inline-start: 4px solid; overflow-wrap: anywhere }
figure, p, blockquote { margin: 0 }
.note, .from, .notice { font-size: ${note.size}px; line-height: ${note.line}px }
blockquote { margin-top: ${words.above}px; font: ${words.size}px/${words.line}px Georgia, "Times New Roman", serif }
.who { margin-top: ${who.above}px }
.from { margin-top: ${from.above}px }
.notice { margin-top: ${kinds.notice.above}px; font-weight: bold }
`

/**
 * Nothing in a card runs or loads anything, whoever shows it: pages of others may (CSP 3; Fetch, CORP). Both forms have one
 * policy, because one address has both.
 */
export const cardHeaders = {
  'content-security-policy': [
    "default-src 'none'",
    `style-src 'sha256-${hash('sha256', style, 'base64')}' ${svgStyleHash}`,
    "base-uri 'none'",
    "form-action 'none'",
    'sandbox'
  ].join('; '),
  'cross-origin-resource-policy': 'cross-origin'
}

/** The whole document. */
export function cardHtml(card: QuoteCard): Buffer {
  const { chains, language, articleLanguage, title, newsroom } = card
  const voices = chains.map(
    (steps) =>
      html`<p class="who">${joined(
        steps.map(({ who, how }) => html`<b><bdi>${who}</bdi></b> (${how})`),
        ', according to '
      )}</p>`
  )
  const head = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · ${newsroom}</title>`
  const body = html`<main><figure>
<p class="note">${card.kind}</p>
<blockquote lang="${language}" dir="auto"><p>${card.words}</p></blockquote>
<figcaption>${voices.length > 0 ? voices : html`<p class="who">Nobody is on record for these words.</p>`}
<p class="from"><cite lang="${articleLanguage}" dir="auto">${title}</cite><br>${newsroom} · ${date(card.publishedAt)}</p>${card.notices.map((text) => html`<p class="notice">${text}</p>`)}</figcaption>
</figure></main>`
  return Buffer.from(`${head}
<style>${style}</style>
</head>
<body>
${body}
</body>
</html>
`)
}
