// Articles in lists.
import type { ArticleCard } from '../../../content/articles/schema.ts'
import { type Html, html } from '../html.ts'
import { articlePath, date, joined, sectionPath } from '../layout.ts'
import { shown } from './figure.ts'

export const byline = (bylines: ArticleCard['bylines']) =>
  bylines.length === 0
    ? null
    : html`<span>By ${joined(
        bylines.map(({ name, sourceId }) =>
          sourceId ? html`<a href="/sources/${sourceId}">${name}</a>` : name
        ),
        ', '
      )}</span> · `

/** The line above a headline. */
export const kicker = (section: string | null) =>
  section === null ? null : html`<p class="kicker"><a href="${sectionPath(section)}">${section}</a></p>`

/** A card. The first of a page shows its picture at once. */
export function card(article: ArticleCard, isLead = false): Html {
  const { slug, title, dek, summary, section, language, leadMedia, publishedAt, bylines, retracted } = article
  const text = html`<div lang="${language}" dir="auto">${kicker(section)}<h2><a href="${articlePath(slug)}">${title}</a></h2>${retracted && html`<p class="notice">Retracted</p>`}<p>${dek ?? summary}</p></div>
<p class="meta">${byline(bylines)} ${publishedAt && date(publishedAt)}</p>`
  const picture = leadMedia?.kind === 'image' ? shown(leadMedia, isLead ? 'eager' : 'lazy') : null
  return isLead
    ? html`<article class="card lead">${picture}<div>${text}</div></article>`
    : html`<article class="card">${picture}${text}</article>`
}
