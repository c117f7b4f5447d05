// Articles in lists.
import type { ArticleCard } from '../../../content/articles/schema.ts'
import { shown } from '../../../formats/markup/figure.ts'
import { type Html, html } from '../../../formats/markup/html.ts'
import { date } from '../../../formats/markup/phrases.ts'
import { byline, kicker } from '../../../formats/markup/story.ts'
import { articlePath, linksTo } from '../layout.ts'

const links = linksTo(new Map())

/** A card. The first of a page shows its picture at once. */
export function card(article: ArticleCard, isLead = false): Html {
  const { slug, title, dek, summary, section, language, leadMedia, publishedAt, bylines, retracted } = article
  const text = html`<div lang="${language}" dir="auto">${kicker(section, links)}<h2><a href="${articlePath(slug)}">${title}</a></h2>${retracted && html`<p class="notice">Retracted</p>`}<p>${dek ?? summary}</p></div>
<p class="meta">${byline(bylines, links)} ${publishedAt && date(publishedAt)}</p>`
  const picture = leadMedia?.kind === 'image' ? shown(leadMedia, links, isLead ? 'eager' : 'lazy') : null
  return isLead
    ? html`<article class="card lead">${picture}<div>${text}</div></article>`
    : html`<article class="card">${picture}${text}</article>`
}
